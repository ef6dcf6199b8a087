# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is expected: never less than counted, whole months as they were, and each month rounded once."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.member.forecast import Basis, month_end, working_days, year_end
from verbund.metering.periods import Period

NOVEMBER = Period(2026, 11)
VALUES = st.dictionaries(st.integers(1, 12), st.integers(0, 10**12))


def test_month_goes_on_as_on_its_working_days_so_far():
    # November 2026 has 21 working days; 10 of them brought 500.
    assert working_days(NOVEMBER) == 21
    assert month_end(period=NOVEMBER, done_days=10, before_today=500, so_far=520) == 1050


def test_month_without_a_working_day_behind_it_is_not_guessed():
    assert month_end(period=NOVEMBER, done_days=0, before_today=40, so_far=40) is None


@given(st.integers(1, 21), st.integers(0, 10**12), st.integers(0, 10**12))
def test_month_end_is_never_below_what_is_counted(done, before, today):
    assert (
        month_end(period=NOVEMBER, done_days=done, before_today=before, so_far=before + today)
        >= before + today
    )


def test_month_to_come_is_last_years_with_this_years_trend():
    found = year_end({1: 110, 2: 110}, {1: 100, 2: 100, 3: 50, 4: 200}, missing=(3, 4))

    assert (found.expected, found.basis, found.total) == ({3: 55, 4: 220}, Basis.LAST_YEAR, 495)


def test_without_last_year_the_average_goes_on():
    found = year_end({1: 10, 2: 15}, {}, missing=(3,))

    assert (found.expected, found.basis) == ({3: 13}, Basis.AVERAGE)


def test_average_follows_the_working_days_of_each_month():
    found = year_end({1: 200}, {}, missing=(2, 3), weights={1: 20, 2: 10, 3: 23})

    assert found.expected == {2: 100, 3: 230}


def test_month_that_was_not_there_last_year_is_an_average_and_said_so():
    found = year_end({1: 100}, {1: 100, 2: 80}, missing=(2, 3))

    assert (found.expected, found.basis) == ({2: 80, 3: 100}, Basis.MIXED)


def test_nothing_known_nothing_expected():
    assert year_end({}, {1: 5}) is None


def test_a_year_that_is_complete_stays_as_it_was():
    found = year_end(dict.fromkeys(range(1, 13), 7), {1: 1})

    assert (found.expected, found.basis, found.total) == ({}, Basis.KNOWN, 84)


@given(VALUES.filter(bool), VALUES)
def test_every_month_is_known_or_expected_once(known, last_year):
    found = year_end(known, last_year)

    assert known.keys() | found.expected.keys() == set(range(1, 13))
    assert known.keys() & found.expected.keys() == set()
    assert found.total == sum(known.values()) + sum(found.expected.values())


@pytest.mark.parametrize("factor", [1, 2, 3])
@given(last_year=st.fixed_dictionaries({month: st.integers(1, 10**9) for month in range(1, 13)}))
def test_a_year_so_many_times_the_last_is_expected_so(factor, last_year):
    known = {month: last_year[month] * factor for month in (1, 2, 3)}

    found = year_end(known, last_year)

    assert all(found.expected[month] == Fraction(last_year[month] * factor) for month in range(4, 13))
