# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the office does with a report, through the real services."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest

from tests.factories.accounts import make_person
from tests.factories.defects import make_clerk, make_report, move
from verbund.accounts.api import actor_for
from verbund.audit.models import AuditEntry
from verbund.cases.ports import open_work
from verbund.kernel import clock
from verbund.metering.facts.models import Fact
from verbund.modules.defects import handling, releasing
from verbund.modules.defects.access import get_public_report
from verbund.modules.defects.errors import MayNot, ReportNotFound, StepNeedsMore, TransitionRefused
from verbund.modules.defects.handling import Wanted
from verbund.modules.defects.models import Report, Reporter
from verbund.modules.defects.queries import public_reports
from verbund.modules.defects.states import STEPS, Light, State, Who
from verbund.notify.models import Outbox

S = State


@pytest.fixture(autouse=True)
def _entered(in_heideblick):
    """Everything here happens in Heideblick."""


def put(report: Report, state: State, before: str = "") -> Report:
    """Set a state as a precondition, whatever led there."""
    original = make_report() if state is S.DUPLICATE else None
    Report.objects.filter(pk=report.pk).update(state=state, state_before=before, duplicate_of=original)
    report.refresh_from_db()
    return report


@pytest.mark.parametrize(("source", "target"), list(product(State, State)))
def test_the_service_takes_exactly_the_steps_of_the_office(source, target):
    before = {S.QUESTION: S.IN_REVIEW, S.REOPEN_REQUESTED: S.DONE}.get(source, "")
    report = put(make_report(), source, before)
    other = make_report()
    step = STEPS.get((source, target))
    is_allowed = step is not None and step.who is Who.STAFF and (not step.returns or target == before)

    if is_allowed or source is target:
        assert move(report, target, original=other.reference).state == target
    else:
        with pytest.raises(TransitionRefused):
            move(report, target, original=other.reference)
        report.refresh_from_db()
        assert report.state == source


@pytest.mark.parametrize(
    ("target", "missing"),
    [
        (S.DONE, "answer"),
        (S.NOT_REPAIRED, "answer"),
        (S.QUESTION, "answer"),
        (S.FORWARDED, "forwarded_to"),
        (S.SCHEDULED, "expected_on"),
        (S.DUPLICATE, "original"),
        (S.HIDDEN, "reason"),
    ],
)
def test_a_step_without_what_it_needs_names_the_field(target, missing):
    report = make_report()

    with pytest.raises(StepNeedsMore) as refused:
        handling.change_state(
            reference=report.reference, wanted=Wanted(state=target), by=make_clerk(), at=clock.now()
        )

    assert set(refused.value.fields) == {missing}


def test_a_day_in_the_past_is_refused():
    with pytest.raises(StepNeedsMore) as refused:
        move(make_report(), S.SCHEDULED, expected_on=clock.today() - timedelta(days=1))
    assert set(refused.value.fields) == {"expected_on"}


def test_the_same_state_again_changes_nothing_and_writes_nothing():
    report = move(make_report(), S.DONE)
    rows = AuditEntry.objects.count(), Outbox.objects.count(), report.case.timeline.count()

    move(report, S.DONE, by=actor_for(make_person("clerk")))

    assert (AuditEntry.objects.count(), Outbox.objects.count(), report.case.timeline.count()) == rows


def test_a_new_day_for_a_scheduled_report_is_a_step():
    report = move(make_report(), S.SCHEDULED)
    later = clock.today() + timedelta(days=9)

    assert move(report, S.SCHEDULED, expected_on=later).expected_on == later


def test_a_step_writes_audit_timeline_and_meter_without_the_words():
    report = make_report()
    clerk = make_clerk()

    move(report, S.DONE, by=clerk, answer="Die Leuchte bei Frau Lehmann ist neu.")

    entry = AuditEntry.objects.get(action="defects.report.moved")
    assert entry.subject == f"defects.report:{report.pk}"
    assert entry.actor_id == clerk.id
    assert entry.changes == {"state": ["RECEIVED", "DONE"], "answer": None}
    assert Fact.objects.filter(meter="defects.answers").count() == 1
    assert report.case.timeline.filter(is_public=True, state="DONE").count() == 1


