# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Facts about a report that decide what is shown and offered; no database, no side effects."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from verbund.modules.defects.models import Report, Reporter
from verbund.modules.defects.states import CLOSED, OPEN, PUBLIC, Need, State, Step, Who, next_steps

LINK_HOURS = 48
REOPEN_DAYS = 30
_ANSWERING = frozenset(
    {State.IN_REVIEW, State.QUESTION, State.IN_PROGRESS, State.SCHEDULED, State.FORWARDED}
) | (CLOSED - {State.HIDDEN})


def is_public(report: Report) -> bool:
    """Whether everybody may see that there is this report."""
    return State(report.state) in PUBLIC and report.shown_state in PUBLIC


def may_be_reopened(report: Report, *, at: datetime) -> bool:
    """Whether the reporter may still say that it is not mended."""
    return (
        State(report.state) in {State.DONE, State.NOT_REPAIRED}
        and report.closed_at is not None
        and at - report.closed_at <= timedelta(days=REOPEN_DAYS)
    )


def can_be_asked(reporter: Reporter | None) -> bool:
    """Whether a question would reach the reporter."""
    return reporter is not None and reporter.email_confirmed_at is not None


def steps_for_staff(report: Report, reporter: Reporter | None) -> tuple[Step, ...]:
    """What the office may do next with this report."""
    before = State(report.state_before) if report.state_before else None
    steps = next_steps(State(report.state), before=before, who=Who.STAFF)
    return tuple(step for step in steps if step.target is not State.QUESTION or can_be_asked(reporter))


def is_statement(step: Step) -> bool:
    """Whether the step tells the public something: it counts as an answer and is mailed."""
    return step.target in _ANSWERING or Need.ANSWER in step.needs


def due_on(report: Report) -> date | None:
    """By when the office wants to do the next thing: answer first, then what it announced."""
    if State(report.state) not in OPEN:
        return None
    if report.first_answered_at is None:
        return report.answer_due_on
    return report.expected_on if report.state == State.SCHEDULED else None


def is_waiting(report: Report) -> bool:
    """Nobody of the office has touched it yet."""
    return report.state == State.RECEIVED and report.first_answered_at is None


def is_unconfirmed(report: Report) -> bool:
    """Whether it still waits for the link from the mail."""
    return report.state == State.UNCONFIRMED
