# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Lists as files: CSV for people (Excel in Germany) and for machines."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import StreamingHttpResponse
from django.utils.text import slugify
from django.utils.timezone import is_aware
from django.utils.translation import gettext as _

from verbund.kernel.clock import BERLIN

_BOM = "\ufeff"
# A cell that starts so is run as a formula by spreadsheet programs (OWASP: CSV injection).
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class _Line:
    """A file that hands each line on instead of keeping it."""

    def write(self, text: str) -> str:
        return text


def csv_for_people(
    filename: str, header: Sequence[str], rows: Iterable[Sequence[Any]]
) -> StreamingHttpResponse:
    """UTF-8 with BOM, semicolons, decimal comma, 22.11.2026; texts cannot become formulas."""
    return _attachment(filename, people_lines(header, rows))


def csv_for_machines(
    filename: str, header: Sequence[str], rows: Iterable[Sequence[Any]]
) -> StreamingHttpResponse:
    """RFC 4180: UTF-8, commas, decimal point, ISO 8601."""
    return _attachment(filename, machine_lines(header, rows))


def export_name(subject: str, place: str, on: date, extension: str = "csv") -> str:
    """`meldungen_musterstadt_2026-11-22.csv`."""
    return f"{slugify(subject)}_{slugify(place)}_{on.isoformat()}.{extension}"


def people_lines(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """The lines of csv_for_people."""
    writer = csv.writer(_Line(), delimiter=";", lineterminator="\r\n")
    yield _BOM + writer.writerow([_for_people(cell) for cell in header])
    for row in rows:
        yield writer.writerow([_for_people(cell) for cell in row])


def machine_lines(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """The lines of csv_for_machines."""
    writer = csv.writer(_Line(), lineterminator="\r\n")
    yield writer.writerow(header)
    for row in rows:
        yield writer.writerow([_for_machines(cell) for cell in row])


def _for_people(cell: Any) -> str:
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


def _for_machines(cell: Any) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return "true" if cell else "false"
        case date():
            return cell.isoformat()
        case _:
            return str(cell)


def _attachment(filename: str, lines: Iterator[str]) -> StreamingHttpResponse:
    response = StreamingHttpResponse(
        (line.encode() for line in lines), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response
