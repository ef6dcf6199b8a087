# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The database server under measurement: databases and logins of the bench, and what a child has to know."""

from __future__ import annotations

import os
import secrets
import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import psycopg
from psycopg import sql

from verbund.embedded.installation import Installation
from verbund.embedded.postgres_roles import prepare_database

ROOT = Path(__file__).resolve().parents[1]
WORK = ROOT / "bench" / ".work"
Role = Literal["web", "cli"]


@dataclass
class Server:
    """A running server. ``roles`` are the VERBUND_* variables of our own processes."""

    superuser_dsn: str
    roles: Mapping[Role, Mapping[str, str]]
    prefix: str = f"bench_{os.getpid()}"
    password: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    made: set[str] = field(default_factory=set)
    members: set[str] = field(default_factory=set)

    def database(self, name: str, *, for_ours: bool) -> str:
        """Make a database: of the platform's owner for our stack, else of the bench's own login."""
        full = f"{self.prefix}_{name}"
        self.made.add(full)
        if for_ours:
            prepare_database(self.superuser_dsn, name=full)
            return full
        with psycopg.connect(self.superuser_dsn, autocommit=True) as admin:
            if admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [self.prefix]).fetchone() is None:
                admin.execute(
                    sql.SQL("CREATE ROLE {} LOGIN CREATEROLE PASSWORD {}").format(
                        sql.Identifier(self.prefix), sql.Literal(self.password)
                    )
                )
            admin.execute(
                sql.SQL(
                    "CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8'"
                    " LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C.UTF-8'"
                ).format(sql.Identifier(full), sql.Identifier(self.prefix))
            )
        with psycopg.connect(self.superuser_dsn, dbname=full, autocommit=True) as made:
            # As ours has it: the search's index needs its operators.
            made.execute("CREATE SCHEMA ext")
            made.execute("CREATE EXTENSION pg_trgm SCHEMA ext")
            made.execute(sql.SQL("GRANT USAGE ON SCHEMA ext TO {}").format(sql.Identifier(self.prefix)))
        return full

    def environment(self, settings: str, database: str, role: Role = "web") -> dict[str, str]:
        """Everything a child of a stack needs; our stack reads VERBUND_*, the others BENCH_*."""
        given = self.roles[role]
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("VERBUND_")}
        return inherited | {
            **given,
            "VERBUND_DB_NAME": database,
            "BENCH_DB_HOST": given["VERBUND_DB_HOST"],
            "BENCH_DB_PORT": given["VERBUND_DB_PORT"],
            "BENCH_DB_NAME": database,
            "BENCH_DB_USER": self.prefix,
            "BENCH_DB_PASSWORD": self.password,
            "DJANGO_SETTINGS_MODULE": settings,
            "PYTHONPATH": os.pathsep.join([str(ROOT / "platform"), str(ROOT)]),
        }

    def version(self) -> str:
        with psycopg.connect(self.superuser_dsn) as admin:
            row = admin.execute("SHOW server_version").fetchone()
        return str(row[0]) if row else ""

    def clean_up(self) -> None:
        """Drop what the bench made; roles that another database still uses stay."""
        with psycopg.connect(self.superuser_dsn, autocommit=True) as admin:
            for name in sorted(self.made):
                admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
            for role in sorted(self.members | {self.prefix}):
                with suppress(psycopg.Error):
                    admin.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(role)))


@contextmanager
def own_server() -> Iterator[Server]:
    """A server in the bench's own folder, durable as in production; ended and removed afterwards."""
    installation = Installation(WORK, fsync=True, mode="test")
    # Ended like an interrupt, so that no child stays behind.
    signal.signal(signal.SIGTERM, lambda *_received: sys.exit(143))
    installation.start()
    try:
        extra = {
            "VERBUND_PUBLIC_SCHEME": "http",
            "VERBUND_PG_DUMP": str(installation.postgres.programs / "pg_dump"),
        }
        yield Server(
            superuser_dsn=installation.postgres.superuser_dsn,
            roles={
                "web": installation.environment("web") | extra,
                "cli": installation.environment("cli") | extra,
            },
        )
    finally:
        installation.remove()
