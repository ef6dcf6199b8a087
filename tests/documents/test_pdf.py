# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest

from verbund.documents.pdf import DocumentFailed, render

AT = datetime(2026, 11, 28, 9, 5, tzinfo=UTC)
TEMPLATE = """
== Ergebnis
#table(columns: 2, table.header[Prüfung][Ergebnis], ..values.rows.flatten())
#values.text
"""


@pytest.fixture
def template(tmp_path: Path) -> Path:
    path = tmp_path / "check.typ"
    path.write_text(TEMPLATE)
    return path


def rendered(template: Path, text: str = "Ende.") -> bytes:
    values = {"rows": [["Rolle", "gehalten"], ["Pfad", "gehalten"]], "text": text}
    return render(template, title="Nachweis", issuer="Zweckverband Übersee", values=values, at=AT)


def test_the_document_is_tagged_archivable_and_says_what_it_is(template: Path):
    made = pikepdf.open(io.BytesIO(rendered(template)))

    assert made.Root.Lang == "de-DE"
    assert made.Root.MarkInfo.Marked
    assert made.Root.ViewerPreferences.DisplayDocTitle
    with made.open_metadata() as metadata:
        assert metadata["dc:title"] == "Nachweis"
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "A")
        assert metadata["pdfuaid:part"] == "1"


def test_equal_input_gives_equal_bytes(template: Path):
    assert rendered(template) == rendered(template)


def test_markup_in_values_is_text(template: Path):
    assert rendered(template, "#panic() $x$ *fett* [") != rendered(template)


def test_a_missing_value_is_named(template: Path):
    with pytest.raises(DocumentFailed, match="rows"):
        render(template, title="Nachweis", issuer="Verband", values={}, at=AT)
