# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Roles, schemas and rights; run by the owner of the database, never by the application."""

from __future__ import annotations

from django.db import connection, transaction
from psycopg import sql

from tenants.database.targets import EXTENSIONS, as_owner
from verbund.kernel.context import ASSOCIATION
from verbund.kernel.errors import Unavailable

APPLICATION_LOGIN = "verbund_app"
# Outside of any schema of ours: where roles and schemas themselves are made.
NOWHERE = "pg_catalog"
_NEEDED = ("pg_trgm",)


def prepare_database() -> None:
    """Make what stands beside the municipalities: the extension schema and the association's. Idempotent."""
    with as_owner(NOWHERE), connection.cursor() as cursor:
        cursor.execute(_render("CREATE SCHEMA IF NOT EXISTS {}", EXTENSIONS))
        # For all at once: two grants on one schema at the same moment do not wait for each other, one fails.
        cursor.execute(_render("GRANT USAGE ON SCHEMA {} TO PUBLIC", EXTENSIONS))
        _make_extensions()
        make_schema(ASSOCIATION.key)


def _make_extensions() -> None:
    """PostgreSQL trusts the owner of a database with these; the server's package of additions has to be there."""
    with connection.cursor() as cursor:
        for name in _NEEDED:
            cursor.execute("SELECT FROM pg_extension WHERE extname = %s", [name])
            if cursor.fetchone() is not None:
                continue
            cursor.execute("SELECT FROM pg_available_extensions WHERE name = %s", [name])
            if cursor.fetchone() is None:
                raise Unavailable(
                    f"Dem Datenbankserver fehlt die Erweiterung {name}. Abhilfe: das Paket postgresql-contrib"
                    " (oder gleichen Inhalts) auf dem Datenbankserver installieren, dann verbund migrate."
                )
            cursor.execute(_render("CREATE EXTENSION IF NOT EXISTS {} SCHEMA {}", name, EXTENSIONS))


def make_schema(key: str, *, with_defaults: bool = True, for_application: bool = True) -> None:
    """Make a role and a schema of that name with the rights of a member; the owner must be entered. Idempotent.

    The role is NOLOGIN; the application may switch to it but inherits nothing from it; where the schema is
    nobody's (``for_application`` is off), it may not even switch. Tables made later
    in the schema are the role's to read and write, their structure stays the owner's; a replayed dump brings
    these defaults itself, after its tables: set before, they would give back what a migration has revoked.
    """
    with connection.cursor() as cursor:
        if not role_exists(key):
            cursor.execute(_render("CREATE ROLE {} NOLOGIN NOINHERIT", key))
        if for_application:
            cursor.execute(_render("GRANT {} TO {} WITH INHERIT FALSE, SET TRUE", key, APPLICATION_LOGIN))
        cursor.execute(_render("GRANT {} TO CURRENT_USER WITH INHERIT FALSE, SET TRUE", key))
        cursor.execute(_render("CREATE SCHEMA IF NOT EXISTS {}", key))
        cursor.execute(_render("GRANT USAGE ON SCHEMA {} TO {}", key, key))
        if not with_defaults:
            return
        cursor.execute(
            _render(
                "ALTER DEFAULT PRIVILEGES IN SCHEMA {} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {}",
                key,
                key,
            )
        )
        cursor.execute(
            _render("ALTER DEFAULT PRIVILEGES IN SCHEMA {} GRANT USAGE ON SEQUENCES TO {}", key, key)
        )


def hand_over(spare: str, key: str) -> None:
    """Make a nobody's schema and role a member's; the owner must be entered.

    Rights and defaults hold on to the two themselves, not to their names: nothing has to be granted again.
    """
    with connection.cursor() as cursor:
        cursor.execute(_render("ALTER SCHEMA {} RENAME TO {}", spare, key))
        cursor.execute(_render("ALTER ROLE {} RENAME TO {}", spare, key))
        cursor.execute(_render("GRANT {} TO {} WITH INHERIT FALSE, SET TRUE", key, APPLICATION_LOGIN))


def drop_schema(key: str) -> None:
    """Remove a schema with everything in it; the owner must be entered. Idempotent."""
    with connection.cursor() as cursor:
        cursor.execute(_render("DROP SCHEMA IF EXISTS {} CASCADE", key))


