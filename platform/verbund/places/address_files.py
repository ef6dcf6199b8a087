# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""An address file as it was handed over: which encoding, which format, what it holds."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext as _

from verbund.kernel.errors import Invalid
from verbund.places.address_lists import read_address_list
from verbund.places.address_rows import AddressList
from verbund.places.geometry import Bounds
from verbund.places.house_coordinates import looks_like_it, read_house_coordinates

MOST_BYTES = 20_000_000
OFFICIAL, OWN = "official", "own"


class BadFile(Invalid):
    """The file as a whole cannot be read; the message says why."""

    code = "bad_file"

    def __init__(self, message: str) -> None:
        super().__init__(message, fields={"file": message})


def format_of(text: str) -> str:
    """The official format is told by its first line; everything else has to be a list with a heading."""
    first = next((line for line in text.splitlines() if line.strip() and not line.startswith("#")), "")
    return OFFICIAL if looks_like_it(first.removeprefix("\ufeff")) else OWN


def decoded(content: bytes) -> str:
    """UTF-8, and Latin-1 as older deliveries have it.

    Raises:
        BadFile: it is empty, too big, or no text.
    """
    if not content.strip():
        raise BadFile(_("Die Datei ist leer."))
    if len(content) > MOST_BYTES:
        raise BadFile(_("Die Datei ist zu groß. Höchstens 20 MB gehen."))
    if b"\x00" in content:
        raise BadFile(_("Das ist keine Textdatei. Entpacken Sie ein Archiv bitte zuerst."))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def read_addresses(content: bytes, *, own: Collection[str], bounds: Bounds | None = None) -> AddressList:
    """The addresses of the municipality whose bodies are ``own`` (AGS), from either format.

    Raises:
        BadFile: it is empty, too big, or no text.
    """
    text = decoded(content)
    if format_of(text) == OFFICIAL:
        return read_house_coordinates(text, own=own, bounds=bounds)
    return read_address_list(text, bounds=bounds)
