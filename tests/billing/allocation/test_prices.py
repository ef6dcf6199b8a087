# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Prices: base fee by days, what is included, tiers; each line rounded once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.allocation.charging import tiered
from billing.allocation.money import euros, rounded
from billing.allocation.prices import Charge, PriceVersion, Scheme, Tier
from billing.allocation.refusal import Refused
from billing.allocation.run import calculate
from tests.billing.allocation.cases import LUCKAU, LUEBBEN, MANY, METER, MODULE, booked, material, used

TIERS = (
    Tier(price=Decimal("0.05"), up_to=100),
    Tier(price=Decimal("0.03"), up_to=1000),
    Tier(price=Decimal("0.015")),
)


def prices(*charges, **changes):
    fixed = {
        "service": "maengel",
        "name": "Mängelmelder",
        "version": 1,
        "valid_from": date(2026, 1, 1),
        "source": "Preisblatt 2026",
        "module": MODULE,
        "charges": charges,
    }
    return PriceVersion(**{**fixed, **changes})


def lines(*versions, **changes):
    run = calculate(material(postings=(), prices=versions, **changes))
    return run.charges


def test_a_base_fee_goes_by_the_days_of_the_booking():
    found = lines(
        prices(base_fee=Decimal(100)),
        bookings=(booked(LUCKAU), booked(LUEBBEN, date(2026, 10, 10), date(2026, 10, 19))),
    )

    assert [(line.member, line.cents, line.months) for line in found] == [
        (LUEBBEN, 3226, Fraction(10, 31)),
        (LUCKAU, 10_000, Fraction(1)),
    ]


def test_what_is_included_comes_off_first_and_tiers_count_the_rest():
    found = lines(
        prices(Charge(meter=METER, tiers=TIERS, included=500)),
        bookings=(booked(LUCKAU), booked(LUEBBEN, date(2026, 10, 22))),
        readings=(
            used(LUCKAU, 1700),
            used(LUEBBEN, 1, date(2026, 10, 21)),
            used(LUEBBEN, 162, date(2026, 10, 22)),
        ),
    )

    luebben, luckau = found
    assert (luckau.included, luckau.cents) == (500, 500 + 2700 + 300)
    assert [tier.quantity for tier in luckau.tiers] == [100, 900, 200]
    # Ten days of 31: 161.29 are included, rounded up in the member's favour.
    assert (luebben.included, luebben.quantity, luebben.uncounted, luebben.cents) == (162, 162, 1, 0)


def test_by_volume_all_cost_what_the_last_one_reaches():
    charge = Charge(meter=METER, tiers=tuple(reversed(TIERS)), scheme=Scheme.VOLUME)

    reached = {
        quantity: [(line.quantity, line.price) for line in tiered(charge, quantity)]
        for quantity in (0, 100, 101)
    }
    assert reached == {0: [], 100: [(100, Decimal("0.05"))], 101: [(101, Decimal("0.03"))]}


def test_advisory_days_are_minutes_by_480():
    advice = Charge(meter="advice.minutes", tiers=(Tier(price=Decimal("960.00")),), per=480, included=480)
    found = lines(
        prices(advice),
        bookings=(booked(LUCKAU),),
        readings=(used(LUCKAU, 480 + 100, meter="advice.minutes"),),
    )

    assert [(line.cents, line.exact) for line in found] == [(20_000, Fraction(20_000))]


@MANY
@given(st.integers(0, 10**7), st.lists(st.integers(1, 10**6), unique=True, max_size=5), st.integers(1, 1000))
def test_tiers_are_the_whole_quantity_and_never_cost_less_for_more(quantity, limits, per):
    tiers = (
        *(Tier(price=Decimal(limit) / 1000, up_to=limit) for limit in limits),
        Tier(price=Decimal("0.007")),
    )
    charge = Charge(meter=METER, tiers=tiers, per=per)

    def cost(units):
        return sum(Fraction(line.price) * line.quantity for line in tiered(charge, units))

    assert sum(line.quantity for line in tiered(charge, quantity)) == quantity
    assert cost(quantity) < cost(quantity + 1)


@MANY
@given(st.fractions())
def test_rounding_is_half_up_and_mirrored(exact):
    assert abs(rounded(exact) - exact) <= Fraction(1, 2)
    assert rounded(-exact) == -rounded(exact)
    assert [rounded(Fraction(half, 2)) for half in (1, 3, -1, -3)] == [1, 2, -1, -2]


def test_euros_read_as_in_a_letter():
    assert [euros(cents) for cents in (123_456_789, 5, -1000)] == ["1.234.567,89 €", "0,05 €", "−10,00 €"]


@pytest.mark.parametrize(
    "changes",
    [
        {"tiers": ()},
        {"tiers": (Tier(price=Decimal(1), up_to=5),)},
        {"tiers": (Tier(price=Decimal(1)), Tier(price=Decimal(2)))},
        {"tiers": (Tier(price=Decimal(1), up_to=5), Tier(price=Decimal(2), up_to=5), Tier(price=Decimal(3)))},
        {"per": 0},
        {"included": -1},
    ],
)
def test_a_scale_that_makes_no_sense_is_refused(changes):
    with pytest.raises(Refused, match="genau eine letzte Stufe ohne Grenze"):
        prices(replace(Charge(meter=METER, tiers=TIERS), **changes))


def test_a_meter_has_one_scale():
    with pytest.raises(Refused, match="Ein Zähler steht zweimal darin"):
        prices(Charge(meter=METER, tiers=TIERS), Charge(meter=METER, tiers=TIERS, per=2))


def test_a_price_that_changes_within_the_period_is_refused():
    with pytest.raises(Refused, match=r"wechselt am 15\.10\.2026 die Fassung"):
        lines(prices(), prices(version=2, valid_from=date(2026, 10, 15)))
