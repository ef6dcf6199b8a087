# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The tables of one schema, copied out and in: in the order of their keys, in one snapshot, without a look at other schemas."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from typing import IO, Any, Final, Protocol

from django.db import connection, transaction
from psycopg import sql

from tenants.archive.errors import Damaged
from tenants.database.targets import as_owner

Enter = Callable[[], AbstractContextManager[object]]

# Whatever the server is set to: the same value is the same text.
_FORMATS: Final = (
    "SET LOCAL timezone = 'UTC'; SET LOCAL datestyle = 'ISO, YMD'; SET LOCAL intervalstyle = 'postgres';"
    " SET LOCAL bytea_output = 'hex'; SET LOCAL extra_float_digits = 1"
)
# Found by what depends on this schema: a look into the catalogue's views reads all schemas (measured in ADR 6).
_TABLES: Final = """
SELECT c.oid, c.relname, has_table_privilege(%(role)s, c.oid, 'SELECT') FROM pg_depend d JOIN pg_class c ON c.oid = d.objid
WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_namespace'::regclass
  AND d.refobjid = to_regnamespace(%(schema)s) AND c.relkind = 'r'
ORDER BY c.relname COLLATE "C"
"""
_COLUMNS: Final = """
SELECT attrelid, attname FROM pg_attribute WHERE attrelid = ANY(%s) AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
ORDER BY attname COLLATE "C"
"""
_KEYS: Final = """
SELECT i.indrelid, a.attname, a.atttypid IN ('text'::regtype, 'varchar'::regtype)
FROM pg_index i CROSS JOIN unnest(i.indkey::int2[]) WITH ORDINALITY AS k (number, place)
JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number
WHERE i.indisprimary AND i.indrelid = ANY(%s) ORDER BY i.indrelid, k.place
"""
_SEQUENCES: Final = """
SELECT d.refobjid, c.relname, pg_sequence_last_value(c.oid) FROM pg_depend d JOIN pg_class c ON c.oid = d.objid
WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass AND d.refobjid = ANY(%s)
  AND d.deptype IN ('i', 'a') AND c.relkind = 'S' ORDER BY c.relname COLLATE "C"
"""


class Sink(Protocol):
    """Where a copy goes."""

    def write(self, piece: bytes, /) -> int: ...


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it is now. ``order``: its primary key, each column with whether it is a text."""

    name: str
    columns: tuple[str, ...]
    order: tuple[tuple[str, bool], ...]
    sequences: Mapping[str, int | None]
    is_readable: bool


@dataclass(frozen=True, slots=True)
class Copied:
    """What a table's copy is made of."""

    rows: int
    sha256: str
    columns: tuple[str, ...]


def found(schema: str) -> list[Table]:
    """All tables of a schema, by name."""
    with connection.cursor() as cursor:
        cursor.execute(_TABLES, {"schema": schema, "role": schema})
        rows = cursor.fetchall()
        oids = [oid for oid, _name, _readable in rows]
        cursor.execute(_COLUMNS, [oids])
        columns = cursor.fetchall()
        cursor.execute(_KEYS, [oids])
        keys = cursor.fetchall()
        cursor.execute(_SEQUENCES, [oids])
        sequences = cursor.fetchall()
    return [
        Table(
            name,
            tuple(column for of, column in columns if of == oid),
            tuple((column, is_text) for of, column, is_text in keys if of == oid),
            {sequence: last for of, sequence, last in sequences if of == oid},
            readable,
        )
        for oid, name, readable in rows
    ]


@contextmanager
def snapshot(enter: Enter) -> Iterator[None]:
    """See one moment of the data until the block ends, and change nothing."""
    with enter():
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")  # goes into role and path now; inside, this would be the first query
        with transaction.atomic(durable=True), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute(_FORMATS)
            yield


def copy_out(table: Table, schema: str, target: Sink, *, columns: Sequence[str] = ()) -> Copied:
    """Write a table's rows; a snapshot must be open. What its role may not read, the owner reads."""
    wanted = tuple(columns) or table.columns
    statement = _render(
        "COPY (SELECT {} FROM {} ORDER BY {}) TO STDOUT",
        sql.SQL(", ").join(map(sql.Identifier, wanted)),
        sql.Identifier(table.name),
        order_of(table),
    )
    digest, rows = hashlib.sha256(), 0
    entered = _stay if table.is_readable else partial(as_owner, schema)
    with entered(), connection.cursor() as cursor, cursor.copy(statement) as copy:
        for piece in copy:
            digest.update(piece)
            rows += bytes(piece).count(b"\n")  # a line break inside a value is written as \n
            target.write(piece)
    return Copied(rows, digest.hexdigest(), wanted)


def order_of(table: Table) -> sql.Composable:
    """The order of a table's rows, the same on every machine."""
    texts = (sql.SQL('{} COLLATE "C"'), sql.SQL("{}"))
    return sql.SQL(", ").join(
        texts[0 if is_text else 1].format(sql.Identifier(name)) for name, is_text in table.order
    )


@contextmanager
def loading(schema: str, names: Iterable[str]) -> Iterator[None]:
    """Replace the contents of these tables in one transaction: triggers rest, references are checked at the end.

    Raises:
        Damaged: what was copied in does not fit together.
    """
    tables = [sql.Identifier(name) for name in names]
    with as_owner(schema), transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute(_FORMATS)
        for table in tables:
            cursor.execute(_render("ALTER TABLE {} DISABLE TRIGGER USER", table))
        for table in tables:
            cursor.execute(_render("DELETE FROM {}", table))
        yield
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            cursor.execute(_render("ALTER TABLE {} ENABLE TRIGGER USER", table))


def copy_in(name: str, columns: Sequence[str], source: IO[bytes]) -> None:
    """Read a table's rows back; `loading` must be open."""
    statement = _render(
        "COPY {} ({}) FROM STDIN", sql.Identifier(name), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        while piece := source.read(256 * 1024):
            copy.write(piece)


def set_sequences(values: Mapping[str, int | None], known: Iterable[Table]) -> None:
    """Let numbers go on where they were; the owner must be entered."""
    ours = {sequence for table in known for sequence in table.sequences}
    if not values.keys() <= ours:
        raise Damaged
    with connection.cursor() as cursor:
        for name, last in values.items():
            cursor.execute(
                "SELECT setval(%s::regclass, coalesce(%s, 1), %s)",
                [sql.Identifier(name).as_string(None), last, last is not None],
            )


def rows_of(table: Table, columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """A table's rows as values, a few thousand at a time."""
    statement = _render(
        "SELECT {} FROM {} ORDER BY {}",
        sql.SQL(", ").join(map(sql.Identifier, columns)),
        sql.Identifier(table.name),
        order_of(table),
    )
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement)
        while rows := cursor.fetchmany(2000):
            yield from rows


def _render(statement: str, *parts: sql.Composable) -> str:
    return sql.SQL(statement).format(*parts).as_string(None)


@contextmanager
def _stay() -> Iterator[None]:
    yield
