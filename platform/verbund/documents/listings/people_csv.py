# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""CSV as Excel in Germany reads it: UTF-8 with BOM, semicolons, decimal comma, 22.11.2026."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.timezone import is_aware
from django.utils.translation import gettext as _

from verbund.documents.listings.listing import Kind, Listing
from verbund.kernel.clock import BERLIN

_BOM = "\ufeff"
# A cell that starts so is run as a formula by spreadsheet programs (OWASP: CSV injection), also in its full width.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class Line:
    """A file that hands each line on instead of keeping it."""

    def write(self, text: str) -> str:
        return text


def people_lines(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Each line with its end; texts cannot become formulas, numbers stay numbers."""
    writer = csv.writer(Line(), delimiter=";", lineterminator="\r\n")
    yield _BOM + writer.writerow([_cell(cell) for cell in header])
    for row in rows:
        yield writer.writerow([_cell(cell) for cell in row])


def written(listing: Listing) -> Iterator[bytes]:
    """The listing line by line; its notes have no place in a table and are left out."""
    kinds = [column.kind for column in listing.columns]
    rows = (
        [_euros(cell) if kind is Kind.EURO else cell for cell, kind in zip(row, kinds, strict=True)]
        for row in listing.rows
    )
    return (line.encode() for line in people_lines(listing.titles, rows))


def _euros(cents: int | None) -> Decimal | None:
    return None if cents is None else Decimal(cents).scaleb(-2)


def _cell(cell: Any) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return _("ja") if cell else _("nein")
        case int() | float() | Decimal():
            return str(cell).replace(".", ",")
        case datetime():
            return (cell.astimezone(BERLIN) if is_aware(cell) else cell).strftime("%d.%m.%Y %H:%M")
        case date():
            return cell.strftime("%d.%m.%Y")
        case _:
            text = str(cell)
            return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
