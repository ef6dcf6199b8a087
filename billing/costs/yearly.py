# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What cost centres cost month by month, beside the same months of the year before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Min, Sum

from billing.costs.models import ActualCost, CostCentre
from verbund.metering.periods import Period, period_of


@dataclass(frozen=True, slots=True, kw_only=True)
class CentreCosts:
    """A cost centre's cents by month, None where nothing is entered; ``before`` is the sum of the year before."""

    centre: CostCentre
    cells: Sequence[int | None]
    before: int | None

    @property
    def cents(self) -> int:
        return sum(cell for cell in self.cells if cell is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class CostTable:
    """``before`` has the sum of each month's twin a year earlier, None where nothing was entered then."""

    months: Sequence[Period]
    rows: Sequence[CentreCosts]
    before: Sequence[int | None]

    @property
    def sums(self) -> list[int | None]:
        """Each month's sum, None where nothing is entered."""
        return [_sum(row.cells[place] for row in self.rows) for place, _month in enumerate(self.months)]

    @property
    def cents(self) -> int:
        return sum(row.cents for row in self.rows)

    @property
    def before_cents(self) -> int | None:
        known = [cents for cents in self.before if cents is not None]
        return sum(known) if known else None


def cost_table(months: Sequence[Period]) -> CostTable:
    """Every cost centre that is not over before the months, and those with costs in them; replaced amounts do not count."""
    twins = [Period(month.year - 1, month.month) for month in months]
    cents = _booked([month.first for month in (*months, *twins)])
    shown = {month.first for month in months}
    with_costs = {centre for centre, month in cents if month in shown}
    centres = [
        centre
        for centre in CostCentre.objects.select_related("service")
        if centre.pk in with_costs or centre.last_month is None or centre.last_month >= months[0].first
    ]
    return CostTable(
        months=months,
        rows=[
            CentreCosts(
                centre=centre,
                cells=[cents.get((centre.pk, month.first)) for month in months],
                before=_sum(cents.get((centre.pk, month.first)) for month in twins),
            )
            for centre in centres
        ],
        before=[
            _sum(found for (_centre, month), found in cents.items() if month == twin.first) for twin in twins
        ],
    )


def years_with_costs() -> list[int]:
    """Every year from the first with a cost to the last, the newest first."""
    found = ActualCost.objects.aggregate(first=Min("month"), last=Max("month"))
    if found["first"] is None:
        return []
    return list(range(found["last"].year, found["first"].year - 1, -1))


def last_months(newest: Period, count: int) -> list[Period]:
    """So many months up to the newest, in order."""
    months = [newest]
    while len(months) < count:
        months.append(months[-1].previous)
    return months[::-1]


def first_missing(months: Sequence[date]) -> tuple[CostCentre, Period] | None:
    """The first cost centre for which nothing is entered in the earliest of the months; None when all is there."""
    booked = set(ActualCost.objects.filter(month__in=months).values_list("centre_id", "month"))
    centres = list(CostCentre.objects.all())
    for month in sorted(months):
        for centre in centres:
            is_over = centre.last_month is not None and centre.last_month < month
            if not is_over and (centre.pk, month) not in booked:
                return centre, period_of(month)
    return None


def _booked(months: Sequence[date]) -> Mapping[tuple[int, date], int]:
    rows = (
        ActualCost.objects.filter(month__in=months, replaced_by=None)
        .values("centre_id", "month")
        .annotate(sum=Sum("cents"))
        .order_by()
    )
    return {(row["centre_id"], row["month"]): int(row["sum"]) for row in rows}


def _sum(cells: Iterable[int | None]) -> int | None:
    known = [cell for cell in cells if cell is not None]
    return sum(known) if known else None
