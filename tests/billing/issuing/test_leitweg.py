# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Leitweg-IDs: the check digits, which the official rules do not look at."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.issuing.leitweg import is_leitweg_id, with_check_digits

# Published by authorities themselves.
REAL = ["12-121136942639008-42", "12-121096894453782-21", "991-33333TEST-33", "04011000-1234512345-06"]


@pytest.mark.parametrize("known", REAL)
def test_ids_in_use_are_right(known):
    assert is_leitweg_id(known)


@given(
    coarse=st.text("0123456789", min_size=2, max_size=12),
    fine=st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", max_size=30),
)
def test_what_is_made_is_right_and_one_other_character_is_not(coarse, fine):
    made = with_check_digits(coarse, fine)

    assert is_leitweg_id(made)
    wrong = ("1" if made[0] != "1" else "2") + made[1:]
    assert not is_leitweg_id(wrong)


@pytest.mark.parametrize(
    "wrong", ["", "12", "1-44", "12-ä-30", "12--30", "1200000000001-30", "12-121136942639008-43"]
)
def test_other_shapes_and_digits_are_not(wrong):
    assert not is_leitweg_id(wrong)


def test_an_address_that_cannot_be_is_refused():
    with pytest.raises(ValueError, match="abc"):
        with_check_digits("abc")
