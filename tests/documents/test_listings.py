# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""One list in four forms: texts never become formulas, figures stay figures, nothing is lost."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import pikepdf
import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from verbund.documents.listings import paper, xlsx
from verbund.documents.listings.forms import Form, form_of, spooled
from verbund.documents.listings.listing import Column, Kind, Listing
from verbund.kernel.errors import Invalid

AT = datetime(2026, 11, 28, 9, 5, tzinfo=UTC)
COLUMNS = (
    Column(key="name", title="Kommune"),
    Column(key="count", title="Menge", kind=Kind.WHOLE),
    Column(key="price", title="Preis", kind=Kind.DECIMAL),
    Column(key="open_cents", title="Offen", kind=Kind.EURO),
    Column(key="due_on", title="Fällig", kind=Kind.DAY),
    Column(key="at", title="Zeitpunkt", kind=Kind.MOMENT),
    Column(key="paid", title="Bezahlt", kind=Kind.TRUTH),
)
ROW = ("Lübben", -1234, Decimal("0.125"), -123456, date(2026, 12, 1), AT, True)
NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def listing(*rows, notes=(), columns=COLUMNS):
    return Listing(title="Offene Posten", columns=columns, rows=rows, notes=notes)


def made(value: Listing, form: Form) -> bytes:
    with spooled(value, form, issuer="Verband", at=AT) as file:
        return file.read()


def sheet(content: bytes, number: int = 1) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return etree.fromstring(book.read(f"xl/worksheets/sheet{number}.xml"))


def texts_of(content: bytes, number: int = 1) -> list[str]:
    return [node.text for node in sheet(content, number).iterfind(".//m:is/m:t", NS)]


def test_csv_has_german_figures():
    assert made(listing(ROW), Form.CSV).decode() == (
        "\ufeffKommune;Menge;Preis;Offen;Fällig;Zeitpunkt;Bezahlt\r\n"
        "Lübben;-1234;0,125;-1234,56;01.12.2026;28.11.2026 10:05;ja\r\n"
    )


def test_json_keeps_cents_and_digits():
    content = json.loads(made(listing(ROW, (None,) * 7, notes=["Vorläufig."]), Form.JSON))

    assert content["notes"] == ["Vorläufig."]
    assert content["columns"][3] == {"key": "open_cents", "title": "Offen", "kind": "euro"}
    assert content["rows"] == [
        {
            "name": "Lübben",
            "count": -1234,
            "price": "0.125",
            "open_cents": -123456,
            "due_on": "2026-12-01",
            "at": "2026-11-28T09:05:00+00:00",
            "paid": True,
        },
        dict.fromkeys(("name", "count", "price", "open_cents", "due_on", "at", "paid")),
    ]


def test_json_of_nothing_is_json():
    assert json.loads(made(listing(), Form.JSON))["rows"] == []


def test_workbook_holds_figures_as_figures():
    content = made(listing(ROW, notes=["Vorläufig."]), Form.XLSX)
    cells = {node.get("r"): node for node in sheet(content).iterfind(".//m:c", NS)}

    values = {name: cells[name].findtext("m:v", namespaces=NS) for name in ("B2", "C2", "D2")}
    assert values == {"B2": "-1234", "C2": "0.125", "D2": "-1234.56"}
    assert [cells[name].get("t") for name in ("B2", "D2", "E2")] == [None, None, None]
    assert texts_of(content) == [*(column.title for column in COLUMNS), "Lübben", "ja"]
    assert texts_of(content, 2) == ["Vorläufig."]


@pytest.mark.parametrize("form", [Form.XLSX, Form.PDF, Form.CSV, Form.JSON])
def test_equal_input_gives_equal_bytes(form):
    assert made(listing(ROW), form) == made(listing(ROW), form)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from("=+-@\t\r\n;\"'x1＝"), max_size=8))
def test_no_text_becomes_a_formula(text):
    columns = (Column(key="a", title=text), Column(key="b", title="b"))

    lines = made(listing((text, "b"), columns=columns), Form.CSV).decode("utf-8-sig")
    workbook = made(listing((text, "b"), columns=columns), Form.XLSX)

    cells = [row[0] for row in csv.reader(io.StringIO(lines, newline=""), delimiter=";")]
    assert [cell.removeprefix("'") if text[:1] != "'" else cell for cell in cells] == [text, text]
    assert not any(cell.startswith(tuple("=+-@\t\r\n＝")) for cell in cells)
    assert sheet(workbook).findall(".//m:f", NS) == []


def test_a_link_in_a_text_stays_a_text():
    content = made(listing(("https://example.org", *(None,) * 6)), Form.XLSX)

    assert sheet(content).findall(".//m:hyperlink", NS) == []


@pytest.mark.parametrize(("language", "lang"), [("de", "de-DE"), ("en", "en")])
def test_paper_is_tagged_in_its_language(language, lang):
    with translation.override(language):
        document = pikepdf.open(io.BytesIO(made(listing(ROW), Form.PDF)))

    assert document.Root.Lang == lang
    assert document.Root.MarkInfo.Marked


def test_paper_of_nothing_is_a_page():
    assert len(pikepdf.open(io.BytesIO(made(listing(), Form.PDF))).pages) == 1


def test_what_is_too_long_is_refused_with_the_way_out(monkeypatch):
    monkeypatch.setattr(paper, "MOST_ROWS", 2)
    monkeypatch.setattr(xlsx, "MOST_ROWS", 2)

    with pytest.raises(Invalid, match="CSV oder Excel"):
        made(listing(ROW, ROW, ROW), Form.PDF)
    with pytest.raises(Invalid, match="CSV"):
        made(listing(ROW, ROW, ROW), Form.XLSX)


def test_form_is_named_or_refused():
    assert form_of("") is Form.CSV
    assert form_of("pdf") is Form.PDF
    with pytest.raises(Invalid) as refused:
        form_of("doc")
    assert refused.value.fields.keys() == {"form"}
