# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A key tried on the facts of a month: the valid one gives the month's figures, any other moves money and loses none."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as st

from billing.allocation import keys
from billing.allocation.material import CostCentre, Posting
from billing.allocation.refusal import Refused
from billing.allocation.run import calculate
from billing.simulation.trial import Facts, compare, condensed, shares
from tests.billing.allocation import cases
from tests.billing.allocation.cases import FEW, HEIDEBLICK, INHABITANTS, LUCKAU, LUEBBEN, MODULE


def sums(found):
    by_member = {}
    for share in found:
        by_member[share.member] = by_member.get(share.member, 0) + share.cents
    return by_member


@given(cases.materials())
@FEW
def test_trying_the_valid_key_gives_the_figures_of_the_month(material):
    try:
        run = calculate(material)
    except Refused:
        assume(False)

    found = compare([Facts(material=material, tried=material.keys, times={})])

    assert {row.member: row.now for row in found.rows} == sums(run.shares)
    assert all(row.difference == 0 for row in found.rows)


@given(
    cases.materials(limited=False), st.lists(st.sampled_from(["0.6", "2", "33.5"]), min_size=1, max_size=2)
)
@FEW
def test_another_key_moves_money_and_loses_none(material, weights):
    bases = [keys.EqualShare(), INHABITANTS]
    tried = cases.key(*(cases.part(basis, weight) for basis, weight in zip(bases, weights, strict=False)))

    found = compare([Facts(material=material, tried=(tried,), times={"rz": 3})])

    assert found.now == found.then == 3 * sum(posting.cents for posting in material.postings)
    assert sum(row.difference for row in found.rows) == 0


@st.composite
def with_modules(draw):
    """Usage on several days, and members who booked the module on some of them."""
    days = st.integers(0, 30).map(lambda count: cases.OCTOBER.first + timedelta(days=count))
    members = list(cases.NAMES)
    readings = {
        (ars, day): draw(st.integers(1, 1_000))
        for ars in members
        for day in draw(st.lists(days, min_size=1, max_size=6, unique=True))
    }
    bookings = [cases.booked(ars, draw(days)) for ars in members if draw(st.booleans())]
    module = draw(st.sampled_from(["", MODULE])) if bookings else ""
    return cases.material(
        keys=(
            cases.key(
                cases.part(keys.Usage(meter=cases.METER)), cases.part(keys.EqualShare()), module=module
            ),
        ),
        readings=tuple(cases.used(ars, quantity, day) for (ars, day), quantity in readings.items())
        + tuple(
            cases.used(booking.member, 5, cases.OCTOBER.last)
            for booking in bookings
            if (booking.member, cases.OCTOBER.last) not in readings
        ),
        bookings=tuple(bookings),
    )


@given(with_modules())
@FEW
def test_fewer_readings_are_the_same_usage(material):
    small = condensed(material, material.keys)

    assert len(small.readings) <= len(material.readings)
    whole = {share.member: share for share in shares(material, material.keys)}
    for share in shares(small, material.keys):
        assert (share.cents, share.ratio) == (whole[share.member].cents, whole[share.member].ratio)
        assert [part.uncounted for part in share.parts] == [
            part.uncounted for part in whole[share.member].parts
        ]


def test_who_pays_more_comes_first():
    material = cases.material()
    tried = cases.key(cases.part(keys.EqualShare()))

    found = compare([Facts(material=material, tried=(tried,), times={})])

    assert [(row.member, row.now, row.then) for row in found.rows] == [
        (HEIDEBLICK, 13_220, 33_334),
        (LUCKAU, 35_134, 33_333),
        (LUEBBEN, 51_646, 33_333),
    ]
    assert found.moved == 20_114


def test_months_alike_count_as_often_as_they_are_meant():
    material = cases.material(
        cost_centres=(
            CostCentre(code="rz", name="Rechenzentrum", key="it"),
            CostCentre(code="netz", name="Netz", key="it"),
        ),
        postings=(
            Posting(cost_centre="rz", cents=300, source="Beleg 1"),
            Posting(cost_centre="netz", cents=30, source="Beleg 2"),
        ),
    )

    found = compare([Facts(material=material, tried=material.keys, times={"rz": 2, "netz": 1})])

    assert found.now == 630


def test_member_the_tried_key_exempts_is_still_in_the_list():
    material = cases.material()
    tried = replace(material.keys[0], exempt=(HEIDEBLICK,))

    found = compare([Facts(material=material, tried=(tried,), times={})])

    [row] = [row for row in found.rows if row.member == HEIDEBLICK]
    assert (row.then, row.difference, row.ratio) == (0, -13_220, -1)


def test_a_most_share_is_tried_as_any_other():
    material = cases.material()
    tried = replace(material.keys[0], limits=keys.Limits(most_share=Decimal("0.4")))

    found = compare([Facts(material=material, tried=(tried,), times={})])

    assert max(row.then for row in found.rows) == 40_000
    assert found.then == 100_000
