# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What every reader of address lists checks, and what it hands back."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from verbund.places.geometry import Bounds

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

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What makes it this house and no other."""
        return self.street, self.house_number, self.postal_code, self.place


@dataclass(frozen=True, slots=True)
class RowError:
    """What is wrong where; the first line of the file is row 1."""

    row: int
    column: str
    message: str


@dataclass(slots=True)
class AddressList:
    """What was read; errors are listed up to a hundred, ``error_count`` counts the lines that were refused.

    ``passed_over`` counts lines about other municipalities. Houses outside ``bounds`` are refused.
    """

    bounds: Bounds | None = None
    rows: list[AddressRow] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)
    error_count: int = 0
    passed_over: int = 0
    _seen: dict[tuple[str, str, str, str], int] = field(default_factory=dict)

    def refuse(self, row: int, *mistakes: tuple[str, str]) -> None:
        """Note a line that is left out, with (column, what is wrong) for each mistake."""
        self.error_count += 1
        room = _MOST_ERRORS - len(self.errors)
        self.errors.extend(RowError(row, column, message) for column, message in mistakes[:room])

    def take(self, number: int, row: AddressRow) -> None:
        """Keep a row that is sound, refuse it otherwise."""
        mistakes = [*_text_mistakes(row), *self._position_mistakes(row)]
        if not mistakes and row.key in self._seen:
            line = {"row": self._seen[row.key]}
            mistakes = [("number", _("Diese Adresse steht schon in Zeile %(row)d.") % line)]
        if mistakes:
            self.refuse(number, *mistakes)
            return
        self._seen[row.key] = number
        self.rows.append(row)

    def _position_mistakes(self, row: AddressRow) -> Iterator[tuple[str, str]]:
        no_degrees = _("Hier wird eine Zahl in Grad erwartet, zum Beispiel 51.8524.")
        is_lat, is_lon = _is_within(row.lat, -90, 90), _is_within(row.lon, -180, 180)
        if not is_lat:
            yield "lat", no_degrees
        if not is_lon:
            yield "lon", no_degrees
        if is_lat and is_lon and self.bounds is not None:
            west, south, east, north = self.bounds
            if not (_is_within(row.lat, south, north) and _is_within(row.lon, west, east)):
                yield "lat, lon", _("Das liegt weit außerhalb der Kommune.")


def to_number(text: str) -> float:
    """A number with point or comma, otherwise not a number."""
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return math.nan


def _is_within(value: float, low: float, high: float) -> bool:
    return low <= value <= high


def _text_mistakes(row: AddressRow) -> Iterator[tuple[str, str]]:
    values = {"street": row.street, "number": row.house_number, "place": row.place}
    for column, longest in _LONGEST.items():
        value = values[column]
        if not value:
            yield column, _("Dieses Feld ist leer.")
        elif len(value) > longest:
            yield column, _("Höchstens %(longest)d Zeichen.") % {"longest": longest}
        elif not value.isprintable():
            yield column, _("Dieses Feld enthält unlesbare Zeichen.")
    code = row.postal_code
    if len(code) != _POSTCODE_DIGITS or not (code.isascii() and code.isdigit()):
        yield "postcode", _("Eine Postleitzahl hat fünf Ziffern.")
