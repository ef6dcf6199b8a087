# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads an address list: `street;number;postcode;place;lat;lon`, one house a line, UTF-8."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

COLUMNS = ("street", "number", "postcode", "place", "lat", "lon")
_LONGEST = {"street": 120, "number": 12, "place": 120}
_POSTCODE_DIGITS = 5
_MOST_ERRORS = 100


@dataclass(frozen=True, slots=True)
class AddressRow:
    """One house; EPSG:4326."""

    street: str
    house_number: str
    postal_code: str
    place: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class RowError:
    """What is wrong where; the heading is row 1."""

    row: int
    column: str
    message: str


@dataclass(slots=True)
class AddressList:
    """What was read; errors are listed up to a hundred, ``error_count`` counts them all."""

    rows: list[AddressRow] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)
    error_count: int = 0

    def refuse(self, row: int, column: str, message: str) -> None:
        """Note an error."""
        self.error_count += 1
        if len(self.errors) < _MOST_ERRORS:
            self.errors.append(RowError(row, column, message))


def read_address_list(text: str) -> AddressList:
    """Check every line; nothing is saved here. Decimal commas are understood."""
    found = AddressList()
    reader = csv.reader(text.removeprefix("\ufeff").splitlines(), delimiter=";")
    heading = [cell.strip().lower() for cell in next(reader, [])]
    missing = [column for column in COLUMNS if column not in heading]
    if missing:
        found.refuse(1, ", ".join(missing), _("Diese Spalten fehlen."))
        return found
    seen: dict[tuple[str, str, str, str], int] = {}
    for number, cells in enumerate(reader, start=2):
        if not any(cell.strip() for cell in cells):
            continue
        values = dict(zip(heading, (cell.strip() for cell in cells), strict=False))
        row = _checked(number, values, found)
        if row is None:
            continue
        key = (row.street, row.house_number, row.postal_code, row.place)
        if key in seen:
            found.refuse(
                number, "number", _("Diese Adresse steht schon in Zeile %(row)d.") % {"row": seen[key]}
            )
            continue
        seen[key] = number
        found.rows.append(row)
    return found


def _checked(number: int, values: dict[str, str], found: AddressList) -> AddressRow | None:
    before = found.error_count
    for column, message in _text_errors(values):
        found.refuse(number, column, message)
    lat = _degrees(values.get("lat", ""), 90)
    lon = _degrees(values.get("lon", ""), 180)
    for column, value in (("lat", lat), ("lon", lon)):
        if value is None:
            found.refuse(number, column, _("Hier wird eine Zahl in Grad erwartet, zum Beispiel 51.8524."))
    if lat is None or lon is None or found.error_count > before:
        return None
    return AddressRow(values["street"], values["number"], values["postcode"], values["place"], lat, lon)


def _text_errors(values: dict[str, str]) -> Iterator[tuple[str, str]]:
    for column, longest in _LONGEST.items():
        value = values.get(column, "")
        if not value:
            yield column, _("Dieses Feld ist leer.")
        elif len(value) > longest:
            yield column, _("Höchstens %(longest)d Zeichen.") % {"longest": longest}
        elif not value.isprintable():
            yield column, _("Dieses Feld enthält unlesbare Zeichen.")
    postcode = values.get("postcode", "")
    if len(postcode) != _POSTCODE_DIGITS or not (postcode.isascii() and postcode.isdigit()):
        yield "postcode", _("Eine Postleitzahl hat fünf Ziffern.")


def _degrees(text: str, limit: int) -> float | None:
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        return None
    return value if math.isfinite(value) and abs(value) <= limit else None
