# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The chain holds, breaks where somebody tampers, and nobody but the superuser can tamper at all."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from django.db import IntegrityError, ProgrammingError, connection, connections, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from verbund.audit import api, chain
from verbund.audit.models import AuditEntry, AuditSeal
from verbund.kernel import context
from verbund.kernel.actors import SYSTEM, Actor

AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def write(count: int, action: str = "x.y.z") -> None:
    """Rows in one transaction each, as services write them."""
    for number in range(count):
        with transaction.atomic():
            api.record(action=action, subject=f"x.y:{number}", by=SYSTEM, at=AT)


def seal_now() -> None:
    """What a commit does: run the deferred triggers."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@contextmanager
def superuser(services, schema: str) -> Iterator[psycopg.Connection]:
    """Somebody with the keys to the machine, past all triggers."""
    dsn = psycopg.conninfo.make_conninfo(services.superuser_dsn, dbname=connection.settings_dict["NAME"])
    with psycopg.connect(dsn) as admin:
        admin.execute(f'SET search_path = "{schema}"')
        admin.execute("SET session_replication_role = replica")
        yield admin


def test_every_row_is_linked_when_the_transaction_ends(in_heideblick):
    api.record(action="x.y.z", subject="x.y:1", by=SYSTEM, at=AT)
    entry = AuditEntry.objects.get(action="x.y.z")
    assert not AuditSeal.objects.filter(entry=entry).exists()

    seal_now()

    seal = AuditSeal.objects.get(entry=entry)
    assert seal.position == AuditSeal.objects.count()
    assert len(seal.hash) == 64
    assert chain.verify() is None


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40),
    values=st.dictionaries(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8),
        st.one_of(st.none(), st.booleans(), st.integers(-(10**9), 10**9), st.just("ä:1,€")),
        max_size=4,
    ),
    at=st.timedeltas(timedelta(0), timedelta(days=36_000)).map(
        lambda after: datetime(1990, 1, 1, tzinfo=UTC) + after
    ),
)
def test_database_and_python_agree_on_every_text(in_heideblick, text, values, at):
    by = Actor(kind="person", id="3", role="clerk", acting_for=text[:40])
    api.record(action="x.y.z", subject=text, by=by, changes=values, reason=text, at=at)
    seal_now()

    assert chain.verify() is None


@pytest.mark.django_db(transaction=True)
class TestTampering:
    """Rows are committed here; a superuser changes them behind everybody's back."""

    def test_changed_row_is_named(self, heideblick, services):
        with context.enter(heideblick):
            write(3)
            target = AuditEntry.objects.order_by("-pk")[1]
            with superuser(services, heideblick.key) as admin:
                admin.execute("UPDATE audit_entry SET reason = 'nie gewesen' WHERE id = %s", [target.pk])

            broken = chain.verify()

        assert broken is not None
        assert (broken.entry, broken.reason) == (target.pk, "Der Eintrag wurde verändert.")

    @pytest.mark.parametrize(
        "column",
        ["at", "actor_kind", "actor_id", "actor_role", "acting_for", "action", "subject", "request_id"],
    )
    def test_every_column_is_part_of_the_hash(self, heideblick, services, column):
        value = datetime(2020, 1, 1, tzinfo=UTC) if column == "at" else "anders"
        with context.enter(heideblick):
            write(1)
            target = AuditEntry.objects.latest("pk")
            with superuser(services, heideblick.key) as admin:
                admin.execute(f"UPDATE audit_entry SET {column} = %s WHERE id = %s", [value, target.pk])

            broken = chain.verify()

        assert broken is not None
        assert broken.entry == target.pk

    def test_changed_values_are_part_of_the_hash(self, heideblick, services):
        with context.enter(heideblick):
            write(1)
            target = AuditEntry.objects.latest("pk")
            with superuser(services, heideblick.key) as admin:
                admin.execute(
                    "UPDATE audit_entry SET changes = %s WHERE id = %s", [json.dumps({"a": 1}), target.pk]
                )
            broken = chain.verify()
        assert broken is not None
        assert broken.entry == target.pk

    def test_removed_row_leaves_a_gap(self, heideblick, services):
        with context.enter(heideblick):
            write(3)
            target = AuditSeal.objects.order_by("-position")[1]
            with superuser(services, heideblick.key) as admin:
                admin.execute("DELETE FROM audit_seal WHERE entry_id = %s", [target.entry_id])
                admin.execute("DELETE FROM audit_entry WHERE id = %s", [target.entry_id])

            broken = chain.verify()

        assert broken is not None
        assert (broken.position, broken.entry, broken.reason) == (target.position, None, "Ein Eintrag fehlt.")

    def test_removed_day_is_noticed_even_when_positions_are_closed_up(self, heideblick, services):
        with context.enter(heideblick):
            write(2, "x.y.first")
            self.move_day(services, heideblick.key, days=-2)
            write(2, "x.y.second")
            self.move_day(services, heideblick.key, days=-1, action="x.y.second")
            write(2, "x.y.third")
            with superuser(services, heideblick.key) as admin:
                removed = admin.execute(
                    "DELETE FROM audit_seal s USING audit_entry e WHERE e.id = s.entry_id AND e.action = 'x.y.second'"
                ).rowcount
                admin.execute("DELETE FROM audit_entry WHERE action = 'x.y.second'")
                admin.execute(
                    "UPDATE audit_seal s SET position = position - %s FROM audit_entry e"
                    " WHERE e.id = s.entry_id AND e.action = 'x.y.third'",
                    [removed],
                )
            first_left = AuditEntry.objects.filter(action="x.y.third").earliest("pk")

            broken = chain.verify()

        assert broken is not None
        assert (broken.entry, broken.reason) == (
            first_left.pk,
            "Der Eintrag schließt nicht an den vorigen an.",
        )

    def test_row_written_past_the_trigger_is_noticed(self, heideblick, services):
        with context.enter(heideblick):
            write(1)
            with superuser(services, heideblick.key) as admin:
                admin.execute(
                    "INSERT INTO audit_entry (at, actor_kind, actor_id, actor_role, acting_for, action, subject, changes, reason, request_id)"
                    " VALUES (now(), 'system', '', '', '', 'x.y.z', 'x.y:1', '{}', '', '')"
                )
            broken = chain.verify()
        assert broken is not None
        assert broken.reason == "Der Eintrag gehört zu keiner Kette."

    def test_command_names_the_first_broken_row(self, heideblick, services, cli):
        with context.enter(heideblick):
            write(2)
            target = AuditEntry.objects.latest("pk")
            with superuser(services, heideblick.key) as admin:
                admin.execute("UPDATE audit_entry SET subject = 'x.y:99' WHERE id = %s", [target.pk])

        healthy, broken = cli("audit", "verify", "--tenant", "luckau"), cli("audit", "verify", "--json")

        assert (healthy.returncode, healthy.stdout) == (0, "luckau: in Ordnung\n")
        found = {result["tenant"]: result for result in json.loads(broken.stdout)}
        assert broken.returncode == 1
        assert found["association"] == {"tenant": "association", "ok": True}
        assert found["heideblick"]["entry"] == target.pk
        assert cli("audit", "verify", "--tenant", "nirgendwo").returncode == 2

    @staticmethod
    def move_day(services, schema: str, *, days: int, action: str = "") -> None:
        """Pretend that the rows so far were recorded earlier, with hashes that fit: as if time had passed."""
        with superuser(services, schema) as admin:
            admin.execute(
                "UPDATE audit_seal s SET day = day + %s FROM audit_entry e WHERE e.id = s.entry_id AND (%s = '' OR e.action = %s)",
                [days, action, action],
            )
        rehash(services, schema)


