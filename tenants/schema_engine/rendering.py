# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writes down once, as SQL, what moves every member from one structure to the next.

The migrations really run, in a scratch schema made from the structure the members have, and what they did is compared
with the template. So nothing is sent to a member that has not led to the wanted structure once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import structlog
from django.db import connection
from django.db.migrations.migration import Migration
from django.db.migrations.operations import SeparateDatabaseAndState
from django.db.migrations.operations.base import Operation
from psycopg import sql

from tenants.database.schema_editor import recorded
from tenants.database.targets import as_owner
from tenants.models import SchemaArtefact
from tenants.schema_engine import drift, roles, template
from tenants.schema_engine.artefacts import make_empty, member_labels
from tenants.schema_engine.executor import migrate_schema, pending
from verbund.kernel import context

SCRATCH = "zz_wave_municipality"
# Raised by the statement itself where a member does not have the migrations its structure stands for.
OTHER_HISTORY = "VB001"
log = structlog.get_logger()
_CHANGES_ROWS = re.compile(r"\s*(insert|update|delete|merge|with|select|do)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Step:
    """The way from one structure to another: ``sql`` runs in a member's path and checks where it starts."""

    source: str
    target: str
    sql: str
    migrations: tuple[str, ...]


def render(source: str, target: SchemaArtefact) -> Step | None:
    """The step for members of that structure; None where only Django's executor can take it.

    That is when the structure they have is not known, when Python runs in a migration or it needs more than one
    transaction, and when the result is not the wanted structure.
    """
    with context.enter_association():
        known = SchemaArtefact.objects.filter(fingerprint=source).first()
    if known is None:
        return None
    try:
        return _render(known, target)
    finally:
        with as_owner(roles.NOWHERE):
            roles.drop_schema(SCRATCH)
            roles.drop_role(SCRATCH)


def _render(known: SchemaArtefact, target: SchemaArtefact) -> Step | None:
    make_empty(SCRATCH, with_defaults=False)
    with as_owner(roles.NOWHERE), connection.cursor() as cursor:
        cursor.execute(template.for_schema(known.sql, SCRATCH))
    before = _history()
    steps = pending(SCRATCH)
    if not all(is_plain(migration) for migration in steps if migration.app_label in member_labels()):
        return None
    with recorded() as statements:
        migrate_schema(SCRATCH)
    with as_owner(SCRATCH):
        found = drift.structure(SCRATCH)
    if found != target.structure.splitlines() or any(SCRATCH in statement for statement in statements):
        log.error(
            "tenants.rendering_differs", differences=drift.compare(target.structure.splitlines(), found)[:20]
        )
        return None
    names = [(migration.app_label, migration.name) for migration in steps]
    text = "\n".join([_guard(before), *map(_closed, statements), *map(_note, names)])
    return Step(known.fingerprint, target.fingerprint, text, tuple(f"{app}.{name}" for app, name in names))


def is_plain(migration: Migration) -> bool:
    """Whether the migration is SQL and nothing else, in one transaction."""
    return bool(migration.atomic) and all(
        operation.reduces_to_sql for operation in _leaves(migration.operations)
    )


def _leaves(operations: Iterable[Operation]) -> Iterable[Operation]:
    for operation in operations:
        if isinstance(operation, SeparateDatabaseAndState):
            yield from _leaves(operation.database_operations)
        else:
            yield operation


def _history() -> str:
    with as_owner(SCRATCH), connection.cursor() as cursor:
        cursor.execute(_HISTORY.format(labels=_labels()))
        row = cursor.fetchone()
    return str(row[0]) if row else ""


_HISTORY = (
    "SELECT md5(string_agg(app || '.' || name, ' ' ORDER BY app, name)) FROM django_migrations"
    " WHERE app IN ({labels})"
)


def _closed(statement: str) -> str:
    """The statement with its end; what it has left to be checked at commit is checked now.

    Django runs each migration in a transaction of its own. Here all are one, and a table whose rows still wait
    for a check cannot be changed.
    """
    ended = f"{statement.rstrip()}\n;"
    if _CHANGES_ROWS.match(statement):
        ended += "\nSET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED;"
    return ended


def _labels() -> str:
    return ", ".join(f"'{label}'" for label in sorted(member_labels()))


def _guard(history: str) -> str:
    return (
        f"DO $do$ BEGIN IF ({_HISTORY.format(labels=_labels())}) IS DISTINCT FROM '{history}' THEN"
        f" RAISE EXCEPTION 'other migrations than expected' USING ERRCODE = '{OTHER_HISTORY}'; END IF; END $do$;"
    )


def _note(name: tuple[str, str]) -> str:
    return (
        sql.SQL(
            "INSERT INTO django_migrations (app, name, applied) SELECT {0}, {1}, now()"
            " WHERE NOT EXISTS (SELECT FROM django_migrations WHERE app = {0} AND name = {1});"
        )
        .format(*map(sql.Literal, name))
        .as_string(None)
    )
