# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The official house coordinates: read as the surveyors deliver them, refused line by line where they are broken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbund.places import utm
from verbund.places.address_files import BadFile, read_addresses
from verbund.places.address_rows import AddressRow

OWN = frozenset({"12061219"})
HOUSE = "N;DEBBAL0400000001;A;12;0;61;219;0000;01230;12;a;33397500,123;5740000,456;Dorfstraße;15926;Heideblick;;Neuhof"


def line(**changes):
    """The sample house with other values by the position of the field."""
    cells = HOUSE.split(";")
    for position, value in changes.items():
        cells[int(position[1:])] = value
    return ";".join(cells)


def read(*lines, encoding="utf-8", bounds=None):
    return read_addresses("\n".join(lines).encode(encoding), own=OWN, bounds=bounds)


def test_house_is_read_with_its_position_and_part_of_the_place():
    found = read("# Stand 2026", HOUSE)

    assert (found.errors, found.passed_over) == ([], 0)
    assert found.rows == [
        AddressRow("Dorfstraße", "12a", "15926", "Heideblick OT Neuhof", 51.8014509, 13.5134612)
    ]


def test_older_deliveries_in_latin_1_are_understood():
    assert read(HOUSE, encoding="latin-1").rows == read(HOUSE).rows


def test_other_municipalities_and_deleted_houses_are_passed_over():
    found = read(HOUSE, line(_6="220"), line(_0="L", _9="13"))

    assert (len(found.rows), found.passed_over, found.error_count) == (1, 2, 0)


@pytest.mark.parametrize(
    ("changes", "columns"),
    [
        ({"_11": "Ost"}, ["EAST"]),
        ({"_11": "35397500,1"}, ["EAST"]),
        ({"_12": ""}, ["NORTH"]),
        ({"_12": "nan", "_11": "inf"}, ["EAST", "NORTH"]),
        ({"_13": ""}, ["street"]),
        ({"_14": "1592"}, ["postcode"]),
        ({"_9": "", "_10": ""}, ["number"]),
        ({"_11": "33297500,123"}, ["lat, lon"]),
    ],
)
def test_broken_line_is_refused_by_line_and_field(changes, columns):
    found = read("# Kopf", HOUSE, line(**changes), bounds=(13.4, 51.6, 13.8, 52.0))

    assert [(error.row, error.column) for error in found.errors] == [(3, column) for column in columns]
    assert (len(found.rows), found.error_count) == (1, 1)


def test_line_cut_short_is_refused():
    assert read(HOUSE, HOUSE[:60]).errors[0].row == 2


def test_east_without_its_zone_is_brandenburgs():
    assert read(HOUSE, line(_11="397500.123", _9="13")).rows[1].lon == 13.5134612


@pytest.mark.parametrize(
    ("zone", "east", "north", "lat", "lon"),
    [  # made with PROJ 9
        (33, 397500.123, 5740000.456, 51.80145092254017, 13.513461153567345),
        (33, 250000, 5700000, 51.396052624101564, 11.406003445829414),
        (33, 500000, 5900000.5, 53.24927140123844, 15.0),
        (32, 691000.25, 5334000.75, 48.13057708322515, 11.567056566867707),
    ],
)
def test_projection_agrees_with_proj_to_a_millimetre(zone, east, north, lat, lon):
    assert utm.to_degrees(east, north, zone=zone) == pytest.approx((lat, lon), abs=1e-8)


@pytest.mark.parametrize("content", [b"", b" \n", b"PK\x03\x04\x00\x00", b"x" * 20_000_001])
def test_what_is_no_list_at_all_is_refused_as_a_whole(content):
    with pytest.raises(BadFile):
        read_addresses(content, own=OWN)


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12), min_size=14))
def test_no_line_breaks_the_reader(cells):
    found = read(HOUSE, ";".join(cells), line(**{f"_{n + 7}": cell for n, cell in enumerate(cells[:11])}))

    assert all(-90 <= row.lat <= 90 and row.street and row.house_number for row in found.rows)


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(content):
    try:
        read_addresses(content, own=OWN)
    except BadFile as refusal:
        assert list(refusal.fields) == ["file"]  # noqa: PT017 -- either answer is fine, an exception of another kind is not
