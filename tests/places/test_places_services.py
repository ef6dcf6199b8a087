# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Outlines and addresses in a municipality's schema: loading, finding, keeping apart."""

from __future__ import annotations

import pytest

from verbund.kernel import clock, context
from verbund.kernel.actors import SYSTEM
from verbund.places import importing, queries, services
from verbund.places.basemap import body_shapes
from verbund.places.models import Address, Boundary

HEADING = "street;number;postcode;place;lat;lon\n"
LIST = HEADING + (
    "Dorfstraße;1;15926;Heideblick;51.8000;13.6000\n"
    "Dorfstraße;10;15926;Heideblick;51.8010;13.6000\n"
    "Dorfstraße;2;15926;Heideblick;51.8002;13.6000\n"
    "Dorfstraße;1;15926;Heideblick OT Neuhof;51.8200;13.6300\n"
    "Ölmühlenweg;3;15926;Heideblick;51.8030;13.6050\n"
    "Alte Bahnhofstraße;7a;15926;Heideblick;51.8040;13.6060\n"
)


def imported(text=LIST):
    return importing.import_addresses(content=text.encode(), skip_refused=False, by=SYSTEM, at=clock.now())


def labels(text):
    return [hit.label for hit in queries.geocode(text)]


@pytest.fixture
def listed(in_heideblick):
    return imported()


def test_onboarding_loaded_the_outline(in_heideblick):
    boundary = Boundary.objects.get()

    assert (boundary.ags, boundary.name) == ("12061219", "Heideblick")
    assert "dl-de/by-2-0" in boundary.source
    west, south, east, north = queries.bounding_box()
    assert (round(west, 2), round(south, 2), round(east, 2), round(north, 2)) == (13.51, 51.73, 13.76, 51.89)


def test_contains_tells_inside_near_and_outside(in_heideblick):
    shape = body_shapes()["12061219"]

    inside = queries.contains(shape.label_lat, shape.label_lon)
    near = queries.contains(51.7197, 13.6951)
    outside = queries.contains(52.52, 13.405)

    assert (inside.is_inside, inside.is_near, inside.name) == (True, True, "Heideblick")
    assert (near.is_inside, near.is_near) == (False, True)
    assert 500 < near.distance_m < 1_500
    assert (outside.is_inside, outside.is_near) == (False, False)
    assert 68_000 < outside.distance_m < 82_000


def test_without_an_outline_nothing_is_claimed(in_heideblick):
    Boundary.objects.all().delete()

    assert queries.contains(51.8, 13.6) is None
    assert queries.bounding_box() is None


def test_geocode_finds_houses_in_the_order_people_count(listed):
    assert labels("Dorfstr. 1") == [
        "Dorfstraße 1, 15926 Heideblick",
        "Dorfstraße 1, 15926 Heideblick OT Neuhof",
    ]
    assert labels("dorfstrasse 2") == ["Dorfstraße 2, 15926 Heideblick"]
    assert labels("Dorfstraße 1, Neuhof") == ["Dorfstraße 1, 15926 Heideblick OT Neuhof"]
    assert labels("Alte Bahnhofstraße 7a") == ["Alte Bahnhofstraße 7a, 15926 Heideblick"]


def test_geocode_offers_streets_and_the_houses_of_a_single_one(listed):
    assert labels("dorf") == ["Dorfstraße, 15926 Heideblick", "Dorfstraße, 15926 Heideblick OT Neuhof"]
    assert labels("Dorfstraße, Neuhof") == [
        "Dorfstraße, 15926 Heideblick OT Neuhof",
        "Dorfstraße 1, 15926 Heideblick OT Neuhof",
    ]


@pytest.mark.parametrize("text", ["Ölmühlenweg", "olmuhlenweg", "Oelmuehlenweg", "ölmü", "mühlenw"])
def test_geocode_forgives_umlauts_and_beginnings(listed, text):
    assert labels(text)[0] == "Ölmühlenweg, 15926 Heideblick"


@pytest.mark.parametrize("text", ["", "   ", "Gibt es nicht", "%", "_", "\x00", "1" * 500, ", , ,", "\\"])
def test_geocode_finds_nothing_without_a_fault(listed, text):
    assert labels(text) == []


def test_geocode_gives_twenty_at_most(in_heideblick):
    imported(HEADING + "".join(f"Lange Straße;{n};15926;Ort;51.8;13.6{n:03d}\n" for n in range(1, 60)))

    assert len(queries.geocode("Lange")) == 20
    assert [hit.house_number for hit in queries.geocode("Lange Straße 1")] == ["1"]


def test_nearest_address_within_reach(listed):
    assert queries.nearest_address(51.80015, 13.6001).label == "Dorfstraße 2, 15926 Heideblick"
    assert queries.nearest_address(51.85, 13.6) is None


def test_addresses_stay_in_their_municipality(listed, heideblick, luckau):
    with context.enter(heideblick):
        assert Address.objects.count() == 6


def test_neighbour_sees_none_of_them(luckau, heideblick):
    with context.enter(heideblick):
        imported()
    with context.enter(luckau):
        assert queries.geocode("Dorfstraße") == []
        assert Boundary.objects.get().name == "Luckau"


def test_sample_fills_an_empty_municipality_once(heideblick):
    services.load_sample(heideblick)
    services.load_sample(heideblick)

    with context.enter(heideblick):
        assert Address.objects.filter(is_demo=True, postal_code="15926").count() == 300
        address = Address.objects.first()
        assert queries.contains(address.lat, address.lon).is_inside


def test_sample_leaves_real_addresses_alone(listed, heideblick):
    services.load_sample(heideblick)

    assert Address.objects.filter(is_demo=True).count() == 0
