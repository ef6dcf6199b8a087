# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the modules do with their cases: open one, keep it up to date.

No audit here: the module's own row says what happened.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from verbund.cases.kinds import kind_of
from verbund.cases.models import Case
from verbund.cases.phases import Phase
from verbund.cases.references import next_reference
from verbund.kernel import context
from verbund.kernel.context import Municipality


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a list shows of a case; it names nobody who wrote to the office."""

    subject: str
    state: str
    phase: Phase
    is_new: bool = False
    received_at: datetime | None = None
    closed_at: datetime | None = None
    due_on: date | None = None


def open_case(*, kind: str, facts: Facts, at: datetime, reference: str = "") -> Case:
    """A new case with the next number of its kind, or with one that its package gave it."""
    number = reference or next_reference(prefix=kind_of(kind).prefix, at=at)
    return Case.objects.create(kind=kind, reference=number, opened_at=at, **as_columns(facts))


def keep_case(case: Case, facts: Facts) -> None:
    """Bring it up to date; writes nothing when nothing has changed. A closed case is put off no longer."""
    changed = {name: value for name, value in as_columns(facts).items() if getattr(case, name) != value}
    if facts.phase is not Phase.OPEN and case.resume_on is not None:
        changed["resume_on"] = None
    if not changed:
        return
    for name, value in changed.items():
        setattr(case, name, value)
    case.save(update_fields=list(changed))


def found(reference: str) -> Case | None:
    """The case with that number, for who keeps no key of it; always None where there are no cases."""
    if not isinstance(context.current(), Municipality):
        return None
    return Case.objects.filter(reference=reference).first()


def as_columns(facts: Facts) -> dict[str, object]:
    """The facts as columns of the case."""
    return {
        "subject": facts.subject[:320],
        "state": facts.state,
        "phase": facts.phase,
        "is_new": facts.is_new,
        "received_at": facts.received_at,
        "closed_at": facts.closed_at,
        "due_on": facts.due_on,
    }
