# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which case somebody may see, and which they may work on."""

from __future__ import annotations

from django.db.models import QuerySet

from verbund.cases.errors import CaseNotFound, MayNotChange
from verbund.cases.kinds import kind_of, readable_kinds
from verbund.cases.models import Case
from verbund.cases.phases import Phase
from verbund.kernel.actors import Actor


def visible_cases(who: Actor) -> QuerySet[Case]:
    """The cases of the kinds somebody may read; what nobody has confirmed yet is nobody's to see."""
    kinds = [kind.slug for kind in readable_kinds(who)]
    return Case.objects.filter(kind__in=kinds).exclude(phase=Phase.PENDING)


def case_for(reference: str, who: Actor) -> Case:
    """The case with that number, if it is this person's to see.

    Raises:
        CaseNotFound: it is not, or there is none.
    """
    case = visible_cases(who).filter(reference=reference).first()
    if case is None:
        raise CaseNotFound
    return case


def may_change(case: Case, who: Actor) -> bool:
    """Whether that person works on such cases, or only reads them; nobody works on what is not confirmed yet."""
    return case.phase != Phase.PENDING and who.may(kind_of(case.kind).assign_permission)


def locked_case(reference: str, by: Actor) -> Case:
    """The same for a change, locked until the transaction ends.

    Raises:
        CaseNotFound: as above.
        MayNotChange: this person only reads such cases.
    """
    case = case_for(reference, by)
    if not may_change(case, by):
        raise MayNotChange
    return Case.objects.select_for_update(no_key=True).get(pk=case.pk)
