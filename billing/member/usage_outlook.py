# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the running month and year of usage will come to, meter by meter."""

from __future__ import annotations

from dataclasses import dataclass

from billing.member.forecast import month_end, working_days, year_end
from billing.member.reading import own_rows
from verbund.kernel import clock
from verbund.kernel.working_days import is_working_day
from verbund.metering import queries
from verbund.metering.periods import Period, period_of
from verbund.metering.queries import MonthSum

_NOTHING = MonthSum()


@dataclass(frozen=True, slots=True, kw_only=True)
class MeterOutlook:
    """None where there is nothing to go on yet."""

    month: int | None
    year: int | None


def usage_outlook() -> dict[str, MeterOutlook]:
    """For every meter the entered municipality used since January of last year."""
    today = clock.today()
    running = period_of(today)
    with own_rows() as number:
        found = queries.usage_by_months(
            number, since=Period(running.year - 1, 1), until=Period(running.year, 12)
        )
    done = sum(is_working_day(day) for day in running.days() if day < today)
    first = min((period for _meter, period in found), default=running)
    return {
        meter: _outlook(meter, found, running, done, first)
        for meter in sorted({meter for meter, _period in found})
    }


def _outlook(
    meter: str, found: dict[tuple[str, Period], MonthSum], running: Period, done: int, first: Period
) -> MeterOutlook:
    def sums(year: int, until: int) -> dict[int, int]:
        """From the month the municipality first used anything: before it there was nothing to count."""
        return {
            month: found.get((meter, Period(year, month)), _NOTHING).quantity
            for month in range(1, until)
            if Period(year, month) >= first
        }

    now = found.get((meter, running), _NOTHING)
    month = month_end(period=running, done_days=done, before_today=now.before_today, so_far=now.quantity)
    known = sums(running.year, running.month)
    if month is not None:
        known[running.month] = month
    year = year_end(
        known,
        sums(running.year - 1, 13),
        missing=range(running.month, 13),
        weights={number: working_days(Period(running.year, number)) for number in range(1, 13)},
    )
    return MeterOutlook(month=month, year=max(year.total, sum(known.values())) if year else None)
