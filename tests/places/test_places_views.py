# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tiles and address search over HTTP."""

from __future__ import annotations

import pytest

from verbund.kernel import clock, context
from verbund.kernel.actors import SYSTEM
from verbund.places import importing
from verbund.places.geometry import mercator

LIST = "street;number;postcode;place;lat;lon\n" + "".join(
    f"Dorfstraße;{n};15926;Heideblick;{51.80 + n / 5000:.5f};{13.6 + n % 2 / 2500:.5f}\n" for n in range(1, 9)
)


def tile_path(lat=51.8009, lon=13.6002, zoom=17, suffix=""):
    x, y = mercator(lat, lon)
    return f"/kacheln/{zoom}/{int(x * (1 << zoom))}/{int(y * (1 << zoom))}{suffix}.png"


@pytest.fixture
def listed(heideblick):
    with context.enter(heideblick):
        importing.import_addresses(content=LIST.encode(), skip_refused=False, by=SYSTEM, at=clock.now())
    return heideblick


def test_tile_may_be_kept_and_is_not_sent_twice(listed, client_of):
    client = client_of(listed)
    first = client.get(tile_path())
    again = client.get(tile_path(), headers={"If-None-Match": first["ETag"]})

    assert (first.status_code, first["Content-Type"]) == (200, "image/png")
    assert first["Cache-Control"].startswith("public, max-age=")
    assert not first.cookies
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    "path",
    ["/kacheln/7/68/42.png", "/kacheln/19/1/1.png", "/kacheln/10/1024/1.png", "/kacheln/99999999/1/1.png"],
)
def test_tiles_out_of_range_are_not_found(heideblick, client_of, path):
    assert client_of(heideblick).get(path).status_code == 404


def test_tile_changes_with_the_addresses_and_differs_from_the_neighbours(listed, luckau, client_of):
    own = client_of(listed).get(tile_path()).content
    neighbours = client_of(luckau).get(tile_path()).content
    associations = client_of(None).get(tile_path()).content
    with context.enter(listed):
        importing.import_addresses(
            content=LIST.replace("Dorfstraße", "Seestraße").encode(),
            skip_refused=False,
            by=SYSTEM,
            at=clock.now(),
        )

    assert len({own, neighbours, client_of(listed).get(tile_path()).content}) == 3
    assert associations == neighbours


def test_fine_tile_has_twice_the_pixels(heideblick, client_of):
    content = client_of(heideblick).get(tile_path(suffix="@2x")).content

    assert content[16:24] == (512).to_bytes(4, "big") * 2


def test_search_answers_programs(listed, client_of):
    answer = client_of(listed).get(
        "/orte/adressen", {"q": "Dorfstr 3"}, headers={"Accept": "application/json"}
    )

    hits = answer.json()["hits"]
    assert [hit["label"] for hit in hits] == ["Dorfstraße 3, 15926 Heideblick"]
    assert (hits[0]["lat"], hits[0]["house_number"]) == (51.8006, "3")


def test_search_page_leads_on_without_javascript(listed, client_of):
    page = (
        client_of(listed)
        .get("/orte/adressen", {"q": "Dorfstr 3", "weiter": "/maengel/melden"})
        .content.decode()
    )

    assert "/maengel/melden?lat=51.800600&amp;lon=13.600400&amp;adresse=Dorfstra%C3%9Fe+3" in page
    assert "<html" in page


@pytest.mark.parametrize(
    "onward",
    ["https://anderswo.example/", "//anderswo.example/", "javascript:alert(1)", "/\\anderswo.example"],
)
def test_search_leads_nowhere_else(listed, client_of, onward):
    page = client_of(listed).get("/orte/adressen", {"q": "Dorfstr 3", "weiter": onward}).content.decode()

    assert "anderswo" not in page
    assert "javascript:alert" not in page


def test_search_gives_a_fragment_to_htmx(listed, client_of):
    fragment = (
        client_of(listed)
        .get("/orte/adressen", {"q": "nirgends"}, headers={"HX-Request": "true"})
        .content.decode()
    )

    assert "<html" not in fragment
    assert "nicht gefunden" in fragment