def rehash(services, schema: str) -> None:
    """Compute the whole chain anew for the days that stand in it."""
    last_hash, last_day = "", None
    with superuser(services, schema) as admin:
        for link in list(chain._links(None, None)):
            previous = last_hash if link.day == last_day else chain.genesis(schema, link.day, last_hash)
            last_hash, last_day = chain.hash_of(link, previous), link.day
            admin.execute(
                "UPDATE audit_seal SET previous_hash = %s, hash = %s WHERE position = %s",
                [previous, last_hash, link.position],
            )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET reason = 'x'",
        "DELETE FROM audit_entry",
        "TRUNCATE audit_entry CASCADE",
        "UPDATE audit_seal SET hash = 'x'",
        "DELETE FROM audit_seal",
        "TRUNCATE audit_seal",
        "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
        "DROP TRIGGER audit_entry_refuse ON audit_entry",
        "SET session_replication_role = replica",
    ],
)
def test_the_municipalitys_role_can_only_insert(in_heideblick, statement):
    with (
        pytest.raises(ProgrammingError, match=r"denied|must be owner|verändert|geändert"),
        transaction.atomic(),
    ):
        connection.cursor().execute(statement)


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_entry SET reason = ''", "DELETE FROM audit_seal", "TRUNCATE audit_entry, audit_seal"],
)
def test_the_trigger_stops_even_the_superuser(in_heideblick, services, statement):
    dsn = psycopg.conninfo.make_conninfo(services.superuser_dsn, dbname=connection.settings_dict["NAME"])
    with psycopg.connect(dsn) as admin:
        admin.execute(f'SET search_path = "{in_heideblick.key}"')
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="nie geändert"):
            admin.execute(statement)


