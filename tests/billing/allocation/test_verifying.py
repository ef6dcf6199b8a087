# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A record is calculated again from itself; what was changed in it is found, and what is no record refused."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given

from billing.allocation.material import Material
from billing.allocation.prices import Charge, Scheme, Tier
from billing.allocation.reading import parsed, read
from billing.allocation.refusal import Refused
from billing.allocation.run import calculate
from billing.allocation.verifying import first_difference
from tests.billing.allocation.cases import FEW, LUCKAU, METER, booked, material, materials, used
from tests.billing.allocation.test_prices import prices


def changed(record, place, value):
    content = json.loads(record)
    inner = content
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = value
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode() + b"\n"


@FEW
@given(materials(limited=False))
def test_a_record_gives_itself_again(any_material):
    assert first_difference(calculate(any_material).record()) is None


def test_prices_too_are_read_again():
    charge = Charge(
        meter=METER,
        tiers=(Tier(price=Decimal("0.5"), up_to=10), Tier(price=Decimal("0.000001"))),
        scheme=Scheme.VOLUME,
    )
    run = calculate(
        material(prices=(prices(charge),), bookings=(booked(LUCKAU),), readings=(used(LUCKAU, 12),))
    )

    assert first_difference(run.record()) is None


@pytest.mark.parametrize(
    ("place", "value", "named"),
    [
        (("shares", 0, "cents"), 1, "shares[0].cents"),
        (("shares", 2, "parts", 0, "numerator"), 1, "shares[2].parts[0].numerator"),
        (("input", "postings", 0, "cents"), 100_001, "input_sha256"),
        (("shares",), [], "shares[0]"),
        (("added",), 1, "added"),
    ],
)
def test_whatever_is_changed_in_a_record_is_found(place, value, named):
    assert first_difference(changed(calculate(material()).record(), place, value)) == named


def test_other_bytes_of_the_same_content_are_no_record():
    assert first_difference(calculate(material()).record() + b"\n") == "bytes"


@pytest.mark.parametrize(
    ("place", "value", "field"),
    [
        (("engine",), "verbund-allocation/0", "engine"),
        (("input",), None, "input"),
        (("input", "postings", 0, "cents"), "1", "input.postings[0].cents"),
        (("input", "postings", 0, "cents"), True, "input.postings[0].cents"),
        (("input", "postings", 0), {"cents": 1}, "input.postings[0].cost_centre"),
        (("input", "postings", 0, "more"), 1, "input.postings[0].more"),
        (("input", "postings"), {}, "input.postings"),
        (("input", "period", "first"), "2026-13-01", "input.period.first"),
        (("input", "keys", 0, "name"), 5, "input.keys[0].name"),
        (("input", "keys", 0, "parts", 0, "weight"), "NaN", "input.keys[0].parts[0].weight"),
        (("input", "keys", 0, "parts", 0, "basis", "kind"), "luck", "input.keys[0].parts[0].basis.kind"),
        (("input", "keys", 0, "parts", 0, "basis"), None, "input.keys[0].parts[0].basis.kind"),
    ],
)
def test_what_is_no_record_is_refused_by_its_place(place, value, field):
    with pytest.raises(Refused) as refused:
        first_difference(changed(calculate(material()).record(), place, value))
    assert refused.value.field == field


@pytest.mark.parametrize("content", [b"[", b"\xff", b'{"engine": 1.5}', b"[]"])
def test_other_files_are_refused(content):
    with pytest.raises(Refused):
        first_difference(content)


def test_a_value_is_what_it_was():
    given_material = material()
    assert (
        calculate(read(Material, parsed(calculate(given_material).record())["input"])).shares
        == calculate(given_material).shares
    )
