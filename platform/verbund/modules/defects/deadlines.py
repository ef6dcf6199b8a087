# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Days by which the office wants to have answered; holidays of the Land are not known here yet."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from verbund.kernel.clock import BERLIN

_SATURDAY = 5


def is_working_day(day: date) -> bool:
    return day.weekday() < _SATURDAY


def add_working_days(start: date, days: int) -> date:
    """The day that many working days after ``start``; with 0 the start itself or the next working day."""
    day = start
    while days > 0:
        day += timedelta(days=1)
        days -= is_working_day(day)
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def day_of(moment: datetime) -> date:
    """The calendar day of a moment in Berlin."""
    return moment.astimezone(BERLIN).date()
