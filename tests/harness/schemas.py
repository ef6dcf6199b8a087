# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Looks at schemas from outside: with the owner's login in a process of its own, and through pg_dump."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping

import psycopg

from tests.harness import prepared
from tests.harness.services import Services


def run_as_owner(
    services: Services, database: str, code: str, *arguments: str, extra: Mapping[str, str] | None = None
) -> str:
    """Run code in a process with the owner's login; gives what it prints."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("VERBUND_")}
    environment |= services.cli | {
        "VERBUND_DB_NAME": database,
        "DJANGO_SETTINGS_MODULE": "verbund.config.settings.test",
        **(extra or {}),
    }
    done = prepared.run("-c", code, *arguments, environment=environment)
    assert done.returncode == 0, done.stderr
    return done.stdout


def structure(services: Services, database: str, key: str) -> str:
    """pg_dump of the structure, names of schema and role neutralised; owners, rights and defaults included."""
    dsn = services.superuser_dsn.replace("dbname=postgres", f"dbname={database}")
    command = [services.cli["VERBUND_PG_DUMP"], "--schema-only", "--schema", key, "--restrict-key=x", dsn]
    dump = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return re.sub(r"^(--|\\(un)?restrict).*\n", "", dump.replace(key, "NAME_OF_SCHEMA"), flags=re.MULTILINE)


def canonical_structure(services: Services, database: str, key: str) -> str:
    """The same after one more replay: PostgreSQL prints a nested AND differently once it was parsed from a dump."""
    copy = f"{key}_again"
    with psycopg.connect(
        services.superuser_dsn.replace("dbname=postgres", f"dbname={database}"), autocommit=True
    ) as admin:
        if admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [copy]).fetchone() is None:
            admin.execute(f"CREATE ROLE {copy} NOLOGIN")
        admin.execute(structure(services, database, key).replace("NAME_OF_SCHEMA", copy))
    return structure(services, database, copy)


def seeded_rows(services: Services, database: str, key: str) -> dict[str, list[str]]:
    """Every row of a fresh schema by table; moments are left out, they differ by nature."""
    with psycopg.connect(
        services.superuser_dsn.replace("dbname=postgres", f"dbname={database}")
    ) as connection:
        tables = connection.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = %s ORDER BY 1", [key]
        ).fetchall()
        rows = {}
        for (table,) in tables:
            found = connection.execute(f"SELECT to_jsonb(t) - 'applied' FROM {key}.\"{table}\" t").fetchall()
            rows[table] = sorted(str(row) for (row,) in found)
        return rows
