# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What people do with cases of any kind: give them to somebody, put them off."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from verbund.accounts.models import Person
from verbund.accounts.permissions import permissions_of
from verbund.audit import api as audit
from verbund.cases.errors import CaseNotFound, MayNotAssign, NobodyChosen
from verbund.cases.events import CaseAssigned
from verbund.cases.kinds import kind_of, readable_kinds
from verbund.cases.models import Case
from verbund.cases.phases import Phase
from verbund.kernel.actors import Actor
from verbund.kernel.errors import Invalid
from verbund.kernel.events import publish


@dataclass(frozen=True, slots=True)
class Before:
    """Who looked after a case before it was given to somebody: what undo goes back to."""

    reference: str
    person_id: int | None


@transaction.atomic
def assign_case(*, case_id: int, person_id: int | None, by: Actor, at: datetime) -> Before:
    """Say who looks after a case; None gives it back to all. The same person again changes nothing.

    Raises:
        CaseNotFound: there is none here, or it is not theirs to see.
        MayNotAssign: the role does not include it.
        Invalid: nobody active has that key, or they may not see such cases.
    """
    return _assign(_locked(by, id=case_id), person_id, by=by, at=at)[0]


@transaction.atomic
def assign_cases(
    *, references: Sequence[str], person_id: int | None, by: Actor, at: datetime
) -> list[Before]:
    """Give several cases to somebody, all or none; answers those that changed hands.

    Raises:
        NobodyChosen: no case was named.
        CaseNotFound, MayNotAssign, Invalid: as for one.
    """
    return [before for before, is_changed in _assigned(references, person_id, by=by, at=at) if is_changed]


@transaction.atomic
def take_back(*, befores: Iterable[Before], given_to: int | None, by: Actor, at: datetime) -> int:
    """Undo an assignment where nobody has given the case on meanwhile; returns how many went back."""
    count = 0
    for before in befores:
        case = _locked(by, reference=before.reference)[:1]
        if case and case[0].assignee_id == given_to:
            _assign(case, before.person_id, by=by, at=at)
            count += 1
    return count


@transaction.atomic
def put_off(*, references: Sequence[str], until: date | None, by: Actor, at: datetime) -> int:
    """Take open cases out of the list until a day (Wiedervorlage), or bring them back with None; returns how many.

    Raises:
        NobodyChosen: no case was named.
        CaseNotFound, MayNotAssign: as above.
    """
    cases = _chosen(references, by)
    changed = [case for case in cases if case.phase == Phase.OPEN and case.resume_on != until]
    for case in changed:
        before, case.resume_on = case.resume_on, until
        case.save(update_fields=["resume_on"])
        audit.record(
            action="cases.case.put_off",
            subject=f"cases.case:{case.pk}",
            by=by,
            changes={"resume_on": [before and before.isoformat(), until and until.isoformat()]},
            at=at,
        )
    return len(changed)


def _assigned(
    references: Sequence[str], person_id: int | None, *, by: Actor, at: datetime
) -> Iterable[tuple[Before, bool]]:
    for case in _chosen(references, by):
        yield _assign([case], person_id, by=by, at=at)


def _chosen(references: Sequence[str], by: Actor) -> list[Case]:
    if not references:
        raise NobodyChosen
    cases = _locked(by, reference__in=set(references))
    if len(cases) != len(set(references)):
        raise CaseNotFound
    for case in cases:
        if not by.may(kind_of(case.kind).assign_permission):
            raise MayNotAssign
    return cases


def _locked(by: Actor, **wanted: object) -> list[Case]:
    """Cases the actor may see, in the order of their keys so that two people never wait for each other."""
    kinds = [kind.slug for kind in readable_kinds(by)]
    return list(Case.objects.select_for_update(no_key=True).filter(kind__in=kinds, **wanted).order_by("pk"))


def _assign(found: Sequence[Case], person_id: int | None, *, by: Actor, at: datetime) -> tuple[Before, bool]:
    if not found:
        raise CaseNotFound
    case = found[0]
    kind = kind_of(case.kind)
    if not by.may(kind.assign_permission):
        raise MayNotAssign
    before = Before(case.reference, case.assignee_id)
    if case.assignee_id == person_id:
        return before, False
    person = _colleague(person_id, kind.read_permission) if person_id is not None else None
    case.assignee = person
    case.save(update_fields=["assignee"])
    audit.record(
        action="cases.case.assigned",
        subject=f"cases.case:{case.pk}",
        by=by,
        changes={"reference": case.reference, "assignee": [before.person_id, person_id]},
        at=at,
    )
    publish(
        CaseAssigned(
            kind=case.kind,
            case_id=case.pk,
            person_id=person_id,
            person_name=person.shown_name if person is not None else "",
            by=by,
            at=at,
        )
    )
    return before, True


def _colleague(person_id: int, permission: str) -> Person:
    person = Person.objects.active().filter(pk=person_id).first()
    if person is None or permission not in permissions_of(person.role):
        raise Invalid(
            fields={"person": _("Diese Person arbeitet hier nicht oder darf den Vorgang nicht sehen.")}
        )
    return person
