# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Hours, days and months, above all on the two days of the year that are not 24 hours long."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbund.kernel.clock import BERLIN, day_of
from verbund.metering.errors import BadPeriod
from verbund.metering.periods import Period, bounds_of, hour_of, parse_period, period_of

moments = st.integers(min_value=978_307_200, max_value=4_039_372_800).flatmap(
    lambda second: st.sampled_from([UTC, BERLIN]).map(lambda zone: datetime.fromtimestamp(second, tz=zone))
)
days = st.dates(min_value=date(2001, 1, 1), max_value=date(2098, 1, 1))


@given(moments)
def test_hour_holds_its_moment(moment):
    hour = hour_of(moment)

    assert hour.tzinfo == UTC
    assert timedelta(0) <= moment.astimezone(UTC) - hour < timedelta(hours=1)


@given(moments)
def test_day_of_an_hour_is_the_day_of_every_moment_in_it(moment):
    assert day_of(hour_of(moment)) == day_of(moment)


@given(moments)
def test_day_holds_its_moment(moment):
    start, stop = bounds_of(day_of(moment))

    assert start <= moment < stop


@given(days)
def test_days_follow_each_other_without_gap(day):
    assert bounds_of(day)[1] == bounds_of(day + timedelta(days=1))[0]


@pytest.mark.parametrize(
    ("day", "hours"),
    [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 11, 12), 24), (date(2027, 3, 28), 23)],
)
def test_length_of_days_with_clock_change(day, hours):
    start, stop = bounds_of(day)

    assert stop - start == timedelta(hours=hours)


def test_midnight_in_berlin_begins_the_day():
    assert bounds_of(date(2026, 7, 1))[0] == datetime(2026, 6, 30, 22, tzinfo=UTC)
    assert bounds_of(date(2026, 12, 1))[0] == datetime(2026, 11, 30, 23, tzinfo=UTC)


@given(days)
def test_period_holds_exactly_its_days(day):
    period = period_of(day)
    listed = list(period.days())

    assert day in listed
    assert listed[0].day == 1
    assert period_of(listed[-1] + timedelta(days=1)) == period.next
    assert period.next.previous == period
    assert parse_period(str(period)) == period


@pytest.mark.parametrize(
    "text", ["", "2026", "2026-13", "2026-00", "2026-1", "11/2026", "2026-11-01", " 2026-11", "٢٠٢٦-١١"]
)
def test_bad_period_is_named(text):
    with pytest.raises(BadPeriod) as refused:
        parse_period(text)

    assert refused.value.fields.keys() == {"period"}
    assert "JJJJ-MM" in refused.value.message


def test_turn_of_the_year():
    assert Period(2026, 12).next == Period(2027, 1)
    assert Period(2027, 1).previous == Period(2026, 12)
