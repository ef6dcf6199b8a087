# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the cases package offers to the packages below it."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from verbund.cases.models import Case
from verbund.cases.phases import Phase
from verbund.cases.working import assign_case
from verbund.kernel import context
from verbund.kernel.actors import Actor
from verbund.kernel.context import Municipality


class CaseWork:
    """The port `OpenWork`: open cases of any kind that somebody looks after; the association has none."""

    def count(self, person_id: int) -> int:
        if not isinstance(context.current(), Municipality):
            return 0
        return _open_of(person_id).count()

    def reassign(self, *, from_person: int, to_person: int, by: Actor, at: datetime) -> int:
        if not self.count(from_person):
            return 0
        cases = list(_open_of(from_person).values_list("pk", flat=True))
        for case_id in cases:
            assign_case(case_id=case_id, person_id=to_person, by=by, at=at)
        return len(cases)


def _open_of(person_id: int) -> QuerySet[Case]:
    return Case.objects.filter(assignee_id=person_id, phase=Phase.OPEN)


open_work = CaseWork()
