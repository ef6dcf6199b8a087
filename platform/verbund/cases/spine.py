# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the modules do with their cases: open one, keep it up to date.

No audit here: the module's own row says what happened.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from verbund.cases.kinds import kind_of
from verbund.cases.linked import CASE
from verbund.cases.linking import forget_links_of
from verbund.cases.models import Case, Contact
from verbund.cases.phases import Phase
from verbund.cases.references import next_reference
from verbund.kernel import context
from verbund.kernel.context import Municipality
from verbund.vault.api import blind_index

# As its first user named it: another name would find nothing of what was kept under this one.
_EMAIL = "defects.reporter.email"


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


def keep_contact(case: Case, *, email: str) -> None:
    """Remember by whose address the case came in, so that its owner finds it on the status page."""
    Contact.objects.create(case=case, email_index=index_of(email))


def pending_from(email: str, *, since: datetime) -> int:
    """How many cases of that address wait for its confirmation."""
    return Contact.objects.filter(
        email_index=index_of(email), case__phase=Phase.PENDING, case__opened_at__gt=since
    ).count()


def mark_new(case: Case) -> None:
    """Something came in that nobody of the office has seen yet; ends with the next step of its module."""
    case.is_new = True
    case.save(update_fields=["is_new"])


def index_of(email: str) -> bytes:
    """What the database knows of an address."""
    return blind_index(email, purpose=_EMAIL)


def keep_case(case: Case, facts: Facts) -> None:
    """Bring it up to date; writes nothing when nothing has changed.

    The day somebody has set for it stays; a closed case is put off no longer and has no day of its own.
    """
    wanted = as_columns(facts)
    if facts.phase is not Phase.OPEN:
        wanted |= {"resume_on": None, "own_due_on": None}
    elif case.own_due_on is not None:
        wanted["due_on"] = case.own_due_on
    changed = {name: value for name, value in wanted.items() if getattr(case, name) != value}
    if not changed:
        return
    for name, value in changed.items():
        setattr(case, name, value)
    case.save(update_fields=list(changed))


def forget_case(case: Case) -> None:
    """Delete it with everything that hangs on it, and the links that lead to it."""
    forget_links_of(CASE, case.reference)
    case.delete()


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
        "usual_due_on": facts.due_on,
    }
