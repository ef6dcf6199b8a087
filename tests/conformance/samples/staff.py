# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The inbox and its services: what changes hands, is put off, kept or arranged."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

from tests.conformance.samples import Stage
from tests.factories.defects import make_report
from verbund.cases import deputies, saved, working
from verbund.cases.models import Case, Deputy
from verbund.cases.working import Before
from verbund.kernel import clock

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


ROUTES = {
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
