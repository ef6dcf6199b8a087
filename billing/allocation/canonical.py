# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""One text for one value: canonical JSON, and the hash of it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache

Json = dict[str, "Json"] | list["Json"] | str | int | bool | None


def plain(value: object, *, unordered: bool = False) -> Json:
    """The value as JSON knows it; with ``unordered`` collections are sets, in the order of their text.

    Fractions are ``n/d``, decimals have no trailing zeros. There are no floats: they are not the same everywhere.
    """
    if value is None or isinstance(value, bool | int | str):
        # A member of a StrEnum is a text of its own class; JSON has one kind of text.
        return str(value) if isinstance(value, str) else value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, tuple):
        items = [plain(item, unordered=unordered) for item in value]
        return sorted(items, key=text) if unordered else items
    if is_dataclass(value) and not isinstance(value, type):
        return {name: plain(getattr(value, name), unordered=unordered) for name in _names(type(value))}
    message = f"{type(value).__name__} has no canonical form"
    raise TypeError(message)


def text(value: Json) -> str:
    """Sorted keys, no spaces, letters as they are."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def sha256(value: Json) -> str:
    return hashlib.sha256(text(value).encode()).hexdigest()


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))
