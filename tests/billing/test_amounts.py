# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Amounts as German finance people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.amounts import amount_text, cents_of


@given(st.integers(min_value=-(10**15), max_value=10**15))
def test_what_is_shown_in_a_field_is_read_back(cents):
    assert cents_of(amount_text(cents)) == cents


@given(st.text(max_size=60))
def test_any_text_is_an_amount_or_none(text):
    found = cents_of(text)

    assert found is None or cents_of(amount_text(found)) == found


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("1.234,56", 123_456),
        ("1234,5", 123_450),
        ("-20", -2000),
        ("20,00-", -2000),
        ("\u221220 €", -2000),
        ("1.234.567,00 EUR", 123_456_700),
        ("0", 0),
    ],
)
def test_german_amounts(text, cents):
    assert cents_of(text) == cents


@pytest.mark.parametrize("text", ["", "1,234.56", "1.23", "12,345", "zwölf", "1e5", "--1", "٣", "9" * 41])
def test_anything_else_is_no_amount(text):
    assert cents_of(text) is None


def test_amount_is_written_as_it_is_typed():
    assert [amount_text(cents) for cents in (0, 5, -123_456, 100_000_000)] == [
        "0,00",
        "0,05",
        "-1.234,56",
        "1.000.000,00",
    ]
