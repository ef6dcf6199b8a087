# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""GeoJSON as it comes in: what can be kept is kept as it was, what cannot is refused with a reason."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.places import area
from verbund.places.shapes import BadShape, bounds_of, parse_geojson, read_geometry, to_geojson

BOW = {"type": "Polygon", "coordinates": [[[13, 51], [13.1, 51.1], [13.1, 51], [13, 51.1], [13, 51]]]}


@given(lon=st.floats(6, 15), lat=st.floats(47.5, 55), size=st.floats(0.0001, 0.05))
def test_area_in_germany_is_kept_to_the_sixth_digit(lon, lat, size):
    geometry = read_geometry({"type": "Feature", "properties": {}, "geometry": area(lat, lon, size=size)})

    kept = to_geojson(geometry.wkb)
    assert kept["type"] == "Polygon"
    west, south, east, north = bounds_of(geometry)
    assert (west, south) == (lon, lat)
    assert abs(kept["coordinates"][0][2][0] - east) <= 1e-6
    assert abs(kept["coordinates"][0][2][1] - north) <= 1e-6


@given(st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["type", "features", "geometry", "coordinates"]), inner, max_size=4),
    max_leaves=8,
))  # fmt: skip
def test_whatever_comes_in_is_read_or_refused(value):
    with suppress(BadShape):
        assert read_geometry(value).is_valid


@given(st.binary(max_size=40))
def test_bytes_are_parsed_or_refused(content):
    with suppress(BadShape):
        parse_geojson(content)


def test_areas_of_a_collection_become_one():
    collection = {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "geometry": area(51, 13, size=0.01)},
            {"type": "Feature", "geometry": area(51, 13.01, size=0.01)},
        ],
    }

    assert bounds_of(read_geometry(json.loads(json.dumps(collection)))) == (13, 51, 13.02, 51.01)


@pytest.mark.parametrize(
    ("geojson", "reason"),
    [
        ({"type": "Point", "coordinates": [51.8, 13.6]}, "zuerst die Länge"),
        ({"type": "Point", "coordinates": [4_640_000, 5_740_000]}, "außerhalb Deutschlands"),
        ({"type": "Point", "coordinates": ["a", "b"]}, "nicht lesbar"),
        ({"type": "LineString", "coordinates": [[13, 51], [13, 52]]}, "ein Punkt oder eine Fläche"),
        ({"type": "FeatureCollection", "features": []}, "keine Fläche"),
        ({"type": "Polygon", "coordinates": []}, "keine Fläche"),
        ({"type": "Dreieck"}, "nicht lesbar"),
        (BOW, "schneidet"),
        ([1], "keine GeoJSON-Datei"),
    ],
)
def test_refusal_says_what_is_wrong(geojson, reason):
    with pytest.raises(BadShape, match=reason):
        read_geometry(geojson)
