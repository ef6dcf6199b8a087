# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What each database role can do elsewhere: nothing. Tried in SQL, past all of the application."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection
from psycopg import sql

from verbund.proof.ledger import Ledger
from verbund.proof.stages import Party
from verbund.vault.references import resolve

RIGHTS, TABLES, STATEMENTS, OWN = ("sql.rights", "sql.tables", "sql.statements", "sql.own")
_DENIED = "42501"
_LOGIN = "verbund_app"
_ON_EVERY_TABLE = (
    "SELECT * FROM {} LIMIT 1",
    "INSERT INTO {} DEFAULT VALUES",
    "DELETE FROM {}",
    "TRUNCATE {}",
    "COPY {} TO STDOUT",
)
# As a role of one scope; {other} is another one's schema, {owner} the owner of all tables.
_ANYWHERE = (
    "CREATE TABLE {other}.mine (id int)",
    "CREATE TABLE mine (id int)",
    "CREATE TEMP TABLE mine (id int)",
    "CREATE VIEW mine AS SELECT 1",
    "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE SCHEMA mine",
    "CREATE ROLE mine",
    "CREATE EXTENSION dblink",
    "ALTER ROLE {other} LOGIN",
    "GRANT {other} TO {own}",
    "SET ROLE {owner}",
    "SET SESSION AUTHORIZATION {owner}",
    "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
    "TRUNCATE audit_entry CASCADE",
    "DELETE FROM audit_entry",
    "UPDATE audit_entry SET action = 'x'",
    "DELETE FROM audit_seal",
    "DROP TABLE audit_entry",
    "ALTER SCHEMA {own} RENAME TO mine",
    "DROP SCHEMA {other} CASCADE",
    "SELECT * FROM pg_authid",
    "SELECT pg_read_file('postgresql.conf')",
    "SELECT pg_ls_dir('.')",
    "COPY (SELECT 1) TO PROGRAM 'true'",
    "COPY (SELECT 1) TO '/dev/null'",
    "SELECT nextval('{other}.django_migrations_id_seq')",
    "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} GRANT SELECT ON TABLES TO {own}",
)


def try_statements(parties: tuple[Party, ...], ledger: Ledger) -> None:
    """The catalogue says nobody may; then it is tried."""
    with _connected() as session:
        _ask_catalogue(session, ledger)
        for party in parties:
            _own_table_is_readable(session, party, ledger)
            _outside_transactions(session, party, ledger)
            for other in parties:
                if other is not party:
                    _try_tables(session, party, other, ledger)
                    _try_anywhere(session, party, other, ledger)
                    _try_large_objects(session, party, other, ledger)
        _try_without_role(session, parties, ledger)


@contextmanager
def _connected() -> Iterator[psycopg.Connection[Any]]:
    """A connection with the application's login that none of our code guards."""
    database = settings.DATABASES["default"]
    with psycopg.connect(
        host=database["HOST"],
        port=database["PORT"],
        dbname=database["NAME"],
        user=_LOGIN,
        password=resolve("vault:association/db#app_password"),
        autocommit=True,
    ) as session:
        yield session


def _ask_catalogue(session: psycopg.Connection[Any], ledger: Ledger) -> None:
    """No role of any scope holds any right on a table, sequence or schema of another, on the whole installation."""
    rows = session.execute(
        """
        WITH scopes AS (SELECT oid, rolname FROM pg_roles WHERE rolname ~ '^m_[0-9]+$' OR rolname IN ('association', %s)),
             things AS (SELECT c.oid, c.relname, c.relkind, n.nspname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                        WHERE (n.nspname ~ '^m_[0-9]+$' OR n.nspname = 'association') AND c.relkind IN ('r', 'p', 'v', 'm', 'S'))
        SELECT count(*), array_remove(array_agg(DISTINCT CASE WHEN held THEN rolname || ' an ' || nspname || '.' || relname END), NULL)
        FROM (SELECT s.rolname, t.nspname, t.relname,
                     CASE WHEN t.relkind = 'S' THEN has_sequence_privilege(s.oid, t.oid, 'USAGE,SELECT,UPDATE')
                          ELSE has_table_privilege(s.oid, t.oid, 'SELECT,INSERT,UPDATE,DELETE,TRUNCATE,REFERENCES,TRIGGER') END AS held
              FROM scopes s CROSS JOIN things t WHERE s.rolname <> t.nspname) AS asked
        """,
        [_LOGIN],
    ).fetchone()
    count, held = rows or (0, [])
    ledger.held(RIGHTS, int(count))
    for name in (held or [])[:20]:
        ledger.failed(RIGHTS, name, "hat ein Recht dort")
    members = session.execute(
        """
        SELECT g.rolname, m.rolname FROM pg_auth_members a JOIN pg_roles g ON g.oid = a.roleid JOIN pg_roles m ON m.oid = a.member
        WHERE (g.rolname ~ '^m_[0-9]+$' OR g.rolname = 'association')
          AND (m.rolname ~ '^m_[0-9]+$' OR m.rolname = 'association' OR (m.rolname = %s AND a.inherit_option))
        """,
        [_LOGIN],
    ).fetchall()
    ledger.expect(RIGHTS, "Mitgliedschaften", str(members), ok=not members)
    attributes = session.execute(
        "SELECT rolname FROM pg_roles WHERE (rolname ~ '^m_[0-9]+$' OR rolname IN ('association', %s))"
        " AND (rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls OR rolreplication OR (rolcanlogin AND rolname <> %s))",
        [_LOGIN, _LOGIN],
    ).fetchall()
    ledger.expect(RIGHTS, "Eigenschaften der Rollen", str(attributes), ok=not attributes)


