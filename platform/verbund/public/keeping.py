# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which feedback is over, and how it goes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Cast, Concat

from verbund.audit import api as audit
from verbund.kernel.actors import SYSTEM
from verbund.privacy.periods.counting import months_before
from verbund.public.feedback import PREFIX, forget_feedback
from verbund.public.models import BarrierFeedback

_MONTHS_OF_ASSOCIATION: Final = 36


class Feedback:
    """The package's kernel.ports.Keeping."""

    def over(self, until: datetime) -> QuerySet[BarrierFeedback]:
        """What was dealt with by then."""
        key = Concat(Value(PREFIX), Cast("pk", CharField()))
        handled = BarrierFeedback.objects.filter(handled_at__lte=until)
        return handled.annotate(key=key, closed_at=F("handled_at")).order_by("handled_at", "pk")

    def delete(self, rows: Sequence[BarrierFeedback], *, months: int, at: datetime) -> None:
        """With its case, where there is one."""
        for feedback in rows:
            audit.record(
                action="public.feedback.deleted",
                subject=f"public.feedback:{feedback.pk}",
                by=SYSTEM,
                changes={"kept_months": months},
                reason="Frist abgelaufen",
                at=at,
            )
            forget_feedback(feedback)


FEEDBACK: Final = Feedback()


@transaction.atomic
def delete_of_association(*, at: datetime) -> int:
    """The association's own goes after three years, as its text promises; returns how many."""
    over = FEEDBACK.over(months_before(at, _MONTHS_OF_ASSOCIATION))
    rows = list(over.select_for_update(of=("self",)))
    FEEDBACK.delete(rows, months=_MONTHS_OF_ASSOCIATION, at=at)
    return len(rows)
