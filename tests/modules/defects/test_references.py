# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reference numbers and working days hold for every value."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbund.cases.references import format_reference
from verbund.kernel.working_days import add_working_days, is_working_day
from verbund.modules.defects.references import ReferenceConverter, parse_reference

YEARS, NUMBERS = st.integers(1000, 9999), st.integers(1, 999_999_999)
DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


@given(YEARS, NUMBERS)
def test_a_written_reference_is_read_again(year, number):
    written = format_reference("M", year, number)

    assert parse_reference(written) == written
    assert ReferenceConverter().to_python(written) == written


@pytest.mark.parametrize("typed", ["M-2026-0042", "m-2026-42", " M 2026 42 ", "m2026-0042", "M/2026/42"])
def test_a_reference_is_understood_as_people_type_it(typed):
    assert parse_reference(typed) == "M-2026-0042"


@given(st.text())
def test_any_other_text_is_none_or_a_written_reference(text):
    found = parse_reference(text)
    assert found is None or parse_reference(found) == found


@pytest.mark.parametrize("value", ["M-2026-00042", "M-2026-0000", "m-2026-0042"])
def test_a_report_has_one_address_only(value):
    with pytest.raises(ValueError):
        ReferenceConverter().to_python(value)


@given(DAYS, st.integers(0, 60))
def test_a_deadline_is_a_working_day_with_so_many_working_days_before_it(start, days):
    due = add_working_days(start, days)

    assert is_working_day(due)
    between = [start + timedelta(days=n) for n in range(1, (due - start).days + 1)]
    counted = sum(map(is_working_day, between))
    assert counted == days or (days == 0 and not is_working_day(start) and counted == 1)


@given(DAYS, st.integers(0, 60))
def test_a_later_start_never_has_an_earlier_deadline(start, days):
    assert add_working_days(start, days) <= add_working_days(start + timedelta(days=1), days)


def test_three_working_days_over_a_weekend():
    assert add_working_days(date(2026, 11, 20), 3) == date(2026, 11, 25)
    assert add_working_days(date(2026, 11, 21), 3) == date(2026, 11, 25)
