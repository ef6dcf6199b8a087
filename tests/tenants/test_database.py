# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every statement runs in the entered scope, or not at all."""

from __future__ import annotations

import select
import threading

import psycopg
import pytest
from django.db import DatabaseError, ProgrammingError, connection, transaction

from tenants.database.errors import NoTenant, OwnerOnly, SwitchFailed
from tenants.database.targets import as_owner, scope_target
from verbund.kernel import context
from verbund.kernel.context import CrossTenant, Municipality


def where() -> tuple[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema(), current_user")
        return cursor.fetchone()


def divide_by_zero() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1/0")


def test_without_context_nothing_runs(db):
    with pytest.raises(NoTenant):
        where()


def test_role_and_path_are_the_municipality(heideblick, luckau):
    with context.enter(heideblick):
        assert where() == (heideblick.key, heideblick.key)
    with context.enter(luckau):
        assert where() == (luckau.key, luckau.key)
    with context.enter_association():
        assert where() == ("association", "association")


def test_entering_a_second_municipality_is_refused(heideblick, luckau):
    with context.enter(heideblick), pytest.raises(CrossTenant), context.enter(luckau):
        pass


def test_cursor_made_before_the_switch_follows_it(heideblick, luckau):
    with context.enter(heideblick):
        cursor = connection.cursor()
        cursor.execute("SELECT current_schema()")
    with context.enter(luckau):
        cursor.execute("SELECT current_schema()")
        assert cursor.fetchone() == (luckau.key,)


def test_copy_and_stream_follow_the_switch(heideblick, luckau):
    with context.enter(heideblick):
        where()
        cursor = connection.cursor()
    with context.enter(luckau), cursor.copy("COPY (SELECT current_schema()) TO STDOUT") as copy:
        assert copy.read_row() == (luckau.key,)
    with context.enter(heideblick):
        assert list(cursor.stream("SELECT current_schema()")) == [(heideblick.key,)]


@pytest.mark.django_db(transaction=True)
def test_cursor_of_a_closed_connection_is_refused(heideblick):
    """With a pool its connection may serve somebody else by now."""
    with context.enter(heideblick):
        where()
        cursor = connection.cursor()
        connection.close()
        with pytest.raises(SwitchFailed):
            cursor.execute("SELECT 1")
        assert where() == (heideblick.key, heideblick.key)


@pytest.mark.django_db(transaction=True)
def test_rollback_that_takes_the_switch_back_is_noticed(heideblick, luckau):
    with context.enter(heideblick):
        where()
    with pytest.raises(DatabaseError), context.enter(luckau), transaction.atomic():
        divide_by_zero()
    with context.enter(luckau):
        assert where() == (luckau.key, luckau.key)


def test_savepoint_rollback_that_takes_the_switch_back_is_noticed(heideblick, luckau):
    with context.enter(heideblick):
        where()
    with context.enter(luckau):
        with pytest.raises(DatabaseError), transaction.atomic():
            divide_by_zero()
        assert where() == (luckau.key, luckau.key)


@pytest.mark.django_db(transaction=True)
def test_failing_switch_closes_the_connection(heideblick):
    stranger = Municipality(number=999_999, slug="fremd", name="Fremd", kind="gemeinde")
    with context.enter(heideblick):
        where()
    with context.enter(stranger), pytest.raises(SwitchFailed):
        where()
    assert connection.connection is None
    with context.enter(heideblick):
        assert where() == (heideblick.key, heideblick.key)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM {neighbour}.django_migrations",
        "SELECT * FROM association.tenants_tenant",
        "CREATE TABLE mine (id int)",
        "CREATE SCHEMA other",
        "CREATE ROLE other",
        "SET ROLE verbund_owner",
        "TRUNCATE django_migrations",
        "DELETE FROM django_migrations",
        "UPDATE django_migrations SET name = 'x'",
        "INSERT INTO django_migrations (app, name, applied) VALUES ('x', 'y', now())",
        "ALTER TABLE django_migrations ADD COLUMN x int",
        "SELECT * FROM pg_authid",
        "CREATE TEMP TABLE scratch (id int)",
        "SELECT lo_create(0)",
        "SELECT lo_creat(-1)",
        "SELECT lo_from_bytea(0, 'kept beside every schema')",
    ],
)
def test_municipality_role_cannot(statement, heideblick, luckau):
    with (
        context.enter(heideblick),
        connection.cursor() as cursor,
        pytest.raises(ProgrammingError, match=r"permission denied|must be owner|must be able"),
    ):
        cursor.execute(statement.format(neighbour=luckau.key))


@pytest.mark.django_db(transaction=True)
def test_application_login_itself_reads_nothing(heideblick):
    with context.enter(heideblick), connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        connection.connection.execute("RESET ROLE")
        with pytest.raises(Exception, match="permission denied"):
            connection.connection.execute(f"SELECT * FROM {heideblick.key}.django_migrations")
    connection.close()


