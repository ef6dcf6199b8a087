# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The two logins and the database of the platform; made again as often as needed, to the same result."""

from __future__ import annotations

from contextlib import closing
from typing import Final

import psycopg
from psycopg import sql

from verbund.embedded.ports import HOST

OWNER: Final = "verbund_owner"
APP: Final = "verbund_app"
DATABASE: Final = "verbund"

_OWNER_RIGHTS: Final = "LOGIN CREATEROLE NOSUPERUSER NOCREATEDB NOREPLICATION NOBYPASSRLS"
_APP_RIGHTS: Final = "LOGIN NOINHERIT NOCREATEROLE NOSUPERUSER NOCREATEDB NOREPLICATION NOBYPASSRLS"

_MAKES_LARGE_OBJECTS: Final = (
    "pg_catalog.lo_creat(integer)",
    "pg_catalog.lo_create(oid)",
    "pg_catalog.lo_from_bytea(oid, bytea)",
)


def prepare_roles(superuser: str, *, port: int, owner_password: str, app_password: str) -> None:
    """Make owner and application login with these passwords; what is right already stays untouched."""
    with closing(psycopg.connect(superuser, autocommit=True)) as connection:
        for role, rights, password in (
            (OWNER, _OWNER_RIGHTS, owner_password),
            (APP, _APP_RIGHTS, app_password),
        ):
            found = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
            if not found:
                connection.execute(sql.SQL("CREATE ROLE {}").format(sql.Identifier(role)))
            connection.execute(sql.SQL("ALTER ROLE {} " + rights).format(sql.Identifier(role)))
            if not found or not _opens(role, password, port=port):
                _set_password(connection, role, password)
        # Otherwise the owner could not act as the roles it makes for the municipalities.
        connection.execute(f"ALTER ROLE {OWNER} SET createrole_self_grant = 'set'")
        for database in ("postgres", "template1"):
            connection.execute(f"REVOKE ALL ON DATABASE {database} FROM PUBLIC")


def prepare_database(superuser: str, *, name: str = DATABASE) -> None:
    """Make a database of the owner that the application may only connect to.

    Also for the databases of tests: several may stand beside each other in one server.
    """
    database = sql.Identifier(name)
    with closing(psycopg.connect(superuser, autocommit=True)) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            connection.execute(
                sql.SQL(
                    "CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8'"
                    " LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C.UTF-8'"
                ).format(database, sql.Identifier(OWNER))
            )
        connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
        connection.execute(
            sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, sql.Identifier(APP))
        )
    with closing(psycopg.connect(superuser, dbname=name, autocommit=True)) as connection:
        connection.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
        forbid_large_objects(connection)


def forbid_large_objects(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    """Nobody but a superuser makes large objects: they stand in no schema, so they would be no municipality's."""
    for function in _MAKES_LARGE_OBJECTS:
        connection.execute(sql.SQL("REVOKE EXECUTE ON FUNCTION {} FROM PUBLIC").format(sql.SQL(function)))


def _opens(role: str, password: str, *, port: int) -> bool:
    """Tell whether a role signs in with a password: refused for the password or for the database differ."""
    try:
        psycopg.connect(
            host=HOST, port=port, user=role, password=password, dbname=DATABASE, connect_timeout=5
        ).close()
    except psycopg.OperationalError as error:
        return "password authentication failed" not in str(error)
    return True


def _set_password(connection: psycopg.Connection[tuple[object, ...]], role: str, password: str) -> None:
    # Hashed on this side, so that the clear text is in no statement, activity view or log.
    verifier = connection.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256").decode()
    connection.execute(
        sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(role), sql.Literal(verifier))
    )
