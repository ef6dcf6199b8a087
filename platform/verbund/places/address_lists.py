# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads an address list: `street;number;postcode;place;lat;lon`, one house a line."""

from __future__ import annotations

import csv

from django.utils.translation import gettext as _

from verbund.places.address_rows import AddressList, AddressRow, to_number
from verbund.places.geometry import Bounds

COLUMNS = ("street", "number", "postcode", "place", "lat", "lon")


def read_address_list(text: str, *, bounds: Bounds | None = None) -> AddressList:
    """Check every line; nothing is saved here. Columns may stand in any order, decimal commas are understood."""
    found = AddressList(bounds=bounds)
    reader = csv.reader(text.removeprefix("\ufeff").splitlines(), delimiter=";")
    heading = [cell.strip().lower() for cell in next(reader, [])]
    missing = [column for column in COLUMNS if column not in heading]
    if missing:
        found.refuse(1, (", ".join(missing), _("Diese Spalten fehlen.")))
        return found
    for number, cells in enumerate(reader, start=2):
        if not any(cell.strip() for cell in cells):
            continue
        values = dict.fromkeys(COLUMNS, "") | dict(
            zip(heading, (cell.strip() for cell in cells), strict=False)
        )
        row = AddressRow(
            values["street"],
            values["number"],
            values["postcode"],
            values["place"],
            to_number(values["lat"]),
            to_number(values["lon"]),
        )
        found.take(number, row)
    return found
