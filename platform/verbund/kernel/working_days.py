# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Working days in Brandenburg: Monday to Friday without the holidays of the Land (FTG Brandenburg § 2)."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import holidays

_SATURDAY = 5


def is_working_day(day: date) -> bool:
    return day.weekday() < _SATURDAY and day not in _holidays(day.year)


def add_working_days(start: date, days: int) -> date:
    """The day that many working days after ``start``; with 0 the start itself or the next working day."""
    day = start
    while days > 0:
        day += timedelta(days=1)
        days -= is_working_day(day)
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


@cache
def _holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("DE", subdiv="BB", years=year))
