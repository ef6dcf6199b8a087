# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads the official house coordinates (Amtliche Hauskoordinaten, format of the AdV and of the ZSHH since version 3).

One house a line, fields separated by semicolons, no heading, comments begin with `#`:
NBA; OI; QUA; LAN; RBZ; KRS; GMD; OTT; SSS; HNR; ADZ; east; north (ETRS89/UTM, the zone in front of the east value,
decimal comma); STN; PLZ; ONM; ZON; POT. What follows is passed over, as a delivery may bring more.
"""

from __future__ import annotations

import math
from collections.abc import Collection

from django.utils.translation import gettext as _

from verbund.places import utm
from verbund.places.address_rows import AddressList, AddressRow, to_number
from verbund.places.geometry import Bounds

_FIELDS = (
    "NBA", "OI", "QUA", "LAN", "RBZ", "KRS", "GMD", "OTT", "SSS", "HNR", "ADZ",
    "EAST", "NORTH", "STN", "PLZ", "ONM", "ZON", "POT",
)  # fmt: skip
_NEEDED = 16  # up to the name of the place
_KEY = slice(3, 7)
_DELETED = "L"
_USUAL_ZONE = 33  # Brandenburg
_PLAUSIBLE_NORTH = (5_200_000, 6_150_000)  # Germany


def looks_like_it(line: str) -> bool:
    """Whether a file's first line of content is one of these."""
    cells = line.split(";")
    return len(cells) >= _NEEDED and all(cell.strip().isdecimal() for cell in cells[_KEY])


def read_house_coordinates(text: str, *, own: Collection[str], bounds: Bounds | None = None) -> AddressList:
    """Check every line; those about other municipalities than ``own`` (AGS) are passed over, deleted houses too."""
    found = AddressList(bounds=bounds)
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split(";")]
        if len(cells) < _NEEDED:
            found.refuse(number, ("", _("Die Zeile hat zu wenige Felder (erwartet werden mindestens 16).")))
            continue
        values = dict(zip(_FIELDS, cells + [""] * (len(_FIELDS) - len(cells)), strict=False))
        if "".join(cells[_KEY]) not in own or values["NBA"] == _DELETED:
            found.passed_over += 1
            continue
        _take(found, number, values)
    return found


def _take(found: AddressList, number: int, values: dict[str, str]) -> None:
    east, north = to_number(values["EAST"]), to_number(values["NORTH"])
    zone, east = utm.split_zone(east, usual=_USUAL_ZONE) if math.isfinite(east) else (0, east)
    low, high = _PLAUSIBLE_NORTH
    mistakes = []
    if zone not in {32, 33}:
        mistakes.append(
            ("EAST", _("Hier wird ein Wert in UTM-Zone 32 oder 33 erwartet, zum Beispiel 33397500,123."))
        )
    if not low <= north <= high:
        mistakes.append(("NORTH", _("Hier wird ein UTM-Wert in Metern erwartet, zum Beispiel 5740000,456.")))
    if mistakes:
        found.refuse(number, *mistakes)
        return
    lat, lon = utm.to_degrees(east, north, zone=zone)
    found.take(
        number,
        AddressRow(
            values["STN"],
            (values["HNR"].lstrip("0") or values["HNR"]) + values["ADZ"],
            values["PLZ"],
            _place(values),
            round(lat, 7),
            round(lon, 7),
        ),
    )


def _place(values: dict[str, str]) -> str:
    """The postal name with its addition, and the part of the place where there is one."""
    name = " ".join(part for part in (values["ONM"], values["ZON"]) if part)
    part = values["POT"]
    return f"{name} OT {part}" if part and part != values["ONM"] else name