def _own_table_is_readable(session: psycopg.Connection[Any], party: Party, ledger: Ledger) -> None:
    """Without it, every refusal below might have another reason."""
    _become(session, party)
    try:
        session.execute("SELECT count(*) FROM django_migrations")
    except psycopg.Error as error:
        ledger.failed(OWN, party.key, str(error))
    else:
        ledger.succeeded(OWN)


def _become(session: psycopg.Connection[Any], party: Party) -> None:
    key = sql.Identifier(party.key)
    session.execute(sql.SQL("SET ROLE {}; SET search_path TO {}, ext").format(key, key))


def _refused(session: psycopg.Connection[Any], statement: Any) -> str:
    """Empty when the server refused for want of a right; else what happened instead."""
    try:
        with session.transaction(force_rollback=True):
            session.execute(statement)
    except psycopg.Error as error:
        return "" if error.sqlstate == _DENIED else f"{error.sqlstate} {error}".strip()
    return "wurde ausgeführt"


def _try_tables(session: psycopg.Connection[Any], party: Party, other: Party, ledger: Ledger) -> None:
    with other.enter(), connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
        tables = [name for (name,) in cursor.fetchall()]
    _become(session, party)
    for table in tables:
        for statement in _ON_EVERY_TABLE:
            seen = _refused(session, sql.SQL(statement).format(sql.Identifier(other.key, table)))
            ledger.expect(
                TABLES, f"{party.key}: {statement.format(f'{other.key}.{table}')}", seen, ok=not seen
            )


def _try_anywhere(session: psycopg.Connection[Any], party: Party, other: Party, ledger: Ledger) -> None:
    _become(session, party)
    for statement in _ANYWHERE:
        written = statement.format(own=party.key, other=other.key, owner="verbund_owner")
        seen = _refused(session, written)
        # A role that is no superuser is told so in other words, but is refused all the same.
        refused = not seen or "permission denied" in seen or "must be" in seen
        ledger.expect(STATEMENTS, f"{party.key}: {written}", seen, ok=refused)


def _outside_transactions(session: psycopg.Connection[Any], party: Party, ledger: Ledger) -> None:
    """What PostgreSQL takes only alone; a refusal leaves nothing to be taken back."""
    _become(session, party)
    for statement in ("CREATE DATABASE mine", "ALTER SYSTEM SET work_mem = '1GB'"):
        try:
            session.execute(statement)
        except psycopg.Error as error:
            ledger.expect(STATEMENTS, f"{party.key}: {statement}", str(error), ok=error.sqlstate == _DENIED)
        else:
            ledger.failed(STATEMENTS, f"{party.key}: {statement}", "wurde ausgeführt")


def _try_large_objects(session: psycopg.Connection[Any], party: Party, other: Party, ledger: Ledger) -> None:
    """They lie in no schema, so only their owner guards them."""
    _become(session, other)
    try:
        with session.transaction(force_rollback=True):
            row = session.execute("SELECT lo_from_bytea(0, 'geheim')").fetchone()
            made = int(row[0]) if row else 0
            _become(session, party)
            try:
                session.execute("SELECT lo_get(%s)", [made])
            except psycopg.Error as error:
                refused = error.sqlstate == _DENIED
                ledger.expect(STATEMENTS, f"{party.key}: lo_get von {other.key}", str(error), ok=refused)
            else:
                ledger.failed(STATEMENTS, f"{party.key}: lo_get von {other.key}", "wurde gelesen")
    except psycopg.Error as error:
        ledger.expect(STATEMENTS, f"{other.key}: lo_from_bytea", str(error), ok=error.sqlstate == _DENIED)


def _try_without_role(session: psycopg.Connection[Any], parties: tuple[Party, ...], ledger: Ledger) -> None:
    session.execute("RESET ROLE")
    for party in parties:
        name = sql.Identifier(party.key, "django_migrations")
        for statement in _ON_EVERY_TABLE:
            seen = _refused(session, sql.SQL(statement).format(name))
            ledger.expect(TABLES, f"ohne Rolle: {statement.format(party.key)}", seen, ok=not seen)
