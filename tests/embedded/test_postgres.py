# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""PostgreSQL: rights, privacy of its log, restarts after every kind of death, and folders left as they are."""

from __future__ import annotations

import os
import socket
import time
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from tests.embedded.conftest import kill, setting, start, superuser, wait_for
from tests.embedded.conftest import make_postgres as make
from verbund.embedded.errors import EmbeddedError
from verbund.embedded.ports import HOST
from verbund.embedded.postgres import PostgresServer

OWNER_PASSWORD, APP_PASSWORD = "owner-password", "app-password"


@pytest.fixture
def server(tmp_path, numbers):
    made = make(tmp_path / "data", numbers)
    yield made
    made.remove()


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    from verbund.embedded.ports import choose

    folder = tmp_path_factory.mktemp("running")
    made = make(folder / "data", choose(folder / "ports.json"))
    made.start()
    made.wait_ready()
    made.prepare(owner_password=OWNER_PASSWORD, app_password=APP_PASSWORD)
    yield made
    made.remove()


def login(server: PostgresServer, user: str, password: str, dbname: str = "verbund") -> psycopg.Connection:
    return psycopg.connect(
        host=HOST, port=server.port, user=user, password=password, dbname=dbname, autocommit=True
    )


def owner(server: PostgresServer) -> psycopg.Connection:
    return login(server, "verbund_owner", OWNER_PASSWORD)


def app(server: PostgresServer, dbname: str = "verbund") -> psycopg.Connection:
    return login(server, "verbund_app", APP_PASSWORD, dbname)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("max_locks_per_transaction", "512"),
        ("max_connections", "200"),
        ("listen_addresses", "127.0.0.1"),
        ("password_encryption", "scram-sha-256"),
        ("server_encoding", "UTF8"),
        ("TimeZone", "UTC"),
        ("log_statement", "none"),
        ("data_checksums", "on"),
    ],
)
def test_a_setting_that_others_rely_on_is_in_force(running, name, value):
    assert setting(running, name) == value


def test_the_server_is_version_18_and_reports_its_search_path(running):
    with closing(app(running)) as connection:
        assert connection.info.server_version // 10000 == 18
        assert connection.pgconn.parameter_status(b"search_path") == b'"$user", public'


def test_the_database_sorts_by_code_point_with_the_builtin_provider(running):
    query = "SELECT datlocprovider, datlocale, pg_encoding_to_char(encoding) FROM pg_database WHERE datname = 'verbund'"
    with closing(superuser(running)) as connection:
        assert connection.execute(query).fetchone() in {(b"b", "C.UTF-8", "UTF8"), ("b", "C.UTF-8", "UTF8")}


def test_data_are_durable_unless_a_test_wants_otherwise(running, tmp_path, numbers):
    durable = PostgresServer(tmp_path, port=numbers["postgres"], logs=tmp_path / "logs")
    try:
        start(durable)
        assert (setting(durable, "fsync"), setting(running, "fsync")) == ("on", "off")
    finally:
        durable.remove()


def test_the_superuser_is_refused_over_tcp(running):
    with pytest.raises(psycopg.OperationalError, match="rejects connection"):
        login(running, "postgres", "postgres", "postgres")


def test_a_wrong_password_is_refused(running):
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        login(running, "verbund_app", "wrong")


def test_the_owner_owns_the_database_without_being_superuser(running):
    query = """
        SELECT rolsuper, rolcreaterole, rolcreatedb, rolbypassrls, pg_get_userbyid(datdba)
        FROM pg_roles JOIN pg_database ON datname = 'verbund' WHERE rolname = 'verbund_owner'"""
    with closing(superuser(running)) as connection:
        assert connection.execute(query).fetchone() == (False, True, False, False, "verbund_owner")


def test_the_owner_acts_as_a_role_it_makes_without_inheriting_its_rights(running):
    with closing(owner(running)) as connection:
        connection.execute("CREATE ROLE m_000001 NOLOGIN")
        connection.execute("GRANT m_000001 TO verbund_app WITH INHERIT FALSE, SET TRUE")
        connection.execute("CREATE SCHEMA m_000001 AUTHORIZATION m_000001")
        connection.execute("SET ROLE m_000001; CREATE TABLE m_000001.t (x int); RESET ROLE")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("SELECT * FROM m_000001.t")
    with closing(app(running)) as connection:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("SELECT * FROM m_000001.t")
        connection.execute("SET ROLE m_000001")
        assert connection.execute("SELECT count(*) FROM m_000001.t").fetchone() == (0,)


def test_the_owner_may_add_the_extensions_the_platform_needs(running):
    with closing(owner(running)) as connection:
        connection.execute("CREATE SCHEMA ext")
        for extension in ("btree_gist", "pg_trgm", "unaccent"):
            connection.execute(f"CREATE EXTENSION {extension} SCHEMA ext")


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE public.t (x int)",
        "CREATE SCHEMA s",
        "CREATE TEMPORARY TABLE t (x int)",
        "CREATE ROLE r",
        "CREATE DATABASE d",
        "SET ROLE verbund_owner",
        "ALTER SYSTEM SET log_statement = 'all'",
    ],
)
def test_the_application_may_do_nothing_by_itself(running, statement):
    with closing(app(running)) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(statement)


