# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Days the office counts by: without weekends and the holidays of Brandenburg."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbund.kernel.clock import day_of
from verbund.kernel.working_days import add_working_days, is_working_day

DAYS = st.dates(min_value=date(2024, 1, 1), max_value=date(2040, 12, 31))


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 10, 31),  # Reformation Day, a holiday here and not in Berlin
        date(2027, 5, 6),  # Ascension
        date(2027, 10, 31),
        date(2026, 12, 25),
        date(2026, 5, 25),  # Whit Monday
        date(2026, 11, 28),  # a Saturday
    ],
)
def test_no_working_day(day):
    assert not is_working_day(day)


@pytest.mark.parametrize("day", [date(2026, 12, 24), date(2026, 12, 31), date(2026, 3, 9), date(2026, 6, 4)])
def test_a_working_day(day):
    assert is_working_day(day)


def test_christmas_is_skipped():
    assert add_working_days(date(2026, 12, 23), 3) == date(2026, 12, 29)


def test_a_late_evening_counts_for_its_own_day():
    assert day_of(datetime(2026, 7, 1, 22, 30, tzinfo=UTC)) == date(2026, 7, 2)


@given(start=DAYS, days=st.integers(min_value=0, max_value=60))
def test_lands_on_a_working_day_with_that_many_between(start, days):
    end = add_working_days(start, days)

    assert is_working_day(end)
    between = [start + timedelta(days=step) for step in range(1, (end - start).days + 1)]
    counted = sum(map(is_working_day, between))
    assert counted == (days if days or is_working_day(start) else 1)