def test_the_first_public_word_stops_the_clock():
    report = make_report()
    assert report.answer_due_on is not None

    handling.add_note(reference=report.reference, text="Leiter nötig", by=make_clerk(), at=clock.now())
    assert Report.objects.get().first_answered_at is None
    handling.answer_report(
        reference=report.reference, text="Wir sehen nach.", by=make_clerk(), at=clock.now()
    )
    assert Report.objects.get().first_answered_at is not None


def test_notes_stay_inside():
    report = make_report()

    handling.add_note(reference=report.reference, text="Leiter nötig", by=make_clerk(), at=clock.now())

    assert not report.case.timeline.filter(is_public=True, text__contains="Leiter").exists()
    assert Fact.objects.filter(meter="defects.answers").count() == 0


def test_a_duplicate_points_at_the_root_and_takes_its_own_duplicates_along():
    root, middle, leaf = make_report(), make_report(), make_report()
    move(leaf, S.DUPLICATE, original=middle.reference)
    move(middle, S.DUPLICATE, original=root.reference)

    leaf.refresh_from_db()
    assert leaf.duplicate_of == root
    other = make_report()
    assert move(other, S.DUPLICATE, original=leaf.reference).duplicate_of == root


@pytest.mark.parametrize("original", ["", "M-2026-9999", "Unsinn"])
def test_a_duplicate_needs_another_public_report(original):
    report = make_report()
    for wrong in (original, report.reference):
        with pytest.raises(StepNeedsMore):
            move(report, S.DUPLICATE, original=wrong)


def test_a_duplicate_follows_the_light_of_its_original():
    original, repeated = make_report(), make_report()
    move(repeated, S.DUPLICATE, original=original.reference)
    assert set(public_reports(light=Light.RED)) == {original, repeated}

    move(original, S.DONE)

    assert set(public_reports(light=Light.GREEN)) == {original, repeated}
    assert get_public_report(repeated.reference).shown_state is S.DONE


def test_news_reach_whoever_reported_the_same():
    original, repeated = make_report(), make_report()
    Reporter.objects.create(
        report=repeated, email="ada@example.org", has_email=True, email_confirmed_at=clock.now()
    )
    move(repeated, S.DUPLICATE, original=original.reference)
    Outbox.objects.all().delete()

    move(original, S.DONE, answer="Alles hell.")

    (mail,) = Outbox.objects.all()
    assert mail.recipient == "ada@example.org"
    assert repeated.reference in (mail.subject or "")
    assert "Alles hell." in (mail.text or "")


@pytest.mark.parametrize("state", [S.UNCONFIRMED, S.HIDDEN])
def test_what_is_not_public_does_not_exist(state):
    report = put(make_report(), state)

    with pytest.raises(ReportNotFound):
        get_public_report(report.reference)
    assert list(public_reports()) == []


def test_only_those_who_may_take_steps():
    report = make_report()
    worker = make_clerk("field_worker")

    for attempt in (
        lambda: move(report, S.DONE, by=worker),
        lambda: handling.answer_report(reference=report.reference, text="x", by=worker, at=clock.now()),
        lambda: handling.assign_report(reference=report.reference, person_id=None, by=worker, at=clock.now()),
        lambda: releasing.release_contents(
            reference=report.reference, public_description="x", photo_ids=[], by=worker, at=clock.now()
        ),
    ):
        with pytest.raises(MayNot):
            attempt()


def test_open_work_is_handed_over():
    first, second = make_person("clerk"), make_person("clerk")
    report, done = make_report(), make_report()
    for each in (report, done):
        handling.assign_report(reference=each.reference, person_id=first.pk, by=make_clerk(), at=clock.now())
    move(done, S.DONE)

    assert open_work.count(first.pk) == 1
    assert open_work.reassign(from_person=first.pk, to_person=second.pk, by=make_clerk(), at=clock.now()) == 1
    report.refresh_from_db()
    assert report.case.assignee == second


def test_a_release_shows_the_offices_words_not_the_reporters():
    report = make_report(description="Herr Schulze fährt immer dagegen.")

    releasing.release_contents(
        reference=report.reference,
        public_description="Das Schild ist verbogen.",
        photo_ids=[],
        by=make_clerk(),
        at=clock.now(),
    )

    shown = get_public_report(report.reference)
    assert shown.public_description == "Das Schild ist verbogen."
    assert shown.description == "Herr Schulze fährt immer dagegen."
