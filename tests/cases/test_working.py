# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Several cases of different kinds: given to somebody, taken back, put off."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.factories.accounts import make_person
from tests.factories.defects import make_clerk, make_report, move
from verbund.accounts.api import actor_for
from verbund.accounts.handover import hand_over, open_work
from verbund.audit.models import AuditEntry
from verbund.cases.errors import CaseNotFound, MayNotAssign, NobodyChosen
from verbund.cases.inbox import View, Wanted, inbox_cases, inbox_counts
from verbund.cases.models import Case, TimelineEntry
from verbund.cases.phases import Phase
from verbund.cases.working import assign_cases, put_off, take_back
from verbund.kernel import clock
from verbund.kernel.actors import CITIZEN
from verbund.kernel.errors import Invalid
from verbund.modules.defects.states import State
from verbund.public.feedback import submit_feedback

pytestmark = pytest.mark.usefixtures("in_heideblick")


def feedback() -> Case:
    sent = submit_feedback(message="Zu klein", address="", name="", email="", at=clock.now())
    return Case.objects.get(reference=sent.reference)


def listed(by, view: View = View.ALL, **wanted) -> list[str]:
    cases = inbox_cases(by, Wanted(view=view, **wanted), today=clock.today())
    return [case.reference for case in cases]


def test_cases_of_two_kinds_change_hands_together():
    report, other, person = make_report(), feedback(), make_person("clerk")

    assign_cases(
        references=[report.reference, other.reference], person_id=person.pk, by=make_clerk(), at=clock.now()
    )

    assert set(Case.objects.values_list("assignee_id", flat=True)) == {person.pk}
    assert report.case.timeline.filter(kind=TimelineEntry.Kind.ASSIGNED, text=person.name).count() == 1
    assert AuditEntry.objects.filter(action="cases.case.assigned").count() == 2


def test_one_that_is_not_there_changes_none():
    report, person = make_report(), make_person("clerk")

    with pytest.raises(CaseNotFound):
        assign_cases(
            references=[report.reference, "M-2026-9999"],
            person_id=person.pk,
            by=make_clerk(),
            at=clock.now(),
        )

    report.case.refresh_from_db()
    assert report.case.assignee is None


@pytest.mark.parametrize(("role", "refusal"), [("field_worker", MayNotAssign), ("unknown", CaseNotFound)])
def test_who_may_not_is_refused(role, refusal):
    report = make_report()

    with pytest.raises(refusal):
        assign_cases(references=[report.reference], person_id=None, by=make_clerk(role), at=clock.now())


def test_a_citizen_assigns_nothing():
    with pytest.raises(CaseNotFound):
        assign_cases(references=[make_report().reference], person_id=None, by=CITIZEN, at=clock.now())


def test_nothing_chosen_is_said():
    with pytest.raises(NobodyChosen):
        assign_cases(references=[], person_id=None, by=make_clerk(), at=clock.now())


def test_nobody_gets_what_they_may_not_see():
    auditor = make_person("unknown")

    with pytest.raises(Invalid):
        assign_cases(
            references=[make_report().reference], person_id=auditor.pk, by=make_clerk(), at=clock.now()
        )


def test_undo_leaves_what_moved_on_alone():
    first, second = make_report(), make_report()
    anna, ben, by = make_person("clerk"), make_person("clerk"), make_clerk()
    befores = assign_cases(
        references=[first.reference, second.reference], person_id=anna.pk, by=by, at=clock.now()
    )
    assign_cases(references=[second.reference], person_id=ben.pk, by=by, at=clock.now())

    number = take_back(befores=befores, given_to=anna.pk, by=by, at=clock.now())

    assert number == 1
    assert dict(Case.objects.values_list("reference", "assignee_id")) == {
        first.reference: None,
        second.reference: ben.pk,
    }


def test_put_off_leaves_the_list_and_comes_back_on_its_day():
    by, report = make_clerk(), make_report()
    tomorrow = clock.today() + timedelta(days=1)

    put_off(references=[report.reference], until=tomorrow, by=by, at=clock.now())

    assert listed(by) == []
    assert listed(by, View.PUT_OFF) == [report.reference]
    on_its_day = inbox_cases(by, Wanted(), today=tomorrow)
    assert [case.reference for case in on_its_day] == [report.reference]


def test_closing_ends_the_wait():
    by, report = make_clerk(), make_report()
    put_off(references=[report.reference], until=clock.today() + timedelta(days=9), by=by, at=clock.now())

    move(report, State.DONE)

    case = Case.objects.get(reference=report.reference)
    assert (case.phase, case.resume_on, case.state) == (Phase.CLOSED, None, State.DONE)
    assert listed(by, View.PUT_OFF) == []


def test_overdue_comes_first_and_is_counted():
    by = make_clerk()
    fresh = make_report()
    late = make_report(at=clock.now() - timedelta(days=30))

    assert listed(by) == [late.reference, fresh.reference]
    assert listed(by, View.OVERDUE) == [late.reference]
    counts = inbox_counts(by, Wanted(), today=clock.today())
    assert (counts[View.ALL], counts[View.OVERDUE], counts[View.NEW], counts[View.MINE]) == (2, 1, 2, 0)


def test_unconfirmed_is_nobodys_work():
    make_report(email="erika@muster.example")

    assert listed(make_clerk()) == []


def test_everything_open_is_handed_over_when_somebody_leaves():
    leaving, heir = make_person("clerk"), make_person("clerk")
    report, other, done = make_report(), feedback(), make_report()
    by = actor_for(make_person("administrator"))
    references = [report.reference, other.reference, done.reference]
    assign_cases(references=references, person_id=leaving.pk, by=by, at=clock.now())
    move(done, State.DONE)
    assert open_work(leaving.pk) == 2

    number = hand_over(from_person=leaving.pk, to_person=heir.pk, by=by, at=clock.now())

    assert (number, open_work(leaving.pk), open_work(heir.pk)) == (2, 0, 2)
