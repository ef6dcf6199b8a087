# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Largest remainder: the parts are the whole, whatever is shared, and in whatever order it is given."""

from __future__ import annotations

import itertools
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.allocation.limits import Bounds, Impossible, Limit, bounded_parts
from billing.allocation.remainder import parts, split
from tests.billing.allocation.cases import FEW, MANY

CENTS = st.integers(-(10**11), 10**11)
WEIGHTS = st.dictionaries(
    st.text("0123456789", min_size=1, max_size=12), st.integers(0, 10**9), min_size=1, max_size=37
).filter(lambda weights: sum(weights.values()))


@MANY
@given(CENTS, WEIGHTS)
def test_parts_are_the_whole_and_each_is_within_a_cent(total, weights):
    found = parts(total, weights)

    assert sum(part.cents for part in found.values()) == total
    whole = sum(weights.values())
    for key, part in found.items():
        assert part.exact == Fraction(total * weights[key], whole)
        assert abs(part.cents - part.exact) < 1
        assert weights[key] or part.cents == 0


@MANY
@given(CENTS, WEIGHTS)
def test_who_weighs_more_never_bears_less(total, weights):
    found = split(total, weights)

    ordered = sorted(found, key=weights.__getitem__)
    for lighter, heavier in itertools.pairwise(ordered):
        if weights[lighter] < weights[heavier]:
            assert abs(found[lighter]) <= abs(found[heavier])
        else:
            assert abs(found[lighter] - found[heavier]) <= 1


@MANY
@given(CENTS, WEIGHTS, st.randoms(use_true_random=False))
def test_order_and_scale_of_the_key_do_not_matter(total, weights, random):
    keys = list(weights)
    random.shuffle(keys)

    assert split(total, {key: weights[key] * 7 for key in keys}) == split(total, weights)


@MANY
@given(CENTS, WEIGHTS)
def test_a_credit_is_the_mirror_of_a_charge(total, weights):
    assert split(-total, weights) == {key: -cents for key, cents in split(total, weights).items()}


def test_the_odd_cent_goes_by_the_keys_of_the_members():
    found = parts(100, {"c": 1, "a": 1, "b": 1})

    assert {key: part.cents for key, part in found.items()} == {"a": 34, "b": 33, "c": 33}
    assert [found[key].place for key in "abc"] == [1, 2, 3]
    assert [found[key].extra for key in "abc"] == [True, False, False]


@pytest.mark.parametrize("weights", [{}, {"a": 0}, {"a": 2, "b": -1}])
def test_what_is_no_key_is_refused(weights):
    with pytest.raises(ValueError, match="weights must not"):
        parts(100, weights)


@st.composite
def bounded_cases(draw):
    """Weights, bounds and a whole that they leave room for."""
    weights = draw(WEIGHTS)
    bounds, least, most = {}, 0, 0
    for key, weight in weights.items():
        low = draw(st.integers(0, 10**6))
        high = low + draw(st.integers(0, 10**7))
        bounds[key] = Bounds(least=low, most=high)
        least, most = (least + low, most + high) if weight else (least, most)
    return draw(st.integers(least, most)), weights, bounds


@FEW
@given(bounded_cases())
def test_limits_hold_and_the_parts_are_still_the_whole(case):
    total, weights, bounds = case
    found = bounded_parts(total, weights, bounds)

    assert sum(item.part.cents for item in found.values()) == total
    for key, item in found.items():
        if weights[key]:
            assert bounds[key].least <= item.part.cents <= bounds[key].most
        else:
            assert item.part.cents == 0


@FEW
@given(bounded_cases())
def test_whoever_no_limit_holds_bears_the_same_multiple_of_the_key(case):
    """The one solution: the held would have crossed their limit at the multiple of the free."""
    total, weights, bounds = case
    found = bounded_parts(total, weights, bounds)
    multiples = {
        item.part.exact / weights[key]
        for key, item in found.items()
        if weights[key] and item.limit is Limit.NONE
    }

    assert len(multiples) <= 1
    for multiple in multiples:
        for key, item in found.items():
            if weights[key] and item.limit is Limit.LEAST:
                assert multiple * weights[key] <= bounds[key].least
            if weights[key] and item.limit is Limit.MOST:
                assert multiple * weights[key] >= bounds[key].most


@FEW
@given(bounded_cases(), st.randoms(use_true_random=False))
def test_limits_are_mirrored_and_know_no_order(case, random):
    total, weights, bounds = case
    keys = list(weights)
    random.shuffle(keys)
    turned = bounded_parts(-total, {key: weights[key] for key in keys}, bounds)

    straight = bounded_parts(total, weights, bounds)
    assert {key: -item.part.cents for key, item in straight.items()} == {
        key: item.part.cents for key, item in turned.items()
    }


def test_a_cap_is_borne_by_the_others_by_the_same_key():
    found = bounded_parts(
        1000,
        {"a": 6, "b": 3, "c": 1, "d": 0},
        {"a": Bounds(most=400), "c": Bounds(least=200), "d": Bounds(least=50)},
    )

    assert {key: item.part.cents for key, item in found.items()} == {"a": 400, "b": 400, "c": 200, "d": 0}
    assert [found[key].limit for key in "abcd"] == [Limit.MOST, Limit.NONE, Limit.LEAST, Limit.NONE]


def test_impossible_limits_say_what_they_come_to():
    weights = {"a": 1, "b": 1}
    with pytest.raises(Impossible) as least:
        bounded_parts(100, weights, {"a": Bounds(least=60), "b": Bounds(least=60)})
    with pytest.raises(Impossible) as most:
        bounded_parts(-100, weights, {key: Bounds(most=40) for key in weights})

    assert (least.value.limit, least.value.cents) == (Limit.LEAST, 120)
    assert (most.value.limit, most.value.cents) == (Limit.MOST, 80)
