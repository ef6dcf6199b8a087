# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Lists as files: listings in each of their forms, CSV for people (Excel in Germany) and for machines."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from os import SEEK_END
from typing import IO, Any, Final

from django.http import StreamingHttpResponse
from django.utils.text import slugify

from verbund.documents.listings.forms import CONTENT_TYPES, Form, spooled
from verbund.documents.listings.listing import Listing
from verbund.documents.listings.people_csv import Line, people_lines
from verbund.kernel import clock

# The field of the address that names a listing's form.
FORM_FIELD: Final = "form"
_PIECE: Final = 64 * 1024


def listing_response(
    listing: Listing, form: Form, *, subject: str, place: str, issuer: str
) -> StreamingHttpResponse:
    """A listing as a download; `subject` and `place` name the file.

    Raises:
        Invalid: the form does not hold so many rows.
    """
    at = clock.now()
    file = spooled(listing, form, issuer=issuer, at=at)
    length = file.seek(0, SEEK_END)
    file.seek(0)
    name = export_name(subject, place, clock.day_of(at), form.value)
    return StreamingHttpResponse(
        _pieces(file),
        content_type=CONTENT_TYPES[form],
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Content-Length": str(length)},
    )


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    """The file piece by piece; it is closed when it was read or the reader is gone."""
    with file:
        while piece := file.read(_PIECE):
            yield piece


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


def machine_lines(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """The lines of csv_for_machines."""
    writer = csv.writer(Line(), lineterminator="\r\n")
    yield writer.writerow(header)
    for row in rows:
        yield writer.writerow([_for_machines(cell) for cell in row])


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
