# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A run: every cost is shared completely, explained, and recorded in the same bytes whatever the order."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.allocation import keys
from billing.allocation.limits import Limit
from billing.allocation.material import CostCentre, Figure, Membership, Posting, Step
from billing.allocation.refusal import Refused
from billing.allocation.run import calculate
from billing.allocation.spans import Period, Span, months
from tests.billing.allocation.cases import (
    FEW,
    HEIDEBLICK,
    INHABITANTS,
    LUCKAU,
    LUEBBEN,
    MANY,
    METER,
    MODULE,
    NAMES,
    OCTOBER,
    PEOPLE,
    SINCE_2020,
    booked,
    key,
    material,
    materials,
    memberships,
    part,
    population,
    used,
)


def cents(run):
    return {share.member: share.cents for share in run.shares}


def outcome(given_material):
    """The record, or what was refused: neither may depend on the order."""
    try:
        return calculate(given_material).record()
    except Refused as refused:
        return str(refused)


def refusal(**changes):
    with pytest.raises(Refused) as refused:
        calculate(material(**changes))
    return str(refused.value)


@FEW
@given(materials(limited=False))
def test_the_shares_are_the_cost_and_each_is_within_a_cent(any_material):
    run = calculate(any_material)

    total = sum(posting.cents for posting in any_material.postings)
    assert sum(share.cents for share in run.shares) == total
    assert sum(share.ratio for share in run.shares) == 1
    for share in run.shares:
        ideal = (
            sum(piece.weight * Fraction(piece.numerator, piece.denominator) for piece in share.parts) * total
        )
        assert share.exact == ideal == share.ratio * total
        assert abs(share.cents - ideal) < 1


@FEW
@given(materials(), st.randoms(use_true_random=False))
def test_a_run_is_the_same_bytes_in_any_order(any_material, random):
    def shuffled(items):
        return tuple(random.sample(items, len(items)))

    turned = replace(
        any_material,
        **{
            name: shuffled(getattr(any_material, name))
            for name in ("memberships", "postings", "readings", "snapshots")
        },
        keys=tuple(replace(item, parts=shuffled(item.parts)) for item in any_material.keys),
    )
    assert outcome(turned) == outcome(any_material)


@MANY
@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.integers(0, 400), st.integers(0, 400))
def test_days_of_membership_add_up(first, before, after):
    """Cut anywhere, the two memberships count the days of the whole one, and the months too."""
    period = Period(first=date(2026, 7, 1), last=date(2027, 6, 30))
    cut = date.fromordinal(first.toordinal() + before)
    last = date.fromordinal(cut.toordinal() + 1 + after)
    one = period.within([Span(first=first, last=cut)])
    other = period.within([Span(first=date.fromordinal(cut.toordinal() + 1), last=last)])

    whole = period.within([Span(first=first, last=last)])
    assert (one | other, len(one) + len(other)) == (whole, len(whole))
    assert months(one) + months(other) == months(whole)
    assert period.days == 365


def test_half_a_month_counts_its_days():
    joined = tuple(
        replace(item, spans=(Span(first=date(2026, 10, 17)),)) if item.member == LUCKAU else item
        for item in memberships()
    )
    run = calculate(material(memberships=joined))

    share = next(share for share in run.shares if share.member == LUCKAU)
    assert (share.days, share.period_days) == (15, 31)
    assert share.parts[0].numerator == PEOPLE[LUCKAU] * 15
    assert share.parts[0].denominator == PEOPLE[LUCKAU] * 15 + (PEOPLE[HEIDEBLICK] + PEOPLE[LUEBBEN]) * 31
    assert sum(cents(run).values()) == 100_000


def test_a_mixed_key_is_rounded_once():
    run = calculate(
        material(
            keys=(key(part(INHABITANTS, "0.6"), part(keys.Usage(meter=METER), "0.4")),),
            readings=(used(HEIDEBLICK, 700), used(LUCKAU, 200), used(LUEBBEN, 100)),
        )
    )

    exact = Fraction(60_000 * 3575, sum(PEOPLE.values())) + 40_000 * Fraction(700, 1000)
    assert next(share.exact for share in run.shares if share.member == HEIDEBLICK) == exact
    assert cents(run) == {HEIDEBLICK: 35_932, LUCKAU: 29_081, LUEBBEN: 34_987}


