# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Databases of a test run: copies of a template that was migrated and onboarded once for the code's migrations."""

from __future__ import annotations

import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import psycopg
from psycopg import sql

from tests.harness import prepared
from tests.harness.services import ROOT, Services
from verbund.embedded.postgres_roles import forbid_large_objects

MEMBERS = """slug;name;kind;ars;bodies;hosts;admin_email
heideblick;Heideblick;gemeinde;120610219219;12061219:Heideblick;heideblick.localhost;it@heideblick.example
luckau;Luckau;stadt;120610320320;12061320:Luckau;luckau.localhost;it@luckau.example
"""


def template_name() -> str:
    """Named by all code and data that may shape a fresh database; whatever changes, the template is made anew."""
    digest = hashlib.sha256(MEMBERS.encode())
    for folder in ("platform/verbund", "tenants", "billing"):
        for file in sorted((ROOT / folder).rglob("*")):
            shapes = "embedded" not in file.parts or file.name == "postgres_roles.py"
            if shapes and file.suffix in {".py", ".csv", ".geojson", ".md", ".txt"}:
                digest.update(str(file.relative_to(ROOT)).encode())
                digest.update(file.read_bytes())
    return f"verbund_template_{digest.hexdigest()[:12]}"


def ensure_template(services: Services) -> str:
    """Make the template database unless it is there; several runs may ask at once."""
    name = template_name()
    lock = Path(services.vault_data) / "template.lock"
    with lock.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        with psycopg.connect(services.superuser_dsn, autocommit=True) as admin:
            if _exists(admin, name):
                return name
            building = f"{name}_building"
            _drop(admin, building)
            _create(admin, building, template=None)
            with psycopg.connect(
                services.superuser_dsn.replace("dbname=postgres", f"dbname={building}"), autocommit=True
            ) as inside:
                forbid_large_objects(inside)
            _fill(services, building)
            _settle(services, building)
            admin.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                    sql.Identifier(building), sql.Identifier(name)
                )
            )
    return name


def copy(services: Services, template: str, name: str) -> None:
    with psycopg.connect(services.superuser_dsn, autocommit=True) as admin:
        _drop(admin, name)
        _create(admin, name, template=template)


def written(services: Services) -> str:
    """How far the server has written anything at all: a place in its log of changes, the same as long as nothing changes."""
    with psycopg.connect(services.superuser_dsn, autocommit=True) as admin:
        return str(admin.execute("SELECT pg_current_wal_insert_lsn()").fetchone())


def number_from(services: Services, name: str, number: int) -> None:
    """Let the database's next municipality have that number.

    Roles and keys in Vault are named by it and are shared by all databases of these services.
    """
    with psycopg.connect(services.superuser_dsn, dbname=name) as admin:
        admin.execute(
            "SELECT setval(pg_get_serial_sequence('association.tenants_tenant', 'number'), %s, false)",
            [number],
        )


def drop(services: Services, name: str) -> None:
    with psycopg.connect(services.superuser_dsn, autocommit=True) as admin:
        _drop(admin, name)


def _settle(services: Services, name: str) -> None:
    """Read everything once: PostgreSQL notes beside a row that it is visible when it is first read, which is a change."""
    with psycopg.connect(services.superuser_dsn, dbname=name, autocommit=True) as inside:
        tables = inside.execute(
            "SELECT oid::regclass::text FROM pg_class WHERE relkind IN ('r', 't') AND relpersistence = 'p'"
        ).fetchall()
        for (table,) in tables:
            inside.execute(f"SELECT count(*) FROM {table}")


def _exists(admin: psycopg.Connection, name: str) -> bool:
    return admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def _create(admin: psycopg.Connection, name: str, *, template: str | None) -> None:
    options = (
        sql.SQL(" TEMPLATE {} STRATEGY FILE_COPY").format(sql.Identifier(template))
        if template
        else sql.SQL(
            " TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C'"
        )
    )
    admin.execute(sql.SQL("CREATE DATABASE {} OWNER verbund_owner").format(sql.Identifier(name)) + options)
    admin.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(name)))
    admin.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO verbund_app").format(sql.Identifier(name)))


def _drop(admin: psycopg.Connection, name: str) -> None:
    admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _fill(services: Services, name: str) -> None:
    members = Path(services.vault_data) / "members.csv"
    members.write_text(MEMBERS)
    for command in (["migrate"], ["onboard", "--csv", str(members)]):
        done = run_cli(services, name, *command)
        if done.returncode != 0:
            raise RuntimeError(f"verbund {' '.join(command)} failed:\n{done.stdout}\n{done.stderr}")


def run_cli(
    services: Services,
    database: str,
    *arguments: str,
    extra: Mapping[str, str] | None = None,
    seconds: int = 300,
    alone: bool = False,
) -> subprocess.CompletedProcess[str]:
    """Run `verbund …` as an operator would, with the owner's login, on that database.

    ``alone`` starts it by itself, so that the machine's list of processes shows its arguments and environment.
    """
    environment = {name: value for name, value in os.environ.items() if not name.startswith("VERBUND_")}
    environment |= services.cli | {
        "VERBUND_DB_NAME": database,
        "DJANGO_SETTINGS_MODULE": "verbund.config.settings.test",
        **(extra or {}),
    }
    if alone:
        command = [sys.executable, "-m", "verbund.config.cli", *arguments]
        return subprocess.run(
            command, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=seconds, check=False
        )
    return prepared.run("-m", "verbund.config.cli", *arguments, environment=environment, seconds=seconds)
