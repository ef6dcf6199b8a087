# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""One day of the entered municipality's usage, down to the deliveries that are its own alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from verbund.kernel import context
from verbund.metering.deliveries import DayDetail, batches_of_day, day_detail, is_shared
from verbund.metering.models import UsageBatch

# A town of 3,500 makes some hundred facts on a busy day.
_MOST = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnDay:
    """``batches`` is empty where one delivery holds several municipalities: that of another is nobody else's."""

    detail: DayDetail
    is_shared: bool
    batches: list[UsageBatch]


def own_day(*, meter: str, day: date) -> OwnDay:
    """A day of a meter; a fact of the municipality is a delivery of its own, with its number and checksum."""
    here, shared = context.current_municipality(), is_shared(meter)
    with context.enter_association():
        found: QuerySet[UsageBatch] = batches_of_day(key=here.key, meter=meter, day=day)
        return OwnDay(
            detail=day_detail(tenant=here.number, meter=meter, day=day),
            is_shared=shared,
            batches=[] if shared else list(found[:_MOST]),
        )
