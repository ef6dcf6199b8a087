# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an estimate rests on: the costs and counters of the last twelve full months."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from billing.allocation.money import rounded
from billing.costs.models import ActualCost, CostCentre
from verbund.metering import queries
from verbund.metering.periods import Period, period_of

MONTHS = 12
_HUNDRED = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class CentreBasis:
    """A cost centre with what it cost in so many booked months of the window; ``proposal`` is that for a whole year."""

    centre: CostCentre
    cents: int
    months: int

    @property
    def proposal(self) -> int:
        """The cost of twelve months; with fewer booked ones their average, twelve times."""
        return rounded(Fraction(self.cents * MONTHS, self.months)) if self.months else 0

    def planned(self, *, growth: Decimal | None, own: int | None) -> int:
        """An own figure, otherwise the proposal with so many percent more or less, rounded once."""
        if own is not None:
            return own
        return rounded(self.proposal * (_HUNDRED + Fraction(growth or 0)) / _HUNDRED)


def window(today_month: Period) -> list[Period]:
    """The twelve full months before the running one, oldest first."""
    found = [today_month.previous]
    while len(found) < MONTHS:
        found.append(found[-1].previous)
    return found[::-1]


def centres_of(months: Sequence[Period], year: int) -> list[CentreBasis]:
    """Every cost centre that has not ended before the year; the association must be entered."""
    sums: dict[int, int] = {}
    booked: dict[int, set[Period]] = {}
    for cost in ActualCost.objects.filter(
        month__gte=months[0].first, month__lte=months[-1].first, replaced_by=None
    ):
        sums[cost.centre_id] = sums.get(cost.centre_id, 0) + cost.cents
        booked.setdefault(cost.centre_id, set()).add(period_of(cost.month))
    return [
        CentreBasis(centre=centre, cents=sums.get(centre.pk, 0), months=len(booked.get(centre.pk, ())))
        for centre in CostCentre.objects.select_related("service").exclude(
            last_month__lt=Period(year, 1).first
        )
    ]


def monthly_usage(months: Sequence[Period], meters: Collection[str]) -> dict[tuple[int, str], int]:
    """What each member uses of each meter in an average month: of the months in which anybody used it."""
    used = queries.usage_of_all_by_months(since=months[0], until=months[-1], meters=meters) if meters else {}
    counted = _counted(used)
    sums: dict[tuple[int, str], int] = {}
    for (number, meter, _month), quantity in used.items():
        sums[number, meter] = sums.get((number, meter), 0) + quantity
    return {
        (number, meter): rounded(Fraction(quantity, len(counted[meter])))
        for (number, meter), quantity in sums.items()
    }


def _counted(used: Iterable[tuple[int, str, Period]]) -> dict[str, set[Period]]:
    found: dict[str, set[Period]] = {}
    for _number, meter, month in used:
        found.setdefault(meter, set()).add(month)
    return found
