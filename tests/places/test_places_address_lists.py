# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reading an address list: every mistake is named by row and field."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbund.places.address_lists import read_address_list
from verbund.places.address_rows import AddressRow, RowError

HEADING = "street;number;postcode;place;lat;lon\n"


def test_good_list_is_read():
    read = read_address_list(
        "\ufeff"
        + HEADING
        + 'Dorfstraße;12a;15926;Luckau;51.85;13.70\n\n"Am Markt";1;15926;Luckau;51,86;13,71\n'
    )

    assert read.errors == []
    assert read.rows == [
        AddressRow("Dorfstraße", "12a", "15926", "Luckau", 51.85, 13.7),
        AddressRow("Am Markt", "1", "15926", "Luckau", 51.86, 13.71),
    ]


def test_columns_may_stand_in_any_order():
    read = read_address_list(
        "lon;lat;Place;postcode;number;street;note\n13.7;51.85;Luckau;15926;1;Am Markt;x\n"
    )

    assert read.rows == [AddressRow("Am Markt", "1", "15926", "Luckau", 51.85, 13.7)]


@pytest.mark.parametrize(
    ("line", "column"),
    [
        (";1;15926;Luckau;51.8;13.7", "street"),
        ("Am Markt;;15926;Luckau;51.8;13.7", "number"),
        ("Am Markt;1;1592;Luckau;51.8;13.7", "postcode"),
        ("Am Markt;1;15926;;51.8;13.7", "place"),
        ("Am Markt;1;15926;Luckau;nord;13.7", "lat"),
        ("Am Markt;1;15926;Luckau;91;13.7", "lat"),
        ("Am Markt;1;15926;Luckau;51.8;nan", "lon"),
        ("Am Markt;1;15926;Luckau;51.8", "lon"),
        ("Am Markt;1234567890123;15926;Luckau;51.8;13.7", "number"),
    ],
)
def test_errors_name_row_and_field(line, column):
    read = read_address_list(HEADING + "Am Markt;2;15926;Luckau;51.8;13.7\n" + line + "\n")

    assert [(error.row, error.column) for error in read.errors] == [(3, column)]
    assert len(read.rows) == 1


def test_double_address_names_the_first_one():
    line = "Am Markt;1;15926;Luckau;51.8;13.7\n"

    read = read_address_list(HEADING + line + line)

    assert read.errors == [RowError(3, "number", "Diese Adresse steht schon in Zeile 2.")]


def test_missing_columns_are_named_at_once():
    read = read_address_list("street;number\nAm Markt;1\n")

    assert [(error.row, error.column) for error in read.errors] == [(1, "postcode, place, lat, lon")]


def test_errors_are_listed_up_to_a_hundred_and_counted_all():
    read = read_address_list(HEADING + ";1;15926;Luckau;51.8;13.7\n" * 250)

    assert (len(read.errors), read.error_count) == (100, 250)


@given(st.text(max_size=400))
def test_no_text_breaks_the_reader(text):
    for content in (text, HEADING + text):
        read = read_address_list(content)
        assert all(-90 <= row.lat <= 90 and row.street and row.house_number for row in read.rows)
