# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A day of its own for a case: it stays when the module's day changes, and ends with the case."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.factories.accounts import client_for, make_person
from tests.factories.defects import make_report, move
from verbund.accounts.api import actor_for
from verbund.cases.deadlines import set_deadline
from verbund.cases.errors import CaseIsClosed, CaseNotFound, MayNotChange
from verbund.cases.inbox import View, Wanted, inbox_cases
from verbund.cases.models import TimelineEntry
from verbund.kernel import clock
from verbund.kernel.actors import CITIZEN, SYSTEM, Actor
from verbund.kernel.errors import Invalid
from verbund.kernel.working_days import add_working_days
from verbund.modules.defects import handling
from verbund.modules.defects.permissions import DefectsPermission
from verbund.modules.defects.states import State

pytestmark = pytest.mark.usefixtures("in_heideblick")


def put(reference, day, *, by=SYSTEM, reason="Ersatzteil bestellt"):
    return set_deadline(reference=reference, due_on=day, reason=reason, by=by, at=clock.now())


def soon(days: int = 7):
    return clock.today() + timedelta(days=days)


def test_the_own_day_stays_when_the_module_has_a_new_one_and_gives_way_again():
    report = make_report()
    usual = report.case.due_on
    put(report.reference, soon(30))

    handling.answer_report(
        reference=report.reference, text="Wir haben ein Ersatzteil bestellt.", by=SYSTEM, at=clock.now()
    )
    report.case.refresh_from_db()
    assert (report.case.due_on, report.case.usual_due_on) == (soon(30), None)

    put(report.reference, None, reason="")
    report.case.refresh_from_db()
    assert (usual, report.case.due_on) == (usual, None)
    assert usual is not None


def test_a_closed_case_has_none():
    report = make_report()
    put(report.reference, soon())

    move(report, State.DONE)

    report.case.refresh_from_db()
    assert (report.case.due_on, report.case.own_due_on) == (None, None)
    with pytest.raises(CaseIsClosed):
        put(report.reference, soon())


def test_overdue_follows_it():
    person = make_person("clerk")
    late, fine = make_report(), make_report()
    put(late.reference, clock.today())
    put(fine.reference, soon(3))

    found = inbox_cases(actor_for(person), Wanted(view=View.OVERDUE), today=clock.today() + timedelta(days=1))

    assert [case.reference for case in found] == [late.reference]


def test_colleagues_read_why_and_nobody_else():
    report = make_report()

    put(report.reference, soon())

    entry = report.case.timeline.get(kind=TimelineEntry.Kind.DEADLINE)
    assert (entry.is_public, entry.text, entry.expected_on) == (False, "Ersatzteil bestellt", soon())


@pytest.mark.parametrize(("days", "reason", "field"), [(-1, "Grund", "due_on"), (5, " ", "reason")])
def test_what_is_wrong_is_named(days, reason, field):
    report = make_report()

    with pytest.raises(Invalid) as refused:
        put(report.reference, soon(days), reason=reason)

    assert list(refused.value.fields) == [field]


def test_who_may_not_work_on_it_sets_nothing():
    report = make_report()
    reader = Actor(kind="person", id="1", permissions=frozenset({DefectsPermission.READ}))

    with pytest.raises(MayNotChange):
        put(report.reference, soon(), by=reader)
    with pytest.raises(CaseNotFound):
        put(report.reference, soon(), by=CITIZEN)


def test_working_days_are_counted_on_the_page_and_what_was_typed_is_kept(heideblick):
    report = make_report()
    client = client_for(make_person("clerk"), heideblick)
    path = f"/verwaltung/vorgaenge/{report.reference}/frist/"

    refused = client.post(path, {"working_days": "3", "due_on": soon().isoformat(), "reason": "Urlaub"})
    assert refused.status_code == 422
    assert 'value="3"' in refused.content.decode()

    client.post(path, {"working_days": "3", "reason": "Urlaub"})
    report.case.refresh_from_db()
    assert report.case.own_due_on == add_working_days(clock.today(), 3)