@pytest.mark.parametrize("database", ["postgres", "template1"])
def test_the_application_reaches_no_other_database(running, database):
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        app(running, database)


def test_preparing_again_keeps_the_data_and_takes_a_new_password(running):
    with closing(owner(running)) as connection:
        connection.execute("CREATE SCHEMA kept")

    running.prepare(owner_password="another", app_password=APP_PASSWORD)

    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        owner(running)
    running.prepare(owner_password=OWNER_PASSWORD, app_password=APP_PASSWORD)
    with closing(owner(running)) as connection:
        assert connection.execute("SELECT 1 FROM pg_namespace WHERE nspname = 'kept'").fetchone()


def test_the_log_holds_nothing_people_typed(running):
    log = running.child.log
    with closing(owner(running)) as connection:
        connection.execute("CREATE SCHEMA people; CREATE TABLE people.p (mail text UNIQUE, age int)")
        insert = "INSERT INTO people.p VALUES (%s, %s)"
        connection.execute(insert, ["erika@example.org", 1])
        with pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute(insert, ["erika@example.org", 1])
        with pytest.raises(psycopg.errors.InvalidTextRepresentation):
            connection.execute("INSERT INTO people.p (age) VALUES ('erika@example.org')")
        with pytest.raises(psycopg.errors.SyntaxError):
            connection.execute("SELEC 'erika@example.org'")

    text = log.read_text()

    assert "ready to accept connections" in text
    assert "erika" not in text
    assert OWNER_PASSWORD not in text


def test_a_crash_of_a_statement_is_logged_without_its_text(server):
    start(server)
    with closing(superuser(server)) as connection:
        kill(connection.info.backend_pid)
        with pytest.raises(psycopg.OperationalError):
            connection.execute("SELECT 'erika@example.org', pg_sleep(1)")

    until = time.monotonic() + 10
    while "was terminated by signal 9" not in (text := server.child.log.read_text()):
        assert time.monotonic() < until, text  # the postmaster notices a moment after the connection does
        time.sleep(0.05)
    server.wait_ready()

    assert "erika" not in server.child.log.read_text()


def test_a_restart_keeps_the_data(server):
    start(server)
    with closing(superuser(server)) as connection:
        connection.execute("CREATE TABLE t AS SELECT 42 AS x")
    server.stop()

    start(server)

    with closing(superuser(server)) as connection:
        assert connection.execute("SELECT x FROM t").fetchone() == (42,)


def test_a_killed_server_starts_again_with_its_data_while_old_sessions_still_end(server):
    start(server)
    connection = superuser(server)
    connection.execute("CREATE TABLE t AS SELECT 42 AS x")

    kill(server.child.pid)
    wait_for(lambda: not server.child.is_running)
    start(server)

    connection.close()
    with closing(superuser(server)) as connection:
        assert connection.execute("SELECT x FROM t").fetchone() == (42,)


def test_a_note_whose_process_id_is_now_a_strangers_is_dropped(server):
    start(server)
    cluster = Path(setting(server, "data_directory"))
    server.stop()
    (cluster / "postmaster.pid").write_text(f"{os.getpid()}\n{cluster}\n1\n5432\n\n\n\n")

    start(server)

    assert setting(server, "data_directory") == str(cluster)


def test_an_interrupted_first_start_is_begun_anew(server, tmp_path):
    start(server)
    root = Path(setting(server, "data_directory")).parent
    server.stop()
    (root / "cluster").rename(root / "cluster.new")
    (root / "cluster.new" / "PG_VERSION").unlink()

    start(server)

    assert setting(server, "data_directory") == str(root / "cluster")


def test_data_of_another_major_version_are_refused(server):
    start(server)
    cluster = Path(setting(server, "data_directory"))
    server.stop()
    (cluster / "PG_VERSION").write_text("15\n")

    with pytest.raises(EmbeddedError) as caught:
        server.start()

    assert caught.value.sentence == f"Die Datenbank in {cluster} ist von PostgreSQL 15, installiert ist 18."


def test_a_port_in_use_is_one_clear_sentence(server):
    with closing(socket.create_server((HOST, server.port))), pytest.raises(EmbeddedError) as caught:
        server.start()

    assert caught.value.sentence == f"Port {server.port} für PostgreSQL ist schon belegt."


def test_two_servers_never_share_a_cluster(server, tmp_path, numbers):
    start(server)
    second = PostgresServer(tmp_path / "data", port=numbers["valkey"], logs=tmp_path / "logs", fsync=False)

    with pytest.raises(EmbeddedError, match="läuft schon eine Installation"):
        second.start()

    assert setting(server, "port") == str(server.port)
