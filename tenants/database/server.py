# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Refuses a database server on which municipalities would not be safe from each other, with one clear sentence.

Role and path belong to PostgreSQL's session. A pooler that hands a session to somebody else between two transactions
would hand both on with it, and no comparison on our side could tell. Such a pooler is recognised by what it does:
a direct connection is always served by the process it was told of when it connected.
"""

from __future__ import annotations

import select
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import structlog
from psycopg import pq

from verbund.kernel.errors import DomainError

OLDEST, BEST = 16, 18
LEAST_LOCKS = 512
_FACTS = b"SELECT current_setting('server_version_num'), current_setting('max_locks_per_transaction'), pg_backend_pid()"
_WHO = b"SELECT pg_backend_pid()"
_ROUNDS = 5
_ANSWER_SECONDS = 5.0
log = structlog.get_logger()
Connect = Callable[[], psycopg.Connection[Any]]


class UnsafeServer(DomainError):
    """This server, or what stands before it, is not one we are safe on; nothing was read or written."""

    code = "unsafe_server"
    status = 503


class _Once:
    """What this process has found out already."""

    has_warned = False
    is_pooler_proven = False
    lock = threading.Lock()


def ensure_safe(connection: psycopg.Connection[Any], connect: Connect) -> None:
    """Look at a new connection before it is used: one round trip; a pooler is tried out once in a process.

    Raises:
        UnsafeServer: too old, too few locks, or a pooler that shares sessions.
    """
    if _is_direct(connection) or _Once.is_pooler_proven:
        return
    with _Once.lock:
        if not _Once.is_pooler_proven:
            refuse_shared_sessions(connection, connect)
            _Once.is_pooler_proven = True


def check_again(connection: psycopg.Connection[Any], connect: Connect) -> None:
    """The same without remembering: for whoever asks whether we are ready.

    Raises:
        UnsafeServer: too old, too few locks, or a pooler that shares sessions.
    """
    if not _is_direct(connection):
        refuse_shared_sessions(connection, connect)


def _is_direct(connection: psycopg.Connection[Any]) -> bool:
    """Whether PostgreSQL itself answers, after its version and its locks were found sufficient."""
    result = connection.pgconn.exec_(_FACTS)
    if result.status != pq.ExecStatus.TUPLES_OK:
        reason = (result.error_message or b"").decode(errors="replace").strip()
        raise psycopg.OperationalError(reason)
    version, locks, process = (int(result.get_value(0, column) or 0) for column in range(3))
    judge(version // 10_000, locks)
    return process == connection.pgconn.backend_pid


def serves_through_pooler(connection: psycopg.Connection[Any]) -> bool:
    """Whether another process answers than the one this connection was told of."""
    return _process(connection) != connection.pgconn.backend_pid


def judge(version: int, locks: int) -> None:
    """Refuse what cannot hold our promise; note once where it is held at a price.

    Raises:
        UnsafeServer: with the way out.
    """
    if version < OLDEST:
        raise UnsafeServer(
            f"PostgreSQL {version} ist zu alt: Rollen ohne geerbte Rechte gibt es ab {OLDEST}. "
            f"Abhilfe: PostgreSQL {BEST} verwenden."
        )
    if locks < LEAST_LOCKS:
        raise UnsafeServer(
            f"max_locks_per_transaction ist {locks}, gebraucht werden mindestens {LEAST_LOCKS}. "
            "Abhilfe: in postgresql.conf setzen und PostgreSQL neu starten."
        )
    if version < BEST and not _Once.has_warned:
        _Once.has_warned = True
        log.warning("tenants.path_is_not_reported", version=version, effect="every statement switches")


def refuse_shared_sessions(connection: psycopg.Connection[Any], connect: Connect) -> None:
    """Try whether two connections keep a session each while they take turns, also within a transaction.

    Raises:
        UnsafeServer: they do not, or a second one gets no answer.
    """
    with _closing(connect()) as second:
        ours, theirs = _process(connection), None
        for _round in range(_ROUNDS):
            _run(second, b"BEGIN")
            found = _process(second)
            if found == ours or theirs not in {None, found} or _process(connection) != ours:
                raise UnsafeServer(
                    "Vor PostgreSQL steht ein Pooler, der Sitzungen teilt (transaction oder statement pooling). "
                    "Kommunen würden einander lesen. Abhilfe: pool_mode = session, oder direkt verbinden."
                )
            theirs = found
            _run(second, b"COMMIT")


def _process(connection: psycopg.Connection[Any]) -> int:
    return int(_run(connection, _WHO).get_value(0, 0) or 0)


def _run(connection: psycopg.Connection[Any], statement: bytes) -> pq.abc.PGresult:
    """One statement that gets its answer within seconds: a pooler lets us wait for minutes when its pool is empty."""
    wire = connection.pgconn
    wire.send_query(statement)
    while wire.is_busy():
        if not select.select([wire.socket], [], [], _ANSWER_SECONDS)[0]:
            raise UnsafeServer(
                "Der Pooler vor PostgreSQL hat keine zweite Sitzung frei. Abhilfe: pool_size erhöhen, oder direkt verbinden."
            )
        wire.consume_input()
    result = wire.get_result()
    while wire.get_result() is not None:
        pass
    if result is None or result.status not in {pq.ExecStatus.TUPLES_OK, pq.ExecStatus.COMMAND_OK}:
        raise UnsafeServer(
            "Der Pooler vor PostgreSQL nimmt keine Transaktion an (statement pooling). "
            "Abhilfe: pool_mode = session, oder direkt verbinden."
        )
    return result


@contextmanager
def _closing(connection: psycopg.Connection[Any]) -> Iterator[psycopg.Connection[Any]]:
    try:
        yield connection
    finally:
        connection.close()
