# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A listing as a workbook of Excel, written row by row, so that memory does not grow with it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Final

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from verbund.documents.listings.listing import Kind, Listing
from verbund.kernel.clock import BERLIN
from verbund.kernel.errors import Invalid

# Excel's own limits; one row is the heading.
MOST_ROWS: Final = 1_048_575
_LONGEST_TEXT: Final = 32_767
_CHUNK: Final = 64 * 1024
_WIDTHS: Final = {Kind.TEXT: 28, Kind.EURO: 16, Kind.DAY: 12, Kind.MOMENT: 18, Kind.TRUTH: 8}
_FORMATS: Final = {
    Kind.WHOLE: "#,##0",
    Kind.DECIMAL: "#,##0.######",
    Kind.EURO: '#,##0.00\\ "€"',
    Kind.DAY: "dd.mm.yyyy",
    Kind.MOMENT: "dd.mm.yyyy hh:mm",
}
# What a cell says is never run, linked or guessed at: texts stay texts, also `=1+1`.
_OPTIONS: Final = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}


def written(listing: Listing, *, at: datetime) -> Iterator[bytes]:
    """The workbook in pieces; notes stand on a second sheet. Equal input gives equal bytes.

    Raises:
        Invalid: more rows than a sheet of Excel holds.
    """
    with tempfile.TemporaryFile() as file:
        book = xlsxwriter.Workbook(file, _OPTIONS)
        book.set_properties({"title": listing.title, "created": at.astimezone(BERLIN).replace(tzinfo=None)})
        formats = {kind: book.add_format({"num_format": text}) for kind, text in _FORMATS.items()}
        heading = book.add_format({"bold": True, "bottom": 1})
        try:
            _table(book.add_worksheet(_("Liste")), listing, heading, formats)
        except BaseException:
            book.close()  # or the file of its rows stays open
            raise
        if listing.notes:
            notes = book.add_worksheet(_("Hinweise"))
            notes.set_column(0, 0, 100)
            for place, note in enumerate(listing.notes):
                notes.write_string(place, 0, note)
        book.close()
        file.seek(0)
        while chunk := file.read(_CHUNK):
            yield chunk


def _table(sheet: Worksheet, listing: Listing, heading: Format, formats: dict[Kind, Format]) -> None:
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    for place, column in enumerate(listing.columns):
        sheet.set_column(place, place, max(_WIDTHS.get(column.kind, 14), len(column.title) + 2))
        sheet.write_string(0, place, column.title, heading)
    last = 0
    for last, row in enumerate(listing.rows, start=1):
        if last > MOST_ROWS:
            raise Invalid(_("Die Liste ist für Excel zu lang. Wählen Sie CSV."))
        for place, (cell, column) in enumerate(zip(row, listing.columns, strict=True)):
            if cell is not None:
                _write(sheet, (last, place), cell, column.kind, formats)
    sheet.autofilter(0, 0, last, max(len(listing.columns) - 1, 0))


def _write(sheet: Worksheet, at: tuple[int, int], cell: Any, kind: Kind, formats: dict[Kind, Format]) -> None:
    match kind, cell:
        case Kind.WHOLE | Kind.DECIMAL, _:
            sheet.write_number(*at, cell, formats[kind])
        case Kind.EURO, int():
            sheet.write_number(*at, cell / 100, formats[kind])
        case Kind.DAY, date():
            sheet.write_datetime(*at, cell, formats[kind])
        case Kind.MOMENT, datetime():
            sheet.write_datetime(*at, cell.astimezone(BERLIN).replace(tzinfo=None), formats[kind])
        case Kind.TRUTH, bool():
            sheet.write_string(*at, _("ja") if cell else _("nein"))
        case _:
            sheet.write_string(*at, str(cell)[:_LONGEST_TEXT])