def test_only_users_of_a_module_share_and_only_for_their_days():
    run = calculate(
        material(
            keys=(key(part(keys.EqualShare()), module=MODULE),),
            bookings=(booked(LUCKAU), booked(LUEBBEN, date(2026, 10, 22))),
        )
    )

    assert cents(run) == {LUEBBEN: 24_390, LUCKAU: 75_610}
    assert [share.days for share in run.shares] == [10, 31]


def test_usage_outside_the_membership_is_said_and_not_shared():
    left = tuple(
        replace(item, spans=(Span(first=date(2020, 1, 1), last=date(2026, 10, 10)),))
        if item.member == LUCKAU
        else item
        for item in memberships()
    )
    run = calculate(
        material(
            memberships=left,
            keys=(key(part(keys.Usage(meter=METER))),),
            readings=(used(LUCKAU, 30), used(LUCKAU, 50, date(2026, 10, 11)), used(LUEBBEN, 30)),
        )
    )

    luckau = next(share for share in run.shares if share.member == LUCKAU)
    assert (luckau.cents, luckau.parts[0].uncounted) == (50_000, 50)
    assert luckau.parts[0].steps == (Step(label="2026-10-05 counter", quantity=30),)


def test_limits_follow_the_days_and_spare_who_has_no_share():
    run = calculate(
        material(
            keys=(
                key(
                    part(keys.Usage(meter=METER)),
                    limits=keys.Limits(least_cents=31_000, most_share=Decimal("0.6")),
                ),
            ),
            memberships=(
                *(item for item in memberships() if item.member != LUEBBEN),
                Membership(member=LUEBBEN, name="Lübben", spans=(Span(first=date(2026, 10, 31)),)),
                Membership(member="999", name="Ohne Nutzung", spans=(SINCE_2020,)),
            ),
            readings=(used(HEIDEBLICK, 98), used(LUCKAU, 1), used(LUEBBEN, 1, OCTOBER.last)),
        )
    )

    # A thirty-first of the minimum and of the cap for Lübben's one day.
    assert {share.member: (share.cents, share.limit) for share in run.shares} == {
        HEIDEBLICK: (60_000, Limit.MOST),
        LUCKAU: (38_065, Limit.NONE),
        LUEBBEN: (1_935, Limit.MOST),
        "999": (0, Limit.NONE),
    }


def test_an_amt_is_the_sum_of_its_municipalities():
    figures = (
        Figure(member=LUCKAU, value=10, steps=(Step(label="B", quantity=4), Step(label="A", quantity=6))),
    )
    others = tuple(Figure(member=ars, value=5) for ars in (HEIDEBLICK, LUEBBEN))
    run = calculate(material(snapshots=(replace(population(), figures=figures + others),)))

    share = next(share for share in run.shares if share.member == LUCKAU)
    assert [step.label for step in share.parts[0].steps] == ["A", "B"]
    assert cents(run) == {HEIDEBLICK: 25_000, LUCKAU: 50_000, LUEBBEN: 25_000}


def test_a_record_says_everything_and_has_no_floats():
    run = calculate(material())
    record = json.loads(run.record(), parse_float=pytest.fail)

    assert record["engine"] == "verbund-allocation/1"
    assert record["input_sha256"] == run.input_sha256
    assert record["input"]["postings"] == [{"cents": 100_000, "cost_centre": "rz", "source": "Beleg 1"}]
    assert [share["exact"] for share in record["shares"]] == [
        "178750000/13521",
        "698300000/13521",
        "158350000/4507",
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"postings": (Posting(cost_centre="rz", cents=100_001, source="Beleg 1"),)},
        {"snapshots": (population({**PEOPLE, LUCKAU: 9502}),)},
        {"keys": (key(source="Beschluss 8/2025"),)},
    ],
)
def test_another_input_is_another_hash(changes):
    assert calculate(material(**changes)).input_sha256 != calculate(material()).input_sha256


def test_a_key_that_sums_to_zero_is_refused_by_name():
    assert refusal(keys=(key(part(INHABITANTS), part(keys.Usage(meter=METER))),)) == (
        "Der Schlüssel „IT-Umlage“ (Fassung 1) ergibt zusammen null: http.requests zählt bei keinem Mitglied etwas. "
        "Prüfen Sie die Zahlen, oder legen Sie eine Fassung ohne diesen Teil an."
    )


