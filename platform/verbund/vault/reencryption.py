# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Encrypts what older data keys of the entered scope sealed with the newest, batch by batch, beside the requests.

Which fields that are is said by the privacy register. The version stands in front of each ciphertext, so what is
left is found by the database, and an interrupted run goes on where it was.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import structlog
from django.apps import apps
from django.db import connection, models, transaction
from django.utils.translation import gettext as _
from psycopg import sql

from verbund.kernel import context, registry
from verbund.kernel.context import ASSOCIATION
from verbund.kernel.specs import AppScope, PackageSpec
from verbund.vault import api, keyring
from verbund.vault.errors import Unreadable
from verbund.vault.fields import EncryptedTextField
from verbund.vault.models import Kind

log = structlog.get_logger()

BATCH: Final = 200


@dataclass(frozen=True, slots=True)
class Sealed:
    """A table of the entered scope with its encrypted columns and what their values are bound to."""

    table: str
    key: str
    columns: tuple[str, ...]
    purposes: tuple[str, ...]

    def is_old(self, version: int) -> sql.Composable:
        """The condition that a row has something an older data key sealed."""
        mark = sql.Literal(struct.pack(">I", version))
        return sql.SQL(" OR ").join(
            sql.SQL("substring({} from 2 for 4) < {}").format(sql.Identifier(column), mark)
            for column in self.columns
        )


def sealed_tables() -> list[Sealed]:
    """Every table of the entered scope with fields of that kind, in the order of the register."""
    is_association = context.current().key == ASSOCIATION.key
    ours = {AppScope.BOTH, AppScope.ASSOCIATION if is_association else AppScope.MUNICIPALITY}
    entries = (
        entry
        for spec in registry.all_specs()
        for entry in spec.privacy
        if entry.encrypted_fields and _scope(spec, entry.model) in ours
    )
    described = (_described(entry.model, entry.encrypted_fields) for entry in entries)
    return [sealed for sealed in described if sealed is not None]


def _scope(spec: PackageSpec, model_name: str) -> AppScope:
    """Where a model's table stands: a package may have apps of both kinds."""
    config = apps.get_app_config(model_name.partition(".")[0])
    return next(app.scope for app in spec.apps if app.name == config.name)


def remaining() -> int:
    """How many rows of the entered scope hold something an older data key sealed."""
    version = keyring.newest_version(Kind.SEAL)
    return sum(_count(sealed, version) for sealed in sealed_tables())


def reencrypt(*, progress: Callable[[str], None]) -> int:
    """Seal everything with the newest data key; how many rows were changed. Each batch is a transaction.

    A value that is written meanwhile by a process that does not know the newest key yet stays as it is:
    retired data keys go on opening what they sealed.

    Raises:
        Unreadable: something could not be opened; all the rest is done, and the log names the rows.
    """
    version = keyring.newest_version(Kind.SEAL)
    tables = sealed_tables()
    total = sum(_count(sealed, version) for sealed in tables)
    done = broken = 0
    for sealed in tables:
        for changed, unreadable in _batches(sealed, version):
            done, broken = done + changed, broken + unreadable
            progress(_("%(done)s von %(total)s Datensätzen") % {"done": done, "total": total})
    if broken:
        raise Unreadable
    return done


def _described(model_name: str, field_names: tuple[str, ...]) -> Sealed | None:
    model: type[models.Model] = apps.get_model(model_name)
    options = model._meta  # noqa: SLF001 (Django's documented name)
    fields = [options.get_field(name) for name in field_names]
    ours = [field for field in fields if isinstance(field, EncryptedTextField)]
    if not ours:
        return None  # sealed by its package in a way of its own, which has a step of its own
    return Sealed(
        options.db_table,
        str(options.pk.column),
        tuple(str(field.column) for field in ours),
        tuple(field.purpose for field in ours),
    )


def _count(sealed: Sealed, version: int) -> int:
    statement = sql.SQL("SELECT count(*) FROM {} WHERE {}").format(
        sql.Identifier(sealed.table), sealed.is_old(version)
    )
    with connection.cursor() as cursor:
        cursor.execute(statement)
        row = cursor.fetchone()
    return int(row[0])


def _batches(sealed: Sealed, version: int) -> Iterator[tuple[int, int]]:
    """How many rows of each batch were changed, and how many could not be opened."""
    after: Any = None
    while True:
        with transaction.atomic():
            rows = _rows(sealed, version, after)
            unreadable = sum(not _seal_anew(sealed, row) for row in rows)
        if not rows:
            return
        yield len(rows) - unreadable, unreadable
        after = rows[-1][0]


def _rows(sealed: Sealed, version: int, after: Any) -> list[tuple[Any, ...]]:
    key = sql.Identifier(sealed.key)
    beyond = sql.SQL("") if after is None else sql.SQL(" AND {} > {}").format(key, sql.Literal(after))
    statement = sql.SQL("SELECT {}, {} FROM {} WHERE ({}){} ORDER BY {} LIMIT {} FOR UPDATE").format(
        key,
        sql.SQL(", ").join(map(sql.Identifier, sealed.columns)),
        sql.Identifier(sealed.table),
        sealed.is_old(version),
        beyond,
        key,
        sql.Literal(BATCH),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())


def _seal_anew(sealed: Sealed, row: tuple[Any, ...]) -> bool:
    """Whether the row could be opened; one that could not stays as it is."""
    key, *values = row
    try:
        anew = {
            column: data
            for column, purpose, value in zip(sealed.columns, sealed.purposes, values, strict=True)
            if value is not None and (data := api.reseal(bytes(value), purpose=purpose)) is not None
        }
    except Unreadable:
        log.warning("vault.unreadable", table=sealed.table, key=str(key))
        return False
    statement = sql.SQL("UPDATE {} SET {} WHERE {} = {}").format(
        sql.Identifier(sealed.table),
        sql.SQL(", ").join(
            sql.SQL("{} = {}").format(sql.Identifier(column), sql.Literal(value))
            for column, value in anew.items()
        ),
        sql.Identifier(sealed.key),
        sql.Literal(key),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement)
    return True
