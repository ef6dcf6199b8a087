# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A municipality made by replay is the one that migrations make: now, and when migrated up from the first."""

from __future__ import annotations

import re

import psycopg
import pytest

from tests.harness import databases
from tests.harness.schemas import canonical_structure, run_as_owner, seeded_rows, structure

# Run as the owner: makes a schema the slow way, by Django's migrations; optionally stopping at each app's first.
MIGRATE = """
import sys, django
django.setup()
from django.core.management import call_command
from django.core.management.commands.migrate import Command
from django.db import transaction
from django.db.migrations.loader import MigrationLoader
from tenants.database.targets import as_owner
from tenants.schema_engine import roles
from tenants.schema_engine.migrations import migrate_schema
key, first = sys.argv[1], sys.argv[2] == "first"
with as_owner(roles.NOWHERE), transaction.atomic():
    roles.make_schema(key)
if first:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    with as_owner(key):
        for label, name in loader.graph.root_nodes():
            call_command(Command(), label, name, verbosity=0, interactive=False, skip_checks=True)
migrate_schema(key)
"""
REPLAY = """
import sys, django
django.setup()
from tenants.schema_engine import replay
replay.create(0, sys.argv[1])
"""


INNERMOST = """
import django
django.setup()
from django.db import connection
from tenants import directory
from tenants.database.targets import as_owner
from verbund.kernel import context
def where():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema(), current_user")
        return cursor.fetchone()
luckau = directory.by_slug("luckau")
with context.enter_association():
    with as_owner("m_000001"):
        assert where() == ("m_000001", "verbund_owner")
        with context.enter_association():
            assert where() == ("association", "association")
        with context.enter(luckau), as_owner("association"):
            assert where() == ("association", "verbund_owner")
        assert where() == ("m_000001", "verbund_owner")
    assert where() == ("association", "association")
"""


@pytest.mark.parametrize("start", ["last", "first"])
def test_replay_equals_migrate(start, services, scratch):
    run_as_owner(services, scratch, MIGRATE, "zz_migrated", start)
    run_as_owner(services, scratch, REPLAY, "zz_replayed")

    assert canonical_structure(services, scratch, "zz_replayed") == canonical_structure(
        services, scratch, "zz_migrated"
    )
    replayed, migrated = (seeded_rows(services, scratch, key) for key in ("zz_replayed", "zz_migrated"))
    assert replayed.keys() == migrated.keys()
    without_ids = {
        table: [re.sub(r"'id': \d+, ", "", row) for row in rows] for table, rows in replayed.items()
    }
    assert {table: sorted(rows) for table, rows in without_ids.items()} == {
        table: sorted(re.sub(r"'id': \d+, ", "", row) for row in rows) for table, rows in migrated.items()
    }


def test_structure_has_something_to_compare(services, scratch):
    run_as_owner(services, scratch, REPLAY, "zz_replayed")

    dump = structure(services, scratch, "zz_replayed")

    assert dump.count("CREATE TABLE") > 10
    assert "GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE" in dump
    assert "OWNER TO verbund_owner" in dump


def test_failing_replay_leaves_nothing(services, scratch):
    with psycopg.connect(
        services.superuser_dsn.replace("dbname=postgres", f"dbname={scratch}")
    ) as connection:
        connection.execute("UPDATE association.tenants_schemaartefact SET sql = sql || 'SELECT 1/0;'")

    with pytest.raises(AssertionError, match="division by zero"):
        run_as_owner(services, scratch, REPLAY, "zz_broken")

    with psycopg.connect(
        services.superuser_dsn.replace("dbname=postgres", f"dbname={scratch}")
    ) as connection:
        assert connection.execute("SELECT to_regnamespace('zz_broken')").fetchone() == (None,)
        assert connection.execute("SELECT 1 FROM pg_roles WHERE rolname = 'zz_broken'").fetchone() is None


def test_one_failing_municipality_does_not_hold_up_the_others(services, scratch):
    dsn = services.superuser_dsn.replace("dbname=postgres", f"dbname={scratch}")
    with psycopg.connect(dsn) as connection:
        connection.execute("UPDATE association.tenants_tenant SET schema_fingerprint = 'of an older program'")
        # Its tables are there, but not the note of it: the migration meets them.
        connection.execute("DELETE FROM m_000001.django_migrations WHERE app = 'subscriptions'")

    done = databases.run_cli(services, scratch, "migrate")

    assert done.returncode == 1
    assert "heideblick" in done.stderr
    with psycopg.connect(dsn) as connection:
        rows = connection.execute(
            "SELECT slug, schema_fingerprint <> 'of an older program', state_message"
            " FROM association.tenants_tenant ORDER BY number"
        ).fetchall()
    assert [(slug, is_current) for slug, is_current, _message in rows] == [
        ("heideblick", False),
        ("luckau", True),
    ]
    assert "already exists" in rows[0][2]
    assert rows[1][2] == ""


def test_migration_that_has_to_wait_for_a_table_gives_up_and_goes_on_later(services, scratch):
    dsn = services.superuser_dsn.replace("dbname=postgres", f"dbname={scratch}")
    with psycopg.connect(dsn) as connection:
        connection.execute("UPDATE association.tenants_tenant SET schema_fingerprint = 'of an older program'")
    with psycopg.connect(dsn) as reader:
        reader.execute("LOCK TABLE m_000001.django_migrations IN ACCESS EXCLUSIVE MODE")
        waited = databases.run_cli(services, scratch, "migrate")
    repeated = databases.run_cli(services, scratch, "migrate")

    assert (waited.returncode, repeated.returncode) == (1, 0)
    assert "heideblick" in waited.stderr


def test_what_was_entered_last_decides_between_owner_and_scope(services, scratch):
    run_as_owner(services, scratch, INNERMOST)
