# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The steps that put an archive's data into a municipality that is being provisioned; each may be repeated."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial
from typing import IO, Any, Final

from django.db import DataError, IntegrityError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from tenants import directory
from tenants.archive import envelope_part, tables
from tenants.archive.errors import ArchiveRefused, Damaged
from tenants.archive.manifest import FILES, KEYS, SECRETS, SEQUENCES, TABLES, Manifest
from tenants.archive.reading import Archive
from tenants.archive.transient import excluded_tables
from tenants.database.targets import as_owner
from tenants.models import Tenant
from tenants.schema_engine import replay, roles
from tenants.schema_engine.artefacts import fingerprint
from tenants.schema_engine.executor import migrate_schema
from verbund.audit.models import AuditOrigin
from verbund.kernel import context, registry
from verbund.kernel.context import Municipality, municipality_key
from verbund.kernel.msgids import gettext_noop as _
from verbund.kernel.ports import ArchiveFile
from verbund.vault.models import DataKey

_KEY: Final = re.compile(r"m_[0-9]{6,}")


class LaterVersion(ArchiveRefused):
    code = "archive_later_version"
    message = _(
        "Das Archiv stammt von einer neueren Version des Programms. Bringen Sie diese Installation zuerst auf den neuen Stand; nichts wurde angelegt."
    )


class NotEqual(ArchiveRefused):
    """What stands in the database is not what the archive holds."""

    code = "archive_not_equal"
    status = 500
    message = _("Die wiederhergestellten Daten weichen vom Archiv ab; die Kommune bleibt geschlossen.")


def check_structure(manifest: Manifest) -> None:
    """Refuse what this program has no tables for.

    Raises:
        LaterVersion: it holds migrations we do not know.
        ArchiveRefused: its names are none.
    """
    known = set(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)
    try:
        applied = {(app, name) for app, name in manifest.migrations}
    except (TypeError, ValueError):
        raise ArchiveRefused from None
    if _KEY.fullmatch(manifest.origin) is None:
        raise ArchiveRefused
    if not applied or not applied <= known:
        raise LaterVersion


def make_schema(number: int, manifest: Manifest) -> None:
    """Role and schema as they were when the archive was made; what has changed since comes after the data."""
    make_scratch(municipality_key(number), manifest)


def make_scratch(schema: str, manifest: Manifest) -> None:
    """An empty schema of the archive's structure; what is left of an earlier attempt goes."""
    replay.remove_scratch(schema)
    if manifest.fingerprint == fingerprint():
        replay.create_scratch(schema)
        return
    with as_owner(roles.NOWHERE):
        roles.make_schema(schema)
    _migrate_as_then(schema, manifest)


def data_are_done(number: int) -> bool:
    """Whether the one transaction of the loading is through: the keys come last in it."""
    key = municipality_key(number)
    if not replay.exists(key):
        return False
    with as_owner(key):
        return DataKey.objects.exists()


def note(number: int) -> None:
    """Tell the registry which structure the schema has.

    Last of all: until then nobody writes into a member's own record what the association does to it, so what was restored
    is what the archive holds.
    """
    with context.enter_association():
        Tenant.objects.filter(pk=number).update(schema_fingerprint=fingerprint())


def load_data(number: int, archive: Archive, manifest: Manifest) -> None:
    """Tables, sequences and keys in one transaction; then credentials, newer migrations, and the name of the chain.

    Raises:
        Damaged: the data do not fit together.
    """
    municipality = _municipality(number)
    if not data_are_done(number):
        keys = envelope_part.wrapped_again(municipality, archive.json(KEYS))
        load_tables(municipality.key, archive, manifest, keys)
    envelope_part.put_secrets(municipality, archive.json(SECRETS))
    if manifest.fingerprint != fingerprint():
        migrate_schema(municipality.key)
    with as_owner(municipality.key):
        AuditOrigin.objects.update_or_create(pk=1, defaults={"name": manifest.origin})


def load_tables(schema: str, archive: Archive, manifest: Manifest, keys: list[DataKey]) -> None:
    """Fill a fresh schema."""
    with as_owner(schema):
        there = tables.found(schema)
    left_out = excluded_tables()
    known = {table.name: table for table in there if table.name not in left_out}
    if not manifest.tables.keys() <= known.keys():
        raise Damaged
    try:
        with tables.loading(schema, known):
            for name, source in archive.entries():
                if name.startswith(TABLES):
                    table = name.removeprefix(TABLES).removesuffix(".copy")
                    tables.copy_in(table, _columns(manifest, known[table]), source)
            tables.set_sequences(archive.json(SEQUENCES), known.values())
            envelope_part.put_keys(schema, keys)
    except (DataError, IntegrityError):
        raise Damaged from None


def load_files(number: int, archive: Archive) -> None:
    """Hand every file to the package it came from."""
    municipality = _municipality(number)
    parts = {part.name: part for spec in registry.all_specs() for part in spec.lifecycle.archive}
    for name, source in archive.entries():
        if name.startswith(FILES):
            part, _slash, rest = name.removeprefix(FILES).partition("/")
            if part not in parts:
                raise Damaged
            restore: Any = registry.load(parts[part].restore)
            restore(municipality, _one(rest, source))


def compare(number: int, manifest: Manifest) -> None:
    """Read the data back and compare their hashes with the archive's.

    Raises:
        NotEqual: they differ.
    """
    municipality = _municipality(number)
    compare_tables(municipality.key, manifest, partial(context.enter, municipality))


def compare_tables(schema: str, manifest: Manifest, enter: tables.Enter) -> None:
    """As `compare`, for the tables of any schema."""
    if manifest.fingerprint != fingerprint():
        return  # migrated since: what changed is known, what did not is not to be told from it by a hash
    with tables.snapshot(enter):
        for table in tables.found(schema):
            if table.name in manifest.tables:
                columns = _columns(manifest, table)
                copied = tables.copy_out(table, schema, _Nowhere(), columns=columns)
                if copied.sha256 != manifest.entries[f"{TABLES}{table.name}.copy"]["sha256"]:
                    raise NotEqual


def _columns(manifest: Manifest, table: tables.Table) -> list[str]:
    columns = [str(column) for column in manifest.tables[table.name]["columns"]]
    if not set(columns) <= set(table.columns):
        raise Damaged
    return columns


def _municipality(number: int) -> Municipality:
    with context.enter_association():
        return directory.describe(Tenant.objects.get(pk=number))


def _one(name: str, source: IO[bytes]) -> Iterator[ArchiveFile]:
    yield ArchiveFile(name=name, open=lambda: source)  # type: ignore[arg-type, return-value]  # read once, in order


def _migrate_as_then(schema: str, manifest: Manifest) -> None:
    applied = {(app, name) for app, name in manifest.migrations}
    with as_owner(schema):
        executor = MigrationExecutor(connection)
        last = [
            node
            for node in sorted(applied)
            if not any(child in applied and child[0] == node[0] for child in _children(executor.loader, node))
        ]
        executor.migrate(last)


def _children(loader: MigrationLoader, node: tuple[str, str]) -> Iterable[tuple[str, str]]:
    return (child.key for child in loader.graph.node_map[node].children)


class _Nowhere:
    def write(self, piece: bytes, /) -> int:
        return len(piece)
