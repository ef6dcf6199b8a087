# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A listing for programs: columns by their keys, cents as whole numbers, days and moments as ISO 8601."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from verbund.documents.listings.listing import Listing


def written(listing: Listing, *, at: datetime) -> Iterator[bytes]:
    """One object with the rows as objects, handed on row by row. A decimal is a text, so that no digit is lost."""
    keys = [column.key for column in listing.columns]
    head = {
        "title": listing.title,
        "made_at": at.isoformat(),
        "notes": list(listing.notes),
        "columns": [{"key": c.key, "title": c.title, "kind": c.kind.value} for c in listing.columns],
    }
    yield (json.dumps(head, ensure_ascii=False)[:-1] + ', "rows": [').encode()
    for place, row in enumerate(listing.rows):
        cells = dict(zip(keys, map(_value, row), strict=True))
        yield (("," if place else "") + "\n" + json.dumps(cells, ensure_ascii=False)).encode()
    yield b"\n]}\n"


def _value(cell: Any) -> Any:
    match cell:
        case None | bool() | int() | str():
            return cell
        case date():
            return cell.isoformat()
        case Decimal():
            return format(cell, "f")
        case _:
            return str(cell)
