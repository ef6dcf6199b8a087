# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which forms a listing comes in, and the bytes of each."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from typing import IO, Final

from django.utils.translation import gettext as _

from verbund.documents.listings import machine_json, paper, people_csv, xlsx
from verbund.documents.listings.listing import Listing
from verbund.kernel.errors import Invalid


class Form(StrEnum):
    """The value is the file's ending."""

    CSV = "csv"
    XLSX = "xlsx"
    PDF = "pdf"
    JSON = "json"


CONTENT_TYPES: Final = {
    Form.CSV: "text/csv; charset=utf-8",
    Form.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Form.PDF: "application/pdf",
    Form.JSON: "application/json",
}


def form_of(text: str, *, default: Form = Form.CSV) -> Form:
    """The form an address or a command names.

    Raises:
        Invalid: there is no such form.
    """
    if not text:
        return default
    try:
        return Form(text)
    except ValueError as unknown:
        sentence = _("Diese Form gibt es nicht. Wählen Sie %(forms)s.") % {"forms": ", ".join(Form)}
        raise Invalid(sentence, fields={"form": sentence}) from unknown


_IN_MEMORY: Final = 1024 * 1024


def spooled(listing: Listing, form: Form, *, issuer: str, at: datetime) -> IO[bytes]:
    """The whole file, on disk beyond one megabyte, at its beginning; rows are read while scope and language are entered.

    Raises:
        Invalid: the form does not hold so many rows.
    """
    file: IO[bytes] = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 (the reader closes it)
    try:
        for piece in _content(listing, form, issuer=issuer, at=at):
            file.write(piece)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


def _content(listing: Listing, form: Form, *, issuer: str, at: datetime) -> Iterator[bytes]:
    match form:
        case Form.CSV:
            return people_csv.written(listing)
        case Form.XLSX:
            return xlsx.written(listing, at=at)
        case Form.JSON:
            return machine_json.written(listing, at=at)
        case Form.PDF:
            return iter((paper.written(listing, issuer=issuer, at=at),))
