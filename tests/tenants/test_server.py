# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The platform runs only on a server on which municipalities are safe from each other."""

from __future__ import annotations

import threading

import psycopg
import pytest
from django.db import connection

from tenants import readiness
from tenants.database import server
from tenants.database.server import UnsafeServer
from tests.harness import pooler
from verbund.kernel import context
from verbund.vault.references import resolve


@pytest.fixture(autouse=True)
def _forgetful(monkeypatch):
    monkeypatch.setattr(server._Once, "is_pooler_proven", False)
    monkeypatch.setattr(server._Once, "has_warned", True)


@pytest.fixture
def through(services, db):
    """Opens the way in through a pooler of a mode and a size."""
    if pooler.program() is None:
        pytest.skip("missing: PgBouncer (apt-get install pgbouncer)")
    passwords = {"verbund_app": resolve("vault:association/db#app_password")}
    return lambda mode, size: pooler.pooled(
        services, modes={"verbund_app": mode}, size=size, passwords=passwords
    )


def parameters(port: int) -> dict[str, object]:
    return {
        "host": "127.0.0.1",
        "port": port,
        "user": "verbund_app",
        "password": resolve("vault:association/db#app_password"),
        "dbname": connection.settings_dict["NAME"],
    }


@pytest.mark.parametrize(
    ("version", "locks", "said"),
    [(15, 512, "PostgreSQL 15 ist zu alt"), (18, 64, "max_locks_per_transaction ist 64")],
)
def test_unsafe_server_is_refused_with_the_way_out(version, locks, said):
    with pytest.raises(UnsafeServer, match=said) as refused:
        server.judge(version, locks)

    assert "Abhilfe" in refused.value.message


@pytest.mark.parametrize("version", [16, 17, 18])
def test_safe_server_is_taken(version):
    server.judge(version, 512)


def test_direct_connection_needs_no_second_one(db):
    def never() -> None:
        raise AssertionError("a second connection was opened")

    with psycopg.connect(**connection.get_connection_params()) as direct:
        server.ensure_safe(direct, never)


@pytest.mark.pooler
@pytest.mark.parametrize(("mode", "size"), [("transaction", 1), ("transaction", 5), ("statement", 5)])
def test_pooler_that_shares_sessions_is_refused(mode, size, through):
    with (
        through(mode, size) as port,
        psycopg.connect(**parameters(port)) as first,
        pytest.raises(UnsafeServer, match="pool_mode = session"),
    ):
        server.ensure_safe(first, lambda: psycopg.connect(**parameters(port)))


@pytest.mark.pooler
def test_busy_pooler_that_shares_sessions_is_refused(through):
    """Others take and give back sessions meanwhile, so that the next one at hand is not always the last one."""
    with through("transaction", 4) as port:
        ended = threading.Event()

        def disturb() -> None:
            with psycopg.connect(**parameters(port), autocommit=True) as other:
                while not ended.is_set():
                    other.execute("SELECT pg_sleep(0.001)")

        others = [threading.Thread(target=disturb) for _number in range(3)]
        for other in others:
            other.start()
        try:
            with psycopg.connect(**parameters(port)) as first, pytest.raises(UnsafeServer, match="Pooler"):
                server.ensure_safe(first, lambda: psycopg.connect(**parameters(port)))
        finally:
            ended.set()
            for other in others:
                other.join()


@pytest.mark.pooler
def test_pooler_that_keeps_sessions_is_taken(through):
    with through("session", 5) as port, psycopg.connect(**parameters(port)) as first:
        server.ensure_safe(first, lambda: psycopg.connect(**parameters(port)))

    assert server._Once.is_pooler_proven


@pytest.mark.pooler
def test_pooler_without_a_second_session_is_refused(through, monkeypatch):
    monkeypatch.setattr(server, "_ANSWER_SECONDS", 0.3)
    with (
        through("session", 1) as port,
        psycopg.connect(**parameters(port)) as first,
        pytest.raises(UnsafeServer, match="pool_size"),
    ):
        server.ensure_safe(first, lambda: psycopg.connect(**parameters(port)))


@pytest.mark.pooler
@pytest.mark.django_db(transaction=True)
def test_nothing_is_read_through_such_a_pooler(through, heideblick, monkeypatch):
    """Django's own connection: at its first statement, in the readiness probe, and at the start of a process."""
    with through("transaction", 2) as port:
        connection.close()
        monkeypatch.setitem(connection.settings_dict, "PORT", port)
        with context.enter(heideblick), pytest.raises(UnsafeServer), connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        with pytest.raises(UnsafeServer):
            readiness.check_database()
        with pytest.raises(SystemExit) as ended:
            readiness.refuse_unsafe_server()
        assert ended.value.code == 3
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_process_starts_while_the_database_is_away(monkeypatch):
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "PORT", "1")

    readiness.refuse_unsafe_server()