def test_no_link_is_made_of_a_row_that_is_not_there(in_heideblick):
    """It said nothing of the row that was added after it, and the chain was broken for good."""
    with pytest.raises(IntegrityError, match="keinen Eintrag"), transaction.atomic():
        connection.cursor().execute(
            "INSERT INTO audit_seal (entry_id, position, day, sealed_at, previous_hash, hash)"
            " VALUES (777777, 0, now(), now(), '', '')"
        )


def test_a_link_cannot_be_forged(in_heideblick):
    api.record(action="x.y.z", subject="x.y:1", by=SYSTEM, at=AT)
    entry = AuditEntry.objects.get(action="x.y.z")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_seal (entry_id, position, day, sealed_at, previous_hash, hash)"
            " VALUES (%s, 900, '2020-01-01', now(), 'a', 'b')",
            [entry.pk],
        )

    seal = AuditSeal.objects.get(entry=entry)

    assert seal.position != 900
    assert seal.hash != "b"


@pytest.mark.django_db(transaction=True)
def test_writers_at_the_same_time_form_one_chain(heideblick):
    def work() -> None:
        with context.enter(heideblick):
            write(10)
        connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with context.enter(heideblick):
        assert AuditEntry.objects.filter(action="x.y.z").count() == 50
        assert chain.verify() is None


@pytest.mark.django_db(transaction=True)
def test_a_waiting_transaction_does_not_hold_up_the_others(heideblick):
    """The lock is taken at commit: somebody who has recorded and goes on working stops nobody."""
    recorded, done = threading.Event(), threading.Event()

    def slow() -> None:
        with context.enter(heideblick), transaction.atomic():
            api.record(action="x.y.slow", subject="x.y:1", by=SYSTEM, at=AT)
            recorded.set()
            done.wait(10)
        connections.close_all()

    thread = threading.Thread(target=slow)
    thread.start()
    assert recorded.wait(10)
    with context.enter(heideblick):
        write(1, "x.y.quick")
        done.set()
        thread.join()

        order = list(AuditSeal.objects.order_by("-position").values_list("entry__action", flat=True)[:2])
        assert order == ["x.y.slow", "x.y.quick"]
        assert chain.verify() is None
