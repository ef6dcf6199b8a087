# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""All documents of a month as one ZIP, written while it is sent: no more than one document is in memory."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import datetime

from billing.issuing.finding import Wanted, documents_listing
from billing.issuing.models import Document
from verbund.documents.listings.forms import Form, spooled
from verbund.kernel import context
from verbund.kernel.errors import NotFound
from verbund.metering.periods import Period

CONTENTS = "inhalt.csv"


class _Pipe:
    """What `zipfile` writes to: it cannot go back, so sizes stand behind each file."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, piece: bytes) -> int:
        self._pieces.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Nothing is held back."""

    def taken(self) -> bytes:
        """What came since the last time."""
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)


def bundle(period: Period, *, issuer: str, at: datetime) -> Iterator[bytes]:
    """The pieces of the ZIP: a list of what it holds, then PDF and XML of each document by its number.

    It is read after the request has left the association, so each document enters it anew.

    Raises:
        NotFound: nothing is issued for the month; at once, not when it is read.
    """
    with context.enter_association():
        numbers = list(
            Document.objects.filter(period__month=period.first)
            .order_by("number")
            .values_list("number", flat=True)
        )
        if not numbers:
            raise NotFound
        with spooled(documents_listing(Wanted(month=period.first)), Form.CSV, issuer=issuer, at=at) as file:
            contents = file.read()
    return _pieces(contents, numbers, at)


def _pieces(contents: bytes, numbers: list[str], at: datetime) -> Iterator[bytes]:
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[call-overload]  # no more is asked of it
        archive.writestr(_entry(CONTENTS, at), contents, zipfile.ZIP_DEFLATED)
        yield pipe.taken()
        for number in numbers:
            for name, content in _files(number):
                archive.writestr(_entry(name, at), content, zipfile.ZIP_DEFLATED)
            yield pipe.taken()
    yield pipe.taken()


def _files(number: str) -> list[tuple[str, bytes]]:
    with context.enter_association():
        row = Document.objects.only("number", "pdf", "xml").get(number=number)
    found = [(f"{number}.pdf", bytes(row.pdf))]
    if row.xml is not None:
        found.append((f"{number}.xml", bytes(row.xml)))
    return found


def _entry(name: str, at: datetime) -> zipfile.ZipInfo:
    return zipfile.ZipInfo(name, date_time=at.timetuple()[:6])
