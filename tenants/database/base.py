# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every statement runs with the role and path of what is entered, or not at all.

There is no flag that remembers what was set: a rollback takes a SET back without telling the client.
PostgreSQL 18 reports the search path after each change, so the reported value is compared at every execute.
Older servers do not report it; there every statement switches (slower, still safe).
"""

from __future__ import annotations

import select
from typing import Any

import psycopg
from django.apps import apps
from django.db.backends.postgresql.base import DatabaseWrapper as PostgresWrapper
from django.db.backends.utils import CursorDebugWrapper, CursorWrapper
from django_tenants.postgresql_backend.base import DatabaseWrapper as TenantsWrapper
from psycopg import pq
from psycopg.pq.abc import PGconn, PGresult

from tenants.database import server, targets
from tenants.database.errors import NoTenant, SwitchFailed
from tenants.database.introspection import CurrentSchemaIntrospection
from tenants.database.schema_editor import SchemaEditor
from verbund.kernel import context
from verbund.kernel.context import Scope, current_or_none
from verbund.vault.logins import passwords
from verbund.vault.references import resolve


class _InScope:
    """Goes into the entered scope right before anything is sent: not when the cursor is made, it may be kept."""

    db: DatabaseWrapper
    cursor: Any

    def _execute(self, sql: Any, params: Any, *ignored: Any) -> Any:
        """Django's own, with the comparison that every statement needs and without what it does for nothing."""
        db, cursor = self.db, self.cursor
        if not db.is_in_scope(cursor):
            db.ensure_scope(cursor)
        if db.needs_rollback or not apps.ready:
            return super()._execute(sql, params, *ignored)  # type: ignore[misc]
        try:
            return cursor.execute(sql) if params is None else cursor.execute(sql, params)
        except Exception:
            with db.wrap_database_errors:
                raise

    def _executemany(self, sql: Any, param_list: Any, *ignored: Any) -> Any:
        self.db.ensure_scope(self.cursor)
        return super()._executemany(sql, param_list, *ignored)  # type: ignore[misc]

    def callproc(self, procname: str, params: Any = None, kparams: Any = None) -> Any:
        self.db.ensure_scope(self.cursor)
        return super().callproc(procname, params, kparams)  # type: ignore[misc]

    def copy(self, *arguments: Any, **options: Any) -> Any:
        self.db.ensure_scope(self.cursor)
        return self.cursor.copy(*arguments, **options)

    def stream(self, *arguments: Any, **options: Any) -> Any:
        self.db.ensure_scope(self.cursor)
        return self.cursor.stream(*arguments, **options)


class ScopedCursor(_InScope, CursorWrapper):
    db: DatabaseWrapper


class ScopedDebugCursor(_InScope, CursorDebugWrapper):
    db: DatabaseWrapper


