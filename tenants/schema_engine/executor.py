# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Django's own way to move one schema forward: right in every case, and slow."""

from __future__ import annotations

from contextlib import suppress

from django.core.management import call_command
from django.core.management.commands.migrate import Command as DjangoMigrate
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.migration import Migration

from tenants.database.targets import as_owner

# Who waits for a table holds up everybody who comes after; rather fail, and be repeated.
LOCK_TIMEOUT = "2s"


def migrate_schema(schema: str) -> None:
    """Run Django's migrations in one schema, as its owner; a lock that is not to be had fails after seconds."""
    with as_owner(schema), connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = '{LOCK_TIMEOUT}'")
        try:
            if pending(schema):
                call_command(DjangoMigrate(), verbosity=0, interactive=False, skip_checks=True)
        finally:
            with suppress(DatabaseError):  # of a lost connection; the error on its way says so
                cursor.execute("RESET lock_timeout")


def pending(schema: str) -> list[Migration]:
    """The migrations that this schema has no note of, in order. Takes milliseconds where Django's command takes longer."""
    with as_owner(schema):
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [migration for migration, _backwards in plan]
