# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A day of its own for one case, in the place of what its module usually says."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from verbund.audit import api as audit
from verbund.cases.access import locked_case
from verbund.cases.errors import CaseIsClosed
from verbund.cases.models import Case, TimelineEntry
from verbund.cases.phases import Phase
from verbund.cases.timeline import note_down
from verbund.kernel.actors import Actor
from verbund.kernel.clock import day_of
from verbund.kernel.errors import Invalid


@transaction.atomic
def set_deadline(*, reference: str, due_on: date | None, reason: str, by: Actor, at: datetime) -> Case:
    """Set the day by which the next thing shall be done, or go back to the usual one with None.

    The same day again changes nothing. Colleagues read day and reason in the timeline; nobody outside does.

    Raises:
        CaseNotFound, MayNotChange: there is none here for this person, or they may read it only.
        CaseIsClosed: nothing is due any more.
        Invalid: the day has passed, or the reason is missing.
    """
    case = locked_case(reference, by)
    if case.phase != Phase.OPEN:
        raise CaseIsClosed
    if case.own_due_on == due_on:
        return case
    if due_on is not None and due_on < day_of(at):
        raise Invalid(fields={"due_on": _("Dieser Tag ist vorbei. Bitte wählen Sie einen künftigen.")})
    if due_on is not None and not reason.strip():
        raise Invalid(fields={"reason": _("Bitte sagen Sie kurz, warum.")})
    before = case.own_due_on
    case.own_due_on = due_on
    case.due_on = due_on or case.usual_due_on
    case.save(update_fields=["own_due_on", "due_on"])
    note_down(case, TimelineEntry.Kind.DEADLINE, by=by, at=at, text=reason, expected_on=case.due_on)
    audit.record(
        action="cases.case.deadline_set",
        subject=f"cases.case:{case.pk}",
        by=by,
        changes={
            "reference": case.reference,
            "own_due_on": [before and before.isoformat(), due_on and due_on.isoformat()],
            "reason": None,
        },
        at=at,
    )
    return case


def is_overdue(case: Case, *, today: date) -> bool:
    """Whether its day has passed; always false where nothing is due."""
    return case.due_on is not None and case.due_on < today
