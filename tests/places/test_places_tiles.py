# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tiles: their arithmetic, their memory, and what is drawn on them."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from verbund.places import palette
from verbund.places.basemap import body_shapes
from verbund.places.drawing import BuiltInSource
from verbund.places.geometry import mercator
from verbund.places.sample import sample_addresses
from verbund.places.streets import MapAddress, streets_of
from verbund.places.tiles import MAX_ZOOM, MIN_ZOOM, Tile, TileAddress, TileCache

HEIDEBLICK = "12061219"


def tile_at(lat, lon, zoom, scale=1):
    x, y = mercator(lat, lon)
    return TileAddress(zoom, int(x * (1 << zoom)), int(y * (1 << zoom)), scale)


def colours(tile):
    image = Image.open(io.BytesIO(tile.content)).convert("RGB")
    return {"#{:02x}{:02x}{:02x}".format(*colour) for _, colour in image.getcolors(256 * 256 * 4)}


@pytest.fixture(scope="module")
def town():
    addresses = sample_addresses(body_shapes()[HEIDEBLICK], "15926")
    streets = streets_of(MapAddress(a.street, a.house_number, a.place, a.lat, a.lon) for a in addresses)
    return addresses, BuiltInSource(frozenset({HEIDEBLICK}), streets)


@given(lat=st.floats(-80, 80), lon=st.floats(-179, 179), zoom=st.integers(MIN_ZOOM, MAX_ZOOM))
def test_a_point_lies_on_its_tile(lat, lon, zoom):
    address = tile_at(lat, lon, zoom)
    west, south, east, north = address.bounds

    assert address.exists
    assert west - 1e-9 <= lon <= east + 1e-9
    assert south - 1e-9 <= lat <= north + 1e-9


@pytest.mark.parametrize(
    "address",
    [
        TileAddress(MIN_ZOOM - 1, 0, 0),
        TileAddress(MAX_ZOOM + 1, 0, 0),
        TileAddress(-1, 0, 0),
        TileAddress(10, -1, 0),
        TileAddress(10, 1024, 0),
        TileAddress(10, 0, 1024),
        TileAddress(10, 0, 0, 3),
        TileAddress(10**9, 0, 0),
    ],
)
def test_tiles_outside_the_range_do_not_exist(address):
    assert not address.exists


@pytest.mark.parametrize("zoom", range(MIN_ZOOM, MAX_ZOOM + 1))
@pytest.mark.parametrize("scale", [1, 2])
def test_every_zoom_gives_a_small_png(town, zoom, scale):
    addresses, source = town

    tile = source.tile(tile_at(addresses[0].lat, addresses[0].lon, zoom, scale))

    image = Image.open(io.BytesIO(tile.content))
    assert (image.format, image.size) == ("PNG", (256 * scale, 256 * scale))
    assert len(tile.content) < 40_000


def test_streets_and_houses_show_only_where_their_municipality_is_asked(town):
    addresses, source = town
    spot = tile_at(addresses[0].lat, addresses[0].lon, 17)

    assert {palette.OWN, palette.BUILT_UP, palette.ROAD, palette.HOUSE} & colours(source.tile(spot)) >= {
        palette.BUILT_UP,
        palette.ROAD,
        palette.HOUSE,
    }
    assert colours(BuiltInSource().tile(spot)) == {palette.MEMBER}


def test_drawing_is_repeatable(town):
    addresses, source = town
    spot = tile_at(addresses[40].lat, addresses[40].lon, 16)

    assert source.tile(spot) == source.tile(spot)
    assert source.tile(spot).etag.strip('"')


def test_cache_forgets_the_oldest_beyond_its_size():
    cache = TileCache(max_bytes=250)
    first, second, third = (TileAddress(10, x, 0) for x in range(3))

    cache.put("m_000001 a", first, Tile.of(b"1" * 100))
    cache.put("m_000001 a", second, Tile.of(b"2" * 100))
    assert cache.get("m_000001 a", first) is not None
    cache.put("m_000001 a", third, Tile.of(b"3" * 100))

    assert cache.get("m_000001 a", second) is None
    assert cache.get("m_000001 a", first) is not None
    assert cache.get("m_000002 a", first) is None
    assert len(cache) == 2
