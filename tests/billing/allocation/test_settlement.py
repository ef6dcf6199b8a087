# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Advances and true-up agree to the cent; corrections are signed and use the rules of their time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.allocation.material import Posting
from billing.allocation.prices import Charge, Tier
from billing.allocation.refusal import Refused
from billing.allocation.run import calculate
from billing.allocation.settlement import Advance, advances, by_member, corrections, settle
from tests.billing.allocation.cases import (
    FEW,
    LUCKAU,
    MANY,
    METER,
    booked,
    key,
    material,
    materials,
    population,
    used,
)
from tests.billing.allocation.test_prices import prices

QUARTERS = [date(2026, month, 15) for month in (2, 5, 8, 11)]


@MANY
@given(st.dictionaries(st.text("0123456789", min_size=1), st.integers(-(10**9), 10**9), max_size=12))
def test_instalments_are_the_planned_share_and_differ_by_a_cent(planned):
    found = advances(planned, QUARTERS)

    for member, cents in planned.items():
        instalments = [advance.cents for advance in found if advance.member == member]
        assert sum(instalments) == cents
        assert max(instalments) - min(instalments) <= 1
        assert sorted(instalments, key=abs, reverse=True) == instalments


@FEW
@given(materials(limited=False), st.integers(-(10**9), 10**9))
def test_the_true_up_is_the_year_less_the_advances(any_material, planned):
    run = calculate(any_material)
    paid = advances(dict.fromkeys(["120000000000", "left"], planned), QUARTERS)
    found = settle(run, paid)

    assert sum(balance.cents for balance in found) == sum(by_member(run).values()) - 2 * planned
    for balance in found:
        advanced = sum(advance.cents for advance in paid if advance.member == balance.member)
        assert balance.cents == by_member(run).get(balance.member, 0) - advanced


def test_who_left_gets_back_what_was_too_much():
    found = settle(calculate(material()), [Advance(member="left", due_on=QUARTERS[0], cents=500)])
    assert next(balance.cents for balance in found if balance.member == "left") == -500


@pytest.mark.parametrize("due", [[], [QUARTERS[0], QUARTERS[0]]])
def test_instalments_need_days(due):
    with pytest.raises(Refused, match="mindestens einen Fälligkeitstag"):
        advances({LUCKAU: 100}, due)


def test_a_late_bill_is_a_signed_line_for_everybody_at_the_old_key():
    old = calculate(material())
    credit = Posting(cost_centre="rz", cents=-10_000, source="Gutschrift des Rechenzentrums")
    new = calculate(material(postings=(*material().postings, credit)))

    found = corrections(old, new, reason="Rechnung berichtigt")

    assert sum(line.cents for line in found) == -10_000
    assert all(line.cents < 0 and line.version == 1 for line in found)
    assert {line.old_input_sha256 for line in found} == {old.input_sha256}
    assert [line.cents for line in corrections(new, old, reason="zurück")] == [-line.cents for line in found]


def test_a_late_count_corrects_the_charge_at_the_old_price():
    scale = prices(Charge(meter=METER, tiers=(Tier(price=Decimal("0.25")),)))
    before = material(prices=(scale,), bookings=(booked(LUCKAU),), readings=(used(LUCKAU, 100),))
    after = replace(before, readings=(*before.readings, used(LUCKAU, -40, source="Zählfehler 3")))

    found = corrections(calculate(before), calculate(after), reason="Zählfehler 3")

    assert [(line.kind, line.item, line.meter, line.old_cents, line.cents) for line in found] == [
        ("charge", "maengel", METER, 2500, -1000)
    ]


def test_a_correction_without_change_has_no_lines():
    run = calculate(material())
    assert corrections(run, calculate(material(snapshots=(population(),))), reason="Prüfung") == ()


@pytest.mark.parametrize(
    ("changes", "reason", "sentence"),
    [
        ({}, " ", "Nennen Sie den Grund"),
        (
            {"keys": (key(version=2, valid_from=date(2026, 9, 1)),)},
            "x",
            "Nehmen Sie die Fassungen von damals",
        ),
        ({"prices": (prices(),)}, "x", "Nehmen Sie die Fassungen von damals"),
    ],
)
def test_a_correction_by_other_rules_is_refused(changes, reason, sentence):
    with pytest.raises(Refused, match=sentence):
        corrections(calculate(material()), calculate(material(**changes)), reason=reason)
