# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""All months at a glance, read only: a month that nobody has touched yet has no row and gets none by being looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Min, QuerySet

from billing.closing.blocking import Obstacle, obstacles
from billing.closing.models import BillingPeriod
from billing.closing.periods import month_of
from billing.closing.states import State
from billing.costs.models import ActualCost
from verbund.kernel.errors import NotFound
from verbund.metering.periods import Period, period_of

_BEFORE_APPROVAL = {State.OPEN, State.GRACE, State.CALCULATED}


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthOverview:
    """A month as it stands today; ``cents`` is the sum of the run that counts.

    ``obstacles`` is None where an earlier month comes first, so nothing is asked of this one yet.
    """

    row: BillingPeriod
    cents: int | None
    obstacles: Sequence[Obstacle] | None

    @property
    def period(self) -> Period:
        return month_of(self.row)


def overview(*, today: date, person: int | None = None) -> list[MonthOverview]:
    """Every month since something was booked or calculated, the newest first.

    What blocks the next step is asked of the first month that is not approved (also of the first that nobody has
    touched yet) and of the first that is not closed: the number of queries does not grow with the months.
    """
    rows = [as_of(row, today=today) for row in _rows(today)]
    before = [row for row in rows if State(row.state) in _BEFORE_APPROVAL]
    issued = [row for row in rows if row.state == State.ISSUED]
    touched, untouched = [row for row in before if row.pk], [row for row in before if not row.pk]
    # Nothing blocks the documents of an approved month, so asking costs no query.
    asked = {row.month for found in (touched, untouched, issued) for row in found[:1]}
    asked |= {row.month for row in rows if row.state == State.APPROVED}
    return [
        MonthOverview(
            row=row,
            cents=row.run.cents if row.run else None,
            obstacles=obstacles(row, today=today, person=person) if row.month in asked else None,
        )
        for row in reversed(rows)
    ]


def find_month(period: Period, *, today: date) -> BillingPeriod:
    """The month's row as it stands today; unsaved if nobody has touched it.

    Raises:
        NotFound: the month lies in the future.
    """
    if period.first > today:
        raise NotFound
    row = _with_run().filter(month=period.first).first() or BillingPeriod(month=period.first)
    return as_of(row, today=today)


def as_of(row: BillingPeriod, *, today: date) -> BillingPeriod:
    """The row with the state the calendar gives it, not written: the next step does that."""
    if row.state == State.OPEN and month_of(row).after <= today:
        row.state = State.GRACE
    return row


def _rows(today: date) -> list[BillingPeriod]:
    found = {row.month: row for row in _with_run().order_by("month")}
    booked = ActualCost.objects.aggregate(first=Min("month"))["first"]
    running = period_of(today)
    first = min([*found, running.first, *([booked] if booked else [])])
    period = period_of(first)
    while period <= running:
        found.setdefault(period.first, BillingPeriod(month=period.first))
        period = period.next
    return [found[month] for month in sorted(found)]


def _with_run() -> QuerySet[BillingPeriod]:
    return BillingPeriod.objects.select_related("run").defer("run__record", "run__statements_record")