class DatabaseWrapper(TenantsWrapper):  # type: ignore[misc]
    """django-tenants' wrapper with the tenant taken from the context and everything that could leak replaced."""

    SchemaEditorClass = SchemaEditor

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # django-tenants' own initialiser would go to the public schema; ours has no default at all.
        super(TenantsWrapper, self).__init__(*args, **kwargs)
        self.introspection = CurrentSchemaIntrospection(self)
        self._last: tuple[Scope | None, bytes] = (None, b"")

    # -- what django-tenants keeps as attributes is derived here --------------------------------

    @property
    def tenant(self) -> Any:
        return context.current_or_none()

    @property
    def schema_name(self) -> str:
        """The schema at work. Read by django-tenants' router when migrating."""
        return targets.wanted().schema

    def set_tenant(self, tenant: Any, include_public: bool = True) -> None:  # noqa: ARG002, FBT001, FBT002 (their signature)
        raise NoTenant("Kommunen werden mit verbund.kernel.context.enter betreten.")

    def set_schema_to_public(self) -> None:
        raise NoTenant("Es gibt keinen Rückfall auf ein gemeinsames Schema.")

    # -- connecting ----------------------------------------------------------------------------

    def get_connection_params(self) -> dict[str, Any]:
        """Django's parameters with the password's reference resolved; the password is never in the settings."""
        parameters: dict[str, Any] = super().get_connection_params()
        password = parameters.get("password") or ""
        if password.startswith("vault:"):
            parameters["password"] = resolve(password)
        return parameters

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Connect to a server we are safe on.

        Raises:
            UnsafeServer: before anything was read or written.
        """
        connection, used = self._connected(conn_params)
        try:
            server.ensure_safe(connection, lambda: psycopg.connect(**used))
        except BaseException:
            connection.close()
            raise
        return connection

    def _connected(self, parameters: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
        """A connection and the parameters that made it: while the password is being changed, Vault names several."""
        reference = self.settings_dict["PASSWORD"] or ""
        if not reference.startswith("vault:"):
            return super().get_new_connection(parameters), parameters
        for password in passwords(reference, first=parameters["password"]):
            used = parameters | {"password": password}
            try:
                return super().get_new_connection(used), used
            except psycopg.OperationalError as error:
                if "password authentication failed" not in str(error):
                    raise
                refusal = error
        raise refusal

    # -- switching -----------------------------------------------------------------------------

    def is_in_scope(self, cursor: Any) -> bool:
        """Whether PostgreSQL reports the path of what is entered, which is the same as at the last statement.

        False says nothing but that somebody has to look closer. What is entered is compared as an object: it
        never changes, and is held here, so that no other can take its place.
        """
        scope, path = self._last
        connection = self.connection
        return (
            scope is not None
            and current_or_none() is scope
            and cursor.connection is connection
            and connection.pgconn.parameter_status(b"search_path") == path
        )

    def ensure_scope(self, cursor: Any) -> None:
        """Set role and path when they are not already what the entered scope wants.

        Raises:
            NoTenant: nothing is entered.
            SwitchFailed: the server refused or answered with another role or schema, or the cursor is of an
                earlier connection, which is no longer ours to switch.
        """
        target = targets.wanted()
        connection = self.connection
        if connection is None:
            self.ensure_connection()
            connection = self.connection
        if cursor.connection is not connection:
            raise SwitchFailed("Der Cursor gehört zu einer Verbindung, die schon geschlossen ist.")
        if connection.pgconn.parameter_status(b"search_path") != target.reported_path:
            self._switch(connection, target)
        self._last = (current_or_none(), target.reported_path)

    def is_usable(self) -> bool:
        """Whether the connection answers; what it is asked is to be in the entered scope.

        Django's health check at the first statement of a request costs a round trip. Here that trip is the switch
        where one is due. Where the municipality is the same as before, the socket is looked at instead: a server
        that has ended the connection has closed it or said so, and whoever is silent is asked nothing.
        """
        target = targets.wanted_or_none()
        connection = self.connection
        if connection is None or target is None:
            return bool(super().is_usable())
        try:
            due = connection.pgconn.parameter_status(b"search_path") != target.reported_path
            if not due and _is_silent(connection.pgconn):
                return True
            if _arrived(connection.pgconn.exec_(target.statement if due else targets.PROOF), target):
                return True
        except psycopg.Error:
            return False
        # Not what it should be: it must not serve again, also not from a pool.
        connection.close()
        return False

    def _switch(self, connection: Any, target: targets.Target) -> None:
        result = connection.pgconn.exec_(target.statement)
        if _arrived(result, target):
            return
        reason = (result.error_message or b"").decode(errors="replace").strip()
        # The driver's connection first: with a pool, Django's close() would only hand it back as it is.
        connection.close()
        self.close()
        raise SwitchFailed(
            f"Wechsel nach {target.schema} abgelehnt: {reason or 'Rolle oder Pfad stimmen nicht'}"
        )

    def close(self) -> None:
        super(TenantsWrapper, self).close()

    def rollback(self) -> None:
        super(TenantsWrapper, self).rollback()

    def savepoint_rollback(self, sid: str) -> None:
        super(TenantsWrapper, self).savepoint_rollback(sid)

    _cursor = PostgresWrapper._cursor  # type: ignore[attr-defined]  # noqa: SLF001 (past django-tenants' own)

    def make_cursor(self, cursor: Any) -> CursorWrapper:
        return ScopedCursor(cursor, self)

    def make_debug_cursor(self, cursor: Any) -> CursorDebugWrapper:
        return ScopedDebugCursor(cursor, self)

    # -- transaction control never switches: in an aborted transaction it could not --------------

    def _run_raw(self, sql: str) -> None:
        with self.wrap_database_errors:
            self.connection.execute(sql)

    def _savepoint(self, sid: str) -> None:
        self._run_raw(self.ops.savepoint_create_sql(sid))

    def _savepoint_rollback(self, sid: str) -> None:
        self._run_raw(self.ops.savepoint_rollback_sql(sid))

    def _savepoint_commit(self, sid: str) -> None:
        self._run_raw(self.ops.savepoint_commit_sql(sid))

    def check_constraints(self, table_names: Any = None) -> None:  # noqa: ARG002 (Django's signature)
        self._run_raw("SET CONSTRAINTS ALL IMMEDIATE")
        self._run_raw("SET CONSTRAINTS ALL DEFERRED")


def _is_silent(pgconn: PGconn) -> bool:
    """Whether the connection stands and nothing lies unread in it. Costs no round trip."""
    if pgconn.status != pq.ConnStatus.OK:
        return False
    poll = select.poll()
    poll.register(pgconn.socket, select.POLLIN)
    return not poll.poll(0)


def _arrived(result: PGresult, target: targets.Target) -> bool:
    """Whether the server has answered with the schema and role that are wanted."""
    return (
        result.status == pq.ExecStatus.TUPLES_OK
        and result.get_value(0, 0) == target.schema.encode()
        and result.get_value(0, 1) == target.user.encode()
    )
