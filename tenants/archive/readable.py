# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The tables as texts for people: CSV with the encrypted fields in clear, for a receiver without this program."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, Final

from django.apps import apps
from django.utils.translation import gettext as _

from tenants.archive.manifest import READABLE
from tenants.archive.tables import Table, rows_of
from verbund.kernel.language import official_language
from verbund.vault.api import unseal
from verbund.vault.errors import Unreadable
from verbund.vault.fields import EncryptedTextField

_ROWS_IN_A_FILE: Final = 20_000
# Of no use to a reader, and nothing to lie around in clear.
_NEVER: Final = frozenset({"password", "secret_hash"})


def texts(tables: Sequence[Table]) -> Iterator[tuple[str, bytes]]:
    """Name and content of each file; made in memory, so that no clear text touches a disk. Empty tables have none."""
    purposes = _purposes()
    with official_language():
        unreadable = _("(nicht lesbar)")
    for table in tables:
        columns = [name for name in table.columns if name not in _NEVER]
        sealed = [purposes.get((table.name, name)) for name in columns]
        for number, part in enumerate(_parts(rows_of(table, columns)), start=1):
            name = table.name if number == 1 else f"{table.name}-{number}"
            yield f"{READABLE}{name}.csv", _csv(columns, part, sealed, unreadable)


def _csv(
    columns: Sequence[str], rows: list[tuple[Any, ...]], sealed: Sequence[str | None], unreadable: str
) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow(
            _text(value) if purpose is None else _opened(value, purpose, unreadable)
            for value, purpose in zip(row, sealed, strict=True)
        )
    return text.getvalue().encode("utf-8-sig")


def _parts(rows: Iterator[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    part: list[tuple[Any, ...]] = []
    for row in rows:
        part.append(row)
        if len(part) == _ROWS_IN_A_FILE:
            yield part
            part = []
    if part:
        yield part


def _opened(value: Any, purpose: str, unreadable: str) -> str:
    if value is None:
        return ""
    try:
        return unseal(bytes(value), purpose=purpose)
    except Unreadable:
        return unreadable


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case datetime() | date():
            return value.isoformat()
        case bytes() | memoryview():
            return bytes(value).hex()
        case dict() | list():
            return json.dumps(value, ensure_ascii=False, sort_keys=True)
        case _:
            return str(value)


def _purposes() -> dict[tuple[str, str], str]:
    return {
        (model._meta.db_table, field.column or ""): field.purpose  # noqa: SLF001 (Django's documented name)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields()  # noqa: SLF001 (as above)
        if isinstance(field, EncryptedTextField)
    }
