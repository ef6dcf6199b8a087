# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Values from their canonical JSON: what was written is read again, and anything else is refused by its place."""

from __future__ import annotations

import json
import types
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from billing.allocation.refusal import Refused
from verbund.kernel.msgids import gettext_noop

T = TypeVar("T")


def parsed(content: bytes) -> Any:
    """The JSON of a file, without floats: an amount that went through one is not what was meant."""
    try:
        return json.loads(content.decode("utf-8-sig"), parse_float=_no_float)
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise Refused(
            "file", gettext_noop("Die Datei ist kein JSON in UTF-8. Wählen Sie eine andere Datei.")
        ) from error


def read(kind: type[T], value: object, place: str = "") -> T:
    """The value as that dataclass.

    Raises:
        Refused: something is missing, unknown or of another kind; the field is the place in the JSON.
    """
    found = _read(kind, value, place)
    if not isinstance(found, kind):
        raise _refused(place)
    return found


def _read(kind: Any, value: object, place: str) -> Any:
    if get_origin(kind) in {Union, types.UnionType}:
        return _one_of(get_args(kind), value, place)
    if get_origin(kind) is tuple:
        if not isinstance(value, list):
            raise _refused(place)
        return tuple(
            _read(get_args(kind)[0], item, f"{place}[{number}]") for number, item in enumerate(value)
        )
    if get_origin(kind) is Literal:
        if value not in get_args(kind):
            raise _refused(place)
        return value
    if isinstance(kind, type) and is_dataclass(kind):
        return _dataclass(kind, value, place)
    return _single(kind, value, place)


def _one_of(kinds: tuple[Any, ...], value: object, place: str) -> Any:
    """None, or the dataclass whose ``kind`` is named; the others have only one that is not None."""
    if value is None and type(None) in kinds:
        return None
    wanted = [kind for kind in kinds if kind is not type(None)]
    if len(wanted) > 1 and isinstance(value, dict):
        wanted = [kind for kind in wanted if value.get("kind") in get_args(_hints(kind)["kind"])]
    if len(wanted) != 1:
        raise _refused(f"{place}.kind")
    return _read(wanted[0], value, place)


def _dataclass(kind: Any, value: object, place: str) -> Any:
    if not isinstance(value, dict):
        raise _refused(place)
    hints = _hints(kind)
    for name in value:
        if name not in hints:
            raise _refused(f"{place}.{name}")
    given = {}
    for field in fields(kind):
        if field.name in value:
            given[field.name] = _read(hints[field.name], value[field.name], f"{place}.{field.name}")
        elif field.default is MISSING:
            raise _refused(f"{place}.{field.name}")
    return kind(**given)


def _single(kind: Any, value: object, place: str) -> Any:
    if kind is int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise _refused(place)
        return value
    if not isinstance(value, str):
        raise _refused(place)
    if kind is str:
        return value
    try:
        found = date.fromisoformat(value) if kind is date else kind(value)
    except (ValueError, InvalidOperation) as error:
        raise _refused(place) from error
    if isinstance(found, Decimal) and not found.is_finite():
        raise _refused(place)
    return found


def _no_float(text: str) -> Any:
    raise Refused(
        "file",
        gettext_noop(
            "„%(number)s“ steht als Kommazahl in der Datei. Setzen Sie Dezimalzahlen in Anführungszeichen, damit sie genau bleiben."
        ),
        {"number": text},
    )


def _refused(place: str) -> Refused:
    field = place.lstrip(".")
    return Refused(
        field,
        gettext_noop(
            "Die Angabe „%(field)s“ fehlt, ist unbekannt oder hat nicht die richtige Form. Berichtigen Sie sie in der Datei."
        ),
        {"field": field},
    )


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
