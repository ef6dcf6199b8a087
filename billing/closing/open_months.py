# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which months still take something in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import F, Max

from billing.closing.models import BillingPeriod, StatementLine
from billing.closing.states import FIXED
from billing.costs.models import CostCentre
from verbund.metering.periods import Period, period_of

_BACK = 12


def open_months(*, today: date) -> list[Period]:
    """Months that follow the last calculated one, two ahead, the oldest first; a year back where none is calculated."""
    running = period_of(today)
    newest = running.next.next
    last = BillingPeriod.objects.filter(state__in=FIXED).aggregate(last=Max("month"))["last"]
    period = period_of(last).next if last else _back(running, _BACK)
    found = []
    while period.first <= newest.first:
        found.append(period)
        period = period.next
    return found


def fixed_months() -> list[Period]:
    """Months that are calculated or later, the newest first: what was wrong there takes a correction."""
    months = BillingPeriod.objects.filter(state__in=FIXED).order_by("-month").values_list("month", flat=True)
    return [period_of(month) for month in months]


def last_billed_month(centre: CostCentre) -> Period | None:
    """The newest calculated month with lines of the cost centre."""
    month = StatementLine.objects.filter(
        cost_centre=centre, statement__run_id=F("statement__run__period__run_id")
    ).aggregate(last=Max("statement__run__period__month"))["last"]
    return period_of(month) if month else None


def fixed_among(months: Iterable[date]) -> set[date]:
    """Those that are calculated or later."""
    return set(
        BillingPeriod.objects.filter(state__in=FIXED, month__in=list(months)).values_list("month", flat=True)
    )


def _back(period: Period, count: int) -> Period:
    for _step in range(count):
        period = period.previous
    return period
