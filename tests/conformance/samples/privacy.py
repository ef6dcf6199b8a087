# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Erasure of one person over all packages, and in each of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from tests.conformance.samples import Stage
from tests.factories.defects import make_report
from tests.factories.privacy import make_request
from verbund.cases import persons as of_cases
from verbund.cases.status import ask_for_link
from verbund.kernel import clock
from verbund.kernel.actors import CITIZEN
from verbund.modules.defects import persons as of_defects
from verbund.modules.defects.reporting import confirm_report
from verbund.notify import persons as of_notify
from verbund.notify.models import Outbox
from verbund.privacy.incidents.sheet import Wanted, areas_of
from verbund.privacy.persons import requests
from verbund.privacy.persons.looking import erase_person, look
from verbund.privacy.persons.models import Identity, Kind
from verbund.public import persons as of_public
from verbund.public.feedback import close_feedback, submit_feedback

_ERIKA = "erika@muster.example"


def _reported() -> None:
    """A report that waits for its confirmation, with the mail about it."""
    make_report(email=_ERIKA)


def _asked() -> None:
    report = make_report(email=_ERIKA)
    text = Outbox.objects.filter(kind="defects/confirm").latest("pk").text or ""
    confirm_report(secret=text.split("/bestaetigen/")[1].split("/")[0], at=clock.now())
    ask_for_link(reference=report.reference, email=_ERIKA, by=CITIZEN, at=clock.now())


def _answered(stage: Stage) -> None:
    feedback = submit_feedback(message="Zu klein", address="", name="", email=_ERIKA, at=clock.now())
    close_feedback(feedback_id=feedback.pk, by=stage.by, at=clock.now())


def _erasing(erase: Callable[..., Any], make: Callable[[Stage], None]) -> Callable[[Stage], Any]:
    def prepared(stage: Stage) -> Any:
        make(stage)
        return partial(erase, _ERIKA, by=stage.by, at=clock.now())

    return prepared


def _everything(stage: Stage) -> Any:
    _reported()
    return partial(erase_person, email=_ERIKA, by=stage.by, at=clock.now())


def _wanted(kind: Kind = Kind.ERASURE, **fields: Any) -> str:
    return make_request(kind, **fields).reference


def _path(reference: str, rest: str) -> str:
    return f"/verwaltung/datenschutz/antraege/{reference}/{rest}/"


def _incident() -> Wanted:
    now = clock.now()
    return Wanted(since=now - timedelta(days=1), until=now, noticed_at=now, description="Notebook gestohlen")


def _new_page(stage: Stage) -> Any:
    values = {"kind": "ACCESS", "email": _ERIKA, "received_on": clock.today().isoformat()}
    return stage.client().post("/verwaltung/datenschutz/antraege/neu/", values)


def _erase_page(stage: Stage) -> Any:
    path, seen = _path(_wanted(), "loeschen"), look(_ERIKA, at=clock.now()).fingerprint
    return stage.confirmed().post(path, {"sure": "on", "seen": seen})


_TIME = {"since": "01.01.2026 08:00", "until": "02.01.2026 08:00", "noticed_at": "02.01.2026 09:00"}

ROUTES = {
    "municipality privacy-staff:incident": lambda stage: stage.client().post(
        "/verwaltung/datenschutz/panne/", {**_TIME, "description": "Notebook gestohlen"}
    ),
    "municipality privacy-staff:request-new": _new_page,
    "municipality privacy-staff:request-identity": lambda stage: stage.client().post(
        _path(_wanted(identity=""), "identitaet"), {"identity": "POST"}
    ),
    "municipality privacy-staff:request-erase": _erase_page,
    "municipality privacy-staff:request-close": lambda stage: stage.client().post(
        _path(_wanted(), "abschluss"), {"result": "WITHDRAWN"}
    ),
}
SERVICES = {
    "verbund.privacy.incidents.sheet.areas_of": lambda stage: partial(
        areas_of, wanted=_incident(), by=stage.by, at=clock.now()
    ),
    "verbund.privacy.persons.requests.record_request": lambda stage: partial(
        requests.record_request,
        kind=Kind.ACCESS,
        email=_ERIKA,
        received_on=clock.today(),
        identity="",
        by=stage.by,
        at=clock.now(),
    ),
    "verbund.privacy.persons.requests.note_identity": lambda stage: partial(
        requests.note_identity,
        reference=_wanted(identity=""),
        identity=Identity.POST,
        by=stage.by,
        at=clock.now(),
    ),
    "verbund.privacy.persons.requests.look_for": lambda stage: partial(
        requests.look_for, make_request(Kind.ACCESS), by=stage.by, at=clock.now()
    ),
    "verbund.privacy.persons.requests.erase_for": lambda stage: partial(
        requests.erase_for, reference=_wanted(), seen="", by=stage.by, at=clock.now()
    ),
    "verbund.privacy.persons.requests.close_request": lambda stage: partial(
        requests.close_request, reference=_wanted(), result="WITHDRAWN", by=stage.by, at=clock.now()
    ),
    "verbund.modules.defects.persons.erase": _erasing(of_defects.erase, lambda _stage: _reported()),
    "verbund.notify.persons.erase": _erasing(of_notify.erase, lambda _stage: _reported()),
    "verbund.cases.persons.erase": _erasing(of_cases.erase, lambda _stage: _asked()),
    "verbund.public.persons.erase": _erasing(of_public.erase, _answered),
    "verbund.privacy.persons.looking.erase_person": _everything,
}
