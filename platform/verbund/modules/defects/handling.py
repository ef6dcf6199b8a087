# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the office does with a report: take the next step, answer, note, assign."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from verbund.audit import api as audit
from verbund.cases.models import TimelineEntry
from verbund.cases.timeline import note_down
from verbund.cases.working import assign_case
from verbund.kernel.actors import Actor
from verbund.kernel.clock import day_of
from verbund.kernel.events import publish
from verbund.metering import api as metering
from verbund.modules.defects import mails, rules
from verbund.modules.defects.access import demand, locked_report
from verbund.modules.defects.errors import StepNeedsMore, TransitionRefused
from verbund.modules.defects.events import ReportAnswered, ReportStateChanged
from verbund.modules.defects.models import Report
from verbund.modules.defects.permissions import DefectsPermission
from verbund.modules.defects.references import parse_reference
from verbund.modules.defects.searching import keep_findable
from verbund.modules.defects.settings import first_answer_due
from verbund.modules.defects.spine import keep_up
from verbund.modules.defects.states import CLOSED, PAUSING, Need, State, Step, Who, step_between


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The step somebody wants to take, with what they say about it.

    ``answer`` is for everybody, ``reason`` for colleagues; ``original`` is the reference a duplicate repeats.
    """

    state: State
    answer: str = ""
    reason: str = ""
    expected_on: date | None = None
    forwarded_to: str = ""
    original: str = ""


@transaction.atomic
def change_state(*, reference: str, wanted: Wanted, by: Actor, at: datetime) -> Report:
    """Take a step, waiting for anyone who is changing the report right now.

    Asking for what the report already is changes nothing and succeeds, so a lost answer may be asked for again.

    Raises:
        ReportNotFound: there is no such report here.
        MayNot: the role does not include answering.
        TransitionRefused: the table has no such step from here.
        StepNeedsMore: a sentence, a date, a body or the original is missing or wrong.
    """
    demand(by, DefectsPermission.ANSWER)
    report = locked_report(reference)
    if _is_already(report, wanted):
        return report
    step = _allowed_step(report, wanted.state)
    original = _checked(report, step, wanted, today=day_of(at))
    before = State(report.state)
    _apply(report, step, wanted, original, at=at)
    _write(report, step, wanted, before=before, by=by, at=at)
    return report


@transaction.atomic
def answer_report(*, reference: str, text: str, by: Actor, at: datetime) -> Report:
    """Say something in public without changing the state.

    Raises:
        ReportNotFound, MayNot: as above.
        TransitionRefused: the report is not public.
    """
    demand(by, DefectsPermission.ANSWER)
    report = locked_report(reference)
    if not rules.is_public(report):
        raise TransitionRefused
    _require(text, "answer", _("Bitte schreiben Sie, was die Öffentlichkeit erfahren soll."))
    _touch(report, at=at)
    report.save(update_fields=["updated_at", "first_answered_at"])
    keep_up(report)
    entry = note_down(report.case, TimelineEntry.Kind.ANSWER, by=by, at=at, is_public=True, text=text)
    _record(report, "answered", by=by, at=at, changes={"text": None})
    _tell(report, entry, by=by, at=at)
    return report


@transaction.atomic
def add_note(*, reference: str, text: str, by: Actor, at: datetime) -> None:
    """Leave a word for colleagues."""
    demand(by, DefectsPermission.NOTE)
    report = locked_report(reference)
    _require(text, "text", _("Bitte schreiben Sie eine Notiz."))
    note_down(report.case, TimelineEntry.Kind.NOTE, by=by, at=at, text=text)
    _record(report, "noted", by=by, at=at, changes={"note": None})


@transaction.atomic
def assign_report(*, reference: str, person_id: int | None, by: Actor, at: datetime) -> Report:
    """Say who looks after it; None gives it back to all.

    Raises:
        Invalid: nobody active has that key.
    """
    demand(by, DefectsPermission.ASSIGN)
    report = locked_report(reference)
    assign_case(case_id=report.case_id, person_id=person_id, by=by, at=at)
    return report


def _is_already(report: Report, wanted: Wanted) -> bool:
    """The report stands there already, and nothing new is said about it."""
    if report.state != wanted.state:
        return False
    if wanted.state is State.SCHEDULED:
        return wanted.expected_on in {None, report.expected_on}
    if wanted.state is State.FORWARDED:
        return wanted.forwarded_to.strip() in {"", report.forwarded_to}
    return True


def _allowed_step(report: Report, target: State) -> Step:
    before = State(report.state_before) if report.state_before else None
    step = step_between(State(report.state), target, before=before)
    if step is None or step.who is not Who.STAFF:
        raise TransitionRefused
    return step


def _checked(report: Report, step: Step, wanted: Wanted, *, today: date) -> Report | None:
    """Everything the step needs is there; answers the original of a duplicate."""
    missing: dict[str, str] = {}
    if Need.ANSWER in step.needs and not wanted.answer.strip():
        missing["answer"] = _("Bitte schreiben Sie einen Satz, den alle lesen können.")
    if Need.REASON in step.needs and not wanted.reason.strip():
        missing["reason"] = _("Bitte nennen Sie den Grund.")
    if Need.BODY in step.needs and not wanted.forwarded_to.strip():
        missing["forwarded_to"] = _("Bitte nennen Sie die Stelle, die übernimmt.")
    if Need.DATE in step.needs and wanted.expected_on is None:
        missing["expected_on"] = _("Bitte nennen Sie einen Tag.")
    elif wanted.expected_on is not None and wanted.expected_on < today:
        missing["expected_on"] = _("Dieser Tag ist schon vorbei. Bitte nennen Sie einen künftigen.")
    original = _original(report, wanted.original) if Need.ORIGINAL in step.needs else None
    if Need.ORIGINAL in step.needs and original is None:
        missing["original"] = _(
            "Bitte nennen Sie die Nummer einer anderen Meldung, zum Beispiel M-2026-0042."
        )
    if missing:
        raise StepNeedsMore(fields=missing)
    return original


def _original(report: Report, reference: str) -> Report | None:
    """The report a duplicate repeats, followed to its root; None when there is none to repeat."""
    found = (
        Report.objects.select_related("duplicate_of")
        .filter(reference=parse_reference(reference) or "")
        .first()
    )
    root = (found.duplicate_of or found) if found else None
    if root is None or root.pk == report.pk or not rules.is_public(root):
        return None
    return root


def _apply(report: Report, step: Step, wanted: Wanted, original: Report | None, *, at: datetime) -> None:
    report.state_before = report.state if step.target in PAUSING else ""
    report.state = step.target
    report.duplicate_of = original
    report.expected_on = wanted.expected_on or _kept_date(report, step)
    if step.target is State.FORWARDED:
        report.forwarded_to = wanted.forwarded_to.strip()
    elif not step.returns and step.target is not State.QUESTION:
        report.forwarded_to = ""
    if step.target in CLOSED:
        report.closed_at = report.closed_at if step.returns else at
    elif step.target is not State.REOPEN_REQUESTED:
        report.closed_at = None
    if step.target is State.RECEIVED and report.received_at is None:
        # It was hidden before it was confirmed; the office vouches for it now.
        report.received_at, report.answer_due_on = at, first_answer_due(at)
    if rules.is_statement(step):
        _touch(report, at=at)
    report.save()
    if original is not None:
        # Who repeated this one now repeats its original, so that nobody has to follow a chain.
        report.duplicates.update(duplicate_of=original)
        keep_findable(original)
    keep_up(report)


def _kept_date(report: Report, step: Step) -> date | None:
    """An announced day outlives a question, nothing else."""
    return report.expected_on if step.returns or step.target is State.QUESTION else None


def _write(report: Report, step: Step, wanted: Wanted, *, before: State, by: Actor, at: datetime) -> None:
    is_statement = rules.is_statement(step)
    entry = note_down(
        report.case,
        TimelineEntry.Kind.STATE,
        by=by,
        at=at,
        is_public=is_statement or step.target is State.RECEIVED,
        text=wanted.answer,
        expected_on=report.expected_on if step.target is State.SCHEDULED else None,
        forwarded_to=report.forwarded_to if step.target is State.FORWARDED else "",
    )
    if wanted.reason.strip():
        note_down(report.case, TimelineEntry.Kind.NOTE, by=by, at=at, text=wanted.reason)
    changes: dict[str, object] = {"state": [before, step.target]}
    if wanted.answer:
        changes["answer"] = None
    _record(report, "moved", by=by, at=at, changes=changes)
    publish(
        ReportStateChanged(report_id=report.pk, reference=report.reference, before=before, after=step.target)
    )
    if is_statement:
        _tell(report, entry, by=by, at=at)


def _tell(report: Report, entry: TimelineEntry, *, by: Actor, at: datetime) -> None:
    metering.record("defects.answers", at=at)
    mails.send_news(report, entry, by=by, at=at)
    publish(ReportAnswered(report_id=report.pk, reference=report.reference))


def _touch(report: Report, *, at: datetime) -> None:
    report.updated_at = at
    report.first_answered_at = report.first_answered_at or at


def _record(report: Report, verb: str, *, by: Actor, at: datetime, changes: dict[str, object]) -> None:
    audit.record(
        action=f"defects.report.{verb}",
        subject=f"defects.report:{report.pk}",
        by=by,
        changes=changes,
        at=at,
    )


def _require(text: str, field: str, message: str) -> None:
    if not text.strip():
        raise StepNeedsMore(fields={field: message})
