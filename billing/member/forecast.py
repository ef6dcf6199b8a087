# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a month and a year will come to, from what is known so far; every expectation says how it was reached.

The running month goes on as on its working days so far (finance.md 5.8). A month to come is last year's, as much larger or
smaller as this year is so far; without last year it is the average so far. Rounded once for each month.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache

from verbund.kernel.working_days import is_working_day
from verbund.metering.periods import Period

_MONTHS = range(1, 13)


class Basis(StrEnum):
    """How the months to come were reached."""

    KNOWN = "known"
    LAST_YEAR = "last_year"
    AVERAGE = "average"
    MIXED = "mixed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """``known`` and ``expected`` values by number of the month; a month is in one of them at most."""

    known: Mapping[int, int]
    expected: Mapping[int, int]
    basis: Basis

    @property
    def total(self) -> int:
        return sum(self.known.values()) + sum(self.expected.values())


@lru_cache(maxsize=64)  # asked for every meter and month of a page
def working_days(period: Period) -> int:
    return sum(is_working_day(day) for day in period.days())


def month_end(*, period: Period, done_days: int, before_today: int, so_far: int) -> int | None:
    """What the running month comes to when its other working days are like the ``done_days`` before today.

    None as long as none is over. Never less than what is counted already.
    """
    if done_days <= 0:
        return None
    return max(so_far, _rounded(Fraction(before_today * working_days(period), done_days)))


def year_end(
    known: Mapping[int, int],
    last_year: Mapping[int, int],
    *,
    missing: Iterable[int] = _MONTHS,
    weights: Mapping[int, int] | None = None,
) -> Year | None:
    """Expect the ``missing`` months that are not known; ``weights`` are their working days, without it all are alike.

    None when nothing is known to go on.
    """
    if not known:
        return None
    weight = weights or dict.fromkeys(_MONTHS, 1)
    both = known.keys() & last_year.keys()
    before = sum(last_year[month] for month in both)
    trend = Fraction(sum(known[month] for month in both), before) if before > 0 else None
    known_weight = sum(weight[month] for month in known)
    rate = Fraction(sum(known.values()), known_weight) if known_weight else Fraction(0)
    expected: dict[int, int] = {}
    bases: set[Basis] = set()
    for month in sorted(set(missing) - known.keys()):
        if trend is not None and month in last_year:
            expected[month], basis = _rounded(last_year[month] * trend), Basis.LAST_YEAR
        else:
            expected[month], basis = _rounded(rate * weight[month]), Basis.AVERAGE
        bases.add(basis)
    return Year(known=known, expected=expected, basis=_basis(bases))


def _basis(bases: set[Basis]) -> Basis:
    if len(bases) > 1:
        return Basis.MIXED
    return next(iter(bases), Basis.KNOWN)


def _rounded(value: Fraction) -> int:
    """Half away from zero, as money and quantities are rounded elsewhere."""
    whole = int(abs(value) + Fraction(1, 2))
    return whole if value >= 0 else -whole
