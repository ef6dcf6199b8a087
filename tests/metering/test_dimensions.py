# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What may stand beside a count."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbund.metering.dimensions import canonical, checked, fingerprint
from verbund.metering.errors import NotCountable

names = st.from_regex(r"[a-z][a-z_]{0,31}", fullmatch=True)
values = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._:/-]{0,63}", fullmatch=True)
few = st.dictionaries(names, values, max_size=4)


@given(few)
def test_equal_dimensions_are_written_equally(dimensions):
    turned = dict(reversed(list(dimensions.items())))

    assert checked(dimensions) == dimensions
    assert canonical(turned) == canonical(dimensions)
    assert -(2**63) <= fingerprint(canonical(dimensions)) < 2**63


@given(few, few)
def test_different_dimensions_are_told_apart(one, other):
    assert (fingerprint(canonical(one)) == fingerprint(canonical(other))) == (one == other)


@pytest.mark.parametrize(
    "dimensions",
    [
        {"reporter": "Erika Mustermann"},
        {"mail": "erika@example.org"},
        {"Category": "lamp"},
        {"category": ""},
        {"category": "x" * 65},
        {"a": "1", "b": "2", "c": "3", "d": "4", "e": "5"},
    ],
)
def test_nothing_about_a_person_fits(dimensions):
    with pytest.raises(NotCountable):
        checked(dimensions)


def test_nothing_is_a_dimension_too():
    assert canonical(checked(None)) == "{}"