def test_limits_without_a_solution_are_refused_with_the_sums():
    assert refusal(keys=(key(limits=keys.Limits(least_cents=50_000)),)) == (
        "Rechenzentrum: Die Mindestbeträge des Schlüssels „IT-Umlage“ ergeben zusammen 1.500,00 €, zu verteilen sind nur "
        "1.000,00 €. Senken Sie den Mindestbetrag in einer neuen Fassung."
    )
    assert "lassen zusammen nur 300,00 € zu" in refusal(keys=(key(limits=keys.Limits(most_cents=10_000)),))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"keys": ()}, "„it“ hat am 01.10.2026 keine gültige Fassung"),
        ({"keys": (key(valid_from=date(2026, 10, 2)),)}, "„it“ hat am 01.10.2026 keine gültige Fassung"),
        (
            {"keys": (key(), key(version=2, valid_from=date(2026, 10, 31)))},
            "wechselt am 31.10.2026 die Fassung",
        ),
        ({"keys": (key(), key(version=2))}, "zwei Fassungen, die am 01.01.2026 beginnen"),
        ({"snapshots": ()}, "Es fehlen die Zahlen „inhabitants“ vom 31.12.2024 (Zensus 2022)"),
        ({"snapshots": (population({LUCKAU: 1, LUEBBEN: 2}),)}, "fehlt Heideblick"),
        ({"snapshots": (population(), population())}, "doppelt angegeben"),
        ({"snapshots": (population({**PEOPLE, LUCKAU: -1}),)}, "negativ oder nicht die Summe"),
        ({"readings": (used("999", 1),)}, "„999“ ist kein Mitglied"),
        ({"bookings": (booked("999"),)}, "„999“ ist kein Mitglied"),
        ({"readings": (used(LUCKAU, 1), used(LUCKAU, 2))}, "doppelt angegeben"),
        ({"readings": (used(LUCKAU, 1, date(2026, 11, 1)),)}, "vom 01.11.2026 liegt nicht im Zeitraum"),
        ({"memberships": (*memberships(), memberships()[0])}, f"„{HEIDEBLICK}“ ist doppelt angegeben"),
        ({"postings": (Posting(cost_centre="x", cents=1, source=""),)}, "Kostenstelle „x“ gibt es nicht"),
        ({"cost_centres": (CostCentre(code="rz", name="RZ", key="it"),) * 2}, "„rz“ ist doppelt angegeben"),
        (
            {"keys": (key(part(keys.Usage(meter=METER))),), "readings": (used(LUCKAU, -1),)},
            "von Luckau ist zusammen negativ",
        ),
    ],
)
def test_bad_material_is_refused_with_the_way_out(changes, sentence):
    said = refusal(**changes)
    assert sentence in said
    assert said.count(".") >= 2


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"parts": ()}, "braucht ein Gewicht über null"),
        ({"parts": (part(INHABITANTS, "0"),)}, "braucht ein Gewicht über null"),
        ({"parts": (part(INHABITANTS), part(INHABITANTS, "2"))}, "Ein Teil steht zweimal darin"),
        ({"limits": keys.Limits(least_cents=2, most_cents=1)}, "zwischen null und dem Höchstbetrag"),
        ({"limits": keys.Limits(most_share=Decimal("1.01"))}, "der Höchstanteil zwischen null und 100 %."),
    ],
)
def test_a_key_that_makes_no_sense_is_refused(changes, sentence):
    with pytest.raises(Refused, match=sentence):
        key(**changes)


def test_the_period_decides_which_version_holds():
    versions = (key(), key(part(keys.EqualShare()), version=2, valid_from=date(2026, 10, 1)))
    run = calculate(material(keys=versions))

    assert {share.key_version for share in run.shares} == {2}
    assert cents(run) == dict(zip(sorted(NAMES), (33_334, 33_333, 33_333), strict=True))


def test_the_exempt_do_not_share():
    run = calculate(material(keys=(key(exempt=(LUEBBEN,)),)))
    assert cents(run) == {HEIDEBLICK: 27_340, LUCKAU: 72_660}
