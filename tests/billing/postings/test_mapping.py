# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Profiles: columns in any order and form, refused with the field where they do not hold."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.postings.mapping import CONSTANT, FileMapping, MappedColumn, complaints, written
from billing.postings.posting import NotExportable
from tests.billing.postings.test_datev import POSTING


def column(title="A", source="number", form="") -> MappedColumn:
    return MappedColumn(title=title, source=source, format=form)


def text(*columns: MappedColumn, postings=(POSTING,), **more) -> str:
    return written(postings, FileMapping(columns=columns, encoding="utf-8", **more)).decode()


@pytest.mark.parametrize(
    ("source", "form", "cents", "expected"),
    [
        ("cents", "signed_comma", -123_456, "-1234,56"),
        ("cents", "signed_point", -5, "-0.05"),
        ("cents", "absolute_comma", -5, '"0,05"'),
        ("cents", "absolute_point", 11_900, "119.00"),
        ("cents", "cents", -5, "-5"),
        ("debit_credit", "", -5, "H"),
        ("issued_on", "dd.mm.yyyy", 1, "12.11.2026"),
        ("issued_on", "yyyymmdd", 1, "20261112"),
        ("due_on", "ddmmyyyy", 1, "14122026"),
        ("text", "6", 1, "Rechen"),
        (CONSTANT, "EUR", 1, "EUR"),
    ],
)
def test_cell_is_written_in_its_form(source, form, cents, expected):
    written_line = text(
        column(source=source, form=form),
        postings=(replace(POSTING, cents=cents),),
        has_header=False,
        separator=",",
    )

    assert written_line.strip('\r\n"') == expected.strip('"')


def test_columns_stand_in_their_order_with_titles():
    assert text(column("Nr"), column("Konto", "account")) == "Nr;Konto\r\nRE-2026-0001;10001\r\n"


def test_mapping_names_what_is_wrong_by_place():
    mapping = FileMapping(
        columns=(column(""), column("B", "nonsense"), column("C", "cents", "yes"), column("D", "text", "0")),
        separator="x",
        encoding="ebcdic",
    )

    assert complaints(mapping).keys() == {
        "separator",
        "encoding",
        "columns.0.title",
        "columns.1.source",
        "columns.2.format",
        "columns.3.format",
    }
    assert complaints(FileMapping(columns=())).keys() == {"columns"}


@given(st.sampled_from("=+-@\t\r"), st.text(alphabet="x1+", max_size=5))
def test_no_text_becomes_a_formula(start, rest):
    line = text(column(source="text"), postings=(replace(POSTING, text=start + rest),), has_header=False)

    assert line.lstrip('"').startswith("'")


def test_character_the_encoding_lacks_is_named():
    with pytest.raises(NotExportable, match="ł"):
        written(
            [replace(POSTING, text="Zgłoszenie")],
            FileMapping(columns=(column(source="text"),), encoding="cp1252"),
        )