def test_owner_work_is_refused_in_application_processes(db):
    with pytest.raises(OwnerOnly), as_owner("association"):
        pass


def test_schema_names_are_checked():
    with pytest.raises(NoTenant):
        scope_target("x; DROP SCHEMA association")


@pytest.mark.django_db(transaction=True)
def test_same_scope_switches_once(heideblick, django_assert_num_queries):
    with context.enter(heideblick):
        where()
        sent = []
        original = connection._switch
        connection._switch = lambda *arguments: sent.append(arguments) or original(*arguments)
        try:
            for _round in range(5):
                where()
        finally:
            del connection._switch
    assert sent == []


@pytest.mark.django_db(transaction=True)
def test_health_check_is_the_switch(heideblick, luckau):
    with context.enter(heideblick):
        where()
    with context.enter(luckau):
        assert connection.is_usable()
        sent = []
        connection._switch = lambda *arguments: sent.append(arguments)
        try:
            assert where() == (luckau.key, luckau.key)
        finally:
            del connection._switch
    assert sent == []


@pytest.mark.django_db(transaction=True)
def test_health_check_of_the_same_municipality_sends_nothing(services, heideblick):
    with context.enter(heideblick):
        connection.ensure_connection()
        where()
        pid = connection.connection.info.backend_pid
        with psycopg.connect(services.superuser_dsn) as admin:
            asked = "SELECT query_start FROM pg_stat_activity WHERE pid = %s"
            before = admin.execute(asked, [pid]).fetchone()
            assert connection.is_usable()
            admin.rollback()
            assert admin.execute(asked, [pid]).fetchone() == before


@pytest.mark.django_db(transaction=True)
def test_a_foreign_role_behind_the_right_path_gets_nothing(heideblick):
    with context.enter(heideblick):
        where()
        connection.connection.execute("SET ROLE association")
        with pytest.raises(ProgrammingError, match="does not exist"), connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM defects_report")
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_health_check_asks_when_something_lies_unread(heideblick):
    with context.enter(heideblick):
        where()
        driver = connection.connection
        driver.execute("SET ROLE association")
        driver.execute("LISTEN news")
        with psycopg.connect(**connection.get_connection_params()) as other:
            other.execute("NOTIFY news")
        select.select([driver.pgconn.socket], [], [], 10)
        assert not connection.is_usable()
        assert driver.closed
        connection.close()
        assert where() == (heideblick.key, heideblick.key)


@pytest.mark.django_db(transaction=True)
def test_health_check_of_a_refused_scope_lets_nothing_through(heideblick):
    stranger = Municipality(number=999_999, slug="fremd", name="Fremd", kind="gemeinde")
    with context.enter(heideblick):
        where()
    with context.enter(stranger):
        assert not connection.is_usable()
        connection.close()
        with pytest.raises(SwitchFailed):
            where()


@pytest.mark.django_db(transaction=True)
def test_health_check_tells_a_cut_connection(services, heideblick):
    with context.enter(heideblick):
        where()
        pid = connection.connection.info.backend_pid
        with psycopg.connect(services.superuser_dsn, autocommit=True) as admin:
            admin.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
        assert not connection.is_usable()
    connection.close()


@pytest.mark.django_db(transaction=True)
def test_health_check_without_context_asks_nobodys_data(heideblick):
    with context.enter(heideblick):
        where()
    assert connection.is_usable()


@pytest.mark.django_db(transaction=True)
def test_storm_of_threads_never_meets(heideblick, luckau):
    wrong: list[tuple[str, tuple[str, str]]] = []

    def work() -> None:
        for turn in range(60):
            municipality = (heideblick, luckau)[turn % 2]
            with context.enter(municipality):
                seen = where()
                if seen != (municipality.key, municipality.key):
                    wrong.append((municipality.key, seen))
        connection.close()

    threads = [threading.Thread(target=work) for _number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_new_thread_has_no_context(heideblick):
    seen: list[object] = []

    def work() -> None:
        seen.append(context.current_or_none())

    with context.enter(heideblick):
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
    assert seen == [None]


@pytest.mark.django_db(transaction=True)
def test_rotated_password_is_asked_for_again(heideblick, services):
    """The password in Vault is right; the one this process remembers is an old one."""
    from verbund.vault import references

    reference = connection.settings_dict["PASSWORD"]
    connection.close()
    parameters = connection.get_connection_params() | {"password": "the-old-one"}

    fresh = connection.get_new_connection(parameters)

    assert fresh.info.password == references.resolve(reference)
    fresh.close()


def test_ordinary_index_serves_like_so_that_no_second_one_is_made(in_heideblick):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_indexes WHERE schemaname = current_schema() AND indexname ~ '_like$'"
        )
        assert cursor.fetchone() == (0,)
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN SELECT 1 FROM accounts_session WHERE session_key LIKE 'ab%'")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Index Cond: ((session_key >= 'ab'::text) AND (session_key < 'ac'::text))" in plan