def drop_role(key: str) -> None:
    """Remove a role whose schema is gone; the owner must be entered. Idempotent.

    Roles belong to the server: one that another of its databases still uses stays, without rights here.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT oid FROM pg_roles WHERE rolname = %s", [key])
        row = cursor.fetchone()
        if row is None:
            return
        cursor.execute(
            "SELECT FROM pg_namespace, aclexplode(nspacl) WHERE nspname = %s AND grantee = %s",
            [EXTENSIONS, row[0]],
        )
        if cursor.fetchone() is not None:  # as older versions granted it
            cursor.execute(_render("REVOKE ALL ON SCHEMA {} FROM {}", EXTENSIONS, key))
        cursor.execute(
            "SELECT count(*) FROM pg_shdepend WHERE refclassid = 'pg_authid'::regclass AND refobjid = %s", row
        )
        dependants = cursor.fetchone()
        if dependants == (0,):
            cursor.execute(_render("DROP ROLE {}", key))


def aside_name(key: str) -> str:
    """What the schema of a member that has left is called until it is dropped."""
    return f"zz_{key}"


def replaced_name(key: str) -> str:
    """What a member's schema is called while an earlier day is put in its place."""
    return f"zy_{key}"


def put_aside(key: str, name: str = "") -> None:
    """Take every right on a schema from its role and rename the schema. Idempotent."""
    with as_owner(NOWHERE), transaction.atomic(), connection.cursor() as cursor:
        if schema_exists(key):
            cursor.execute(_render("REVOKE ALL ON SCHEMA {} FROM {}", key, key))
            cursor.execute(_render("ALTER SCHEMA {} RENAME TO {}", key, name or aside_name(key)))


def is_replaced(key: str) -> bool:
    """Whether the schema that stood before is put aside, to be dropped or put back."""
    with as_owner(NOWHERE):
        return schema_exists(replaced_name(key))


def all_replaced() -> list[str]:
    """Keys of the members whose former schema lies beside the one that stands, or is to come."""
    with as_owner(NOWHERE), connection.cursor() as cursor:
        cursor.execute("SELECT substr(nspname, 4) FROM pg_namespace WHERE starts_with(nspname, 'zy_m_')")
        return [str(name) for (name,) in cursor.fetchall()]


def put_back(key: str) -> None:
    """Drop what was to come in its place, and give the schema that stood before its name and rights again. Idempotent."""
    with as_owner(NOWHERE), transaction.atomic(), connection.cursor() as cursor:
        if schema_exists(replaced_name(key)):
            drop_schema(key)
            cursor.execute(_render("ALTER SCHEMA {} RENAME TO {}", replaced_name(key), key))
            cursor.execute(_render("GRANT USAGE ON SCHEMA {} TO {}", key, key))


def drop_replaced(key: str) -> None:
    """Drop the schema that stood before; its role works on. Idempotent."""
    with as_owner(NOWHERE), transaction.atomic():
        drop_schema(replaced_name(key))


def is_aside(key: str) -> bool:
    """Whether nobody but the owner reaches the data any more."""
    with as_owner(NOWHERE):
        return schema_exists(aside_name(key)) and not schema_exists(key)


def drop_aside(key: str) -> None:
    """Drop what was put aside, and its role. Idempotent."""
    with as_owner(NOWHERE), transaction.atomic():
        drop_schema(aside_name(key))
        drop_schema(replaced_name(key))
        drop_role(key)


def left_of(key: str) -> list[str]:
    """Names of schemas and roles of a member that are still there.

    Roles belong to the server: one that only another of its databases uses is nothing of ours.
    """
    with as_owner(NOWHERE), connection.cursor() as cursor:
        schemas = [name for name in (key, aside_name(key), replaced_name(key)) if schema_exists(name)]
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM pg_roles r WHERE r.rolname = %s AND NOT EXISTS ("
            " SELECT 1 FROM pg_shdepend d JOIN pg_database b ON b.oid = d.dbid"
            " WHERE d.refobjid = r.oid AND b.datname <> current_database()))",
            [key],
        )
        role = cursor.fetchone()
        return [*schemas, *([f"role {key}"] if role == (True,) else [])]


def schema_exists(key: str) -> bool:
    """Whether there is a schema of that name; the owner must be entered."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regnamespace(%s) IS NOT NULL", [key])
        row = cursor.fetchone()
        return bool(row and row[0])


def role_exists(key: str) -> bool:
    """Whether the server has a role of that name, of this database or of another; the owner must be entered."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regrole(%s) IS NOT NULL", [key])
        row = cursor.fetchone()
        return bool(row and row[0])


def _render(statement: str, *names: str) -> str:
    return sql.SQL(statement).format(*map(sql.Identifier, names)).as_string(None)
