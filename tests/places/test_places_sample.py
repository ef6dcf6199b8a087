# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The demo's addresses: where they must be, always the same, fast; and the streets found between them."""

from __future__ import annotations

import math
import time
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import wkb
from shapely.geometry import Point

from verbund.kernel.sorting import sort_key
from verbund.places.basemap import body_shapes
from verbund.places.geometry import distance_m
from verbund.places.sample import sample_addresses
from verbund.places.streets import MapAddress, house_number_key, streets_of

BODIES = list(body_shapes().values())


@settings(max_examples=40, deadline=None)
@given(body=st.sampled_from(BODIES))
def test_sample_lies_inside_the_boundary(body):
    outline = wkb.loads(body.wkb)

    addresses = sample_addresses(body, "15926")

    assert len(addresses) == 300
    assert all(outline.contains(Point(address.lon, address.lat)) for address in addresses)
    assert all(address.postal_code == "15926" for address in addresses)


@pytest.mark.parametrize("body", BODIES, ids=lambda body: body.ags)
def test_sample_has_twenty_streets_with_fifteen_houses(body):
    addresses = sample_addresses(body, "15926")

    houses = Counter((address.street, address.place) for address in addresses)
    assert list(houses.values()) == [15] * 20
    assert len({(a.street, a.house_number, a.place) for a in addresses}) == 300
    assert min(distance_m(a.lat, a.lon, b.lat, b.lon) for a, b in pairwise(addresses)) > 5


def test_sample_is_the_same_every_time_and_differs_between_towns():
    first, second = BODIES[:2]

    assert sample_addresses(first, "1") == sample_addresses(first, "1")
    assert {a.street for a in sample_addresses(first, "1")} != {
        a.street for a in sample_addresses(second, "1")
    }


def test_sample_is_fast():
    started = time.perf_counter()
    sample_addresses(BODIES[0], "15926")

    assert time.perf_counter() - started < 0.2


def test_streets_run_between_their_houses():
    addresses = sample_addresses(body_shapes()["12061112"], "15732")

    streets = streets_of(MapAddress(a.street, a.house_number, a.place, a.lat, a.lon) for a in addresses)

    assert len(streets) == 20
    for street in streets:
        assert len(street.houses) == 15
        assert len(street.parts) == 1
        line = street.parts[0]
        nearest = [min(math.dist((house.x, house.y), point) for point in line) for house in street.houses]
        assert max(nearest) * 40_075_017 * math.cos(math.radians(52.37)) < 60


def test_street_with_one_house_has_no_course_and_a_gap_divides_one():
    here = MapAddress("Am See", "1", "Ort", 51.8, 13.7)
    far = [
        MapAddress("Dorfstraße", str(n), "Ort", 51.8 + (0.01 if n > 3 else 0) + n * 0.0003, 13.7)
        for n in range(1, 7)
    ]

    alone, divided = streets_of([here, *far])

    assert (alone.parts, len(alone.houses)) == ((), 1)
    assert len(divided.parts) == 2
    assert streets_of([]) == ()


def test_house_numbers_sort_as_people_count():
    numbers = ["10", "2", "8a", "8", "100", "8 b", "Haus 3"]

    assert sorted(numbers, key=house_number_key) == ["2", "8", "8a", "8 b", "10", "100", "Haus 3"]


def test_street_names_sort_by_din_5007():
    names = sorted(
        {a.street for a in sample_addresses(body_shapes()["12061112"], "1")} | {"Äußere Siedlung"},
        key=sort_key,
    )

    assert names.index("Äußere Siedlung") < names.index("Waldstraße")
