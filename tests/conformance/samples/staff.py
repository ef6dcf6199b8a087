# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The inbox and its services: what changes hands, is put off, kept or arranged."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import partial
from typing import Any

from tests.conformance.samples import Stage
from tests.factories.defects import make_report, move
from verbund.cases import deputies, saved, status, working
from verbund.cases.models import Case, Deputy
from verbund.cases.working import Before
from verbund.kernel import clock
from verbund.kernel.actors import CITIZEN
from verbund.modules.defects import replying
from verbund.modules.defects.reporting import confirm_report
from verbund.modules.defects.states import State
from verbund.notify.models import Outbox

_INBOX = "/verwaltung/eingang/"


def _case() -> Case:
    return make_report().case


def _assign(stage: Stage) -> Any:
    values = {"vorgang": _case().reference, "zuweisen-person": str(stage.chief.pk)}
    return stage.client().post(f"{_INBOX}zuweisen/", values)


def _undo(stage: Stage) -> Any:
    client = stage.client()
    values = {"vorgang": _case().reference, "zuweisen-person": str(stage.chief.pk)}
    client.post(f"{_INBOX}zuweisen/", values)
    return client.post(f"{_INBOX}rueckgaengig/")


def _put_off(stage: Stage) -> Any:
    values = {"vorgang": _case().reference, "ablage-until": _tomorrow().isoformat()}
    return stage.client().post(f"{_INBOX}wiedervorlage/", values)


def _tomorrow() -> Any:
    return clock.today() + timedelta(days=1)


def _saved(stage: Stage) -> int:
    return saved.save_view(name="Laternen", query={"q": "Laterne"}, by=stage.by, at=clock.now()).pk


def _arranged(stage: Stage) -> Deputy:
    return deputies.arrange_deputy(**_days(stage), by=stage.by, at=clock.now())


def _days(stage: Stage) -> dict[str, Any]:
    return {
        "person_id": stage.chief.pk,
        "deputy_id": stage.person("clerk").pk,
        "from_on": clock.today(),
        "until_on": _tomorrow(),
    }


def _arrange(stage: Stage) -> Any:
    days = _days(stage)
    values = {
        "vertretung-person": str(days["person_id"]),
        "vertretung-deputy": str(days["deputy_id"]),
        "vertretung-from_on": days["from_on"].isoformat(),
        "vertretung-until_on": days["until_on"].isoformat(),
    }
    return stage.client().post("/verwaltung/vertretung/", values)


def _waits_for_reply(email: str = "erika@muster.example") -> tuple[str, str]:
    """Secret of the status page and number of a report the office has a question about."""
    report = make_report(email=email)
    confirm_report(secret=_mailed("defects/confirm", r"/bestaetigen/([^/\s]+)/"), at=clock.now())
    move(report, State.QUESTION)
    status.ask_for_link(reference=report.reference, email=email, by=CITIZEN, at=clock.now())
    return _mailed("cases/status_link", r"/anliegen/([^/\s]+)/"), report.reference


def _mailed(kind: str, pattern: str) -> str:
    found = re.search(pattern, Outbox.objects.filter(kind=kind).latest("pk").text)
    assert found is not None
    return found[1]


def _reply_page(stage: Stage) -> Any:
    secret, reference = _waits_for_reply()
    return stage.visitor().post(f"/anliegen/{secret}/", {"vorgang": reference, "text": "Die linke"})


def _reply(stage: Stage) -> Any:
    secret, reference = _waits_for_reply()
    return partial(
        status.reply, secret=secret, reference=reference, text="Die linke", by=stage.by, at=clock.now()
    )


def _ask_page(stage: Stage) -> Any:
    _secret, reference = _waits_for_reply()
    values = {"reference": reference, "email": "erika@muster.example", "website": ""}
    return stage.visitor().post("/anliegen/", values)


ROUTES = {
    "municipality cases:ask": _ask_page,
    "municipality cases:status": _reply_page,
    "municipality cases:end": lambda stage: stage.visitor().post(
        f"/anliegen/{_waits_for_reply()[0]}/beenden/"
    ),
    "municipality staff-staff:assign": _assign,
    "municipality staff-staff:undo": _undo,
    "municipality staff-staff:put-off": _put_off,
    "municipality staff-staff:save-view": lambda stage: stage.client().post(
        f"{_INBOX}ansichten/", {"ansicht-name": "Laternen", "q": "Laterne"}
    ),
    "municipality staff-staff:remove-view": lambda stage: stage.client().post(
        f"{_INBOX}ansichten/{_saved(stage)}/entfernen/"
    ),
    "municipality staff-staff:deputies": _arrange,
    "municipality staff-staff:end-deputy": lambda stage: stage.client().post(
        f"/verwaltung/vertretung/{_arranged(stage).pk}/beenden/"
    ),
}
SERVICES = {
    "verbund.cases.status.ask_for_link": lambda stage: partial(
        status.ask_for_link,
        reference=_waits_for_reply()[1],
        email="erika@muster.example",
        by=stage.by,
        at=clock.now(),
    ),
    "verbund.cases.status.reply": _reply,
    "verbund.cases.status.end_links": lambda stage: partial(
        status.end_links, secret=_waits_for_reply()[0], by=stage.by, at=clock.now()
    ),
    "verbund.modules.defects.replying.reply_to_question": lambda stage: partial(
        replying.reply_to_question,
        reference=_waits_for_reply()[1],
        text="Die linke",
        by=stage.by,
        at=clock.now(),
    ),
    "verbund.cases.working.assign_case": lambda stage: partial(
        working.assign_case, case_id=_case().pk, person_id=stage.chief.pk, by=stage.by, at=clock.now()
    ),
    "verbund.cases.working.assign_cases": lambda stage: partial(
        working.assign_cases,
        references=[_case().reference],
        person_id=stage.chief.pk,
        by=stage.by,
        at=clock.now(),
    ),
    "verbund.cases.working.take_back": lambda stage: partial(
        working.take_back,
        befores=[Before(_case().reference, stage.chief.pk)],
        given_to=None,
        by=stage.by,
        at=clock.now(),
    ),
    "verbund.cases.working.put_off": lambda stage: partial(
        working.put_off, references=[_case().reference], until=_tomorrow(), by=stage.by, at=clock.now()
    ),
    "verbund.cases.saved.save_view": lambda stage: partial(
        saved.save_view, name="Laternen", query={"q": "Laterne"}, by=stage.by, at=clock.now()
    ),
    "verbund.cases.saved.remove_view": lambda stage: partial(
        saved.remove_view, view_id=_saved(stage), by=stage.by, at=clock.now()
    ),
    "verbund.cases.deputies.arrange_deputy": lambda stage: partial(
        deputies.arrange_deputy, **_days(stage), by=stage.by, at=clock.now()
    ),
    "verbund.cases.deputies.end_deputy": lambda stage: partial(
        deputies.end_deputy, deputy_id=_arranged(stage).pk, by=stage.by, at=clock.now()
    ),
}
