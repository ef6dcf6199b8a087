# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The next release reaches every member: rendered once where it can be, each on its own, and resumed where it stopped."""

from __future__ import annotations

import json
from typing import Any

import psycopg
import pytest
from django.db import migrations, models

from tenants.schema_engine.rendering import is_plain
from tests.harness import databases
from tests.harness.releases import next_release
from tests.harness.schemas import canonical_structure, run_as_owner

ADDITIVE = """
    operations = [
        migrations.AddField("address", "checked_on", models.DateField(null=True)),
        migrations.CreateModel("Bench", fields=[
            ("id", models.BigAutoField(primary_key=True)),
            ("state", models.CharField(max_length=8, default="50 % 'ok'")),
            ("address", models.ForeignKey("places.address", models.CASCADE)),
        ]),
        migrations.RunSQL("INSERT INTO places_address (street, house_number, postal_code, place, lat, lon, street_sort_key,"
            " number_sort_key, is_demo) VALUES ('Am Markt', '1', '15926', 'Luckau', 1, 1, 'am markt', '1', true);"
            " INSERT INTO places_bench (state, address_id) SELECT 'ok', id FROM places_address LIMIT 1; -- one of them"),
        migrations.AddConstraint("bench", models.CheckConstraint(
            condition=models.Q(state__in=["ok", "broken"]) & models.Q(id__gt=0), name="places_bench_states")),
        migrations.AddConstraint("bench", models.UniqueConstraint(
            fields=["address"], condition=models.Q(state__in=["ok", "new"]), name="places_bench_once")),
    ]
"""
WITH_PYTHON = """
    operations = [
        migrations.CreateModel("Bench", fields=[("id", models.BigAutoField(primary_key=True))]),
        migrations.RunPython(migrations.RunPython.noop, migrations.RunPython.noop),
    ]
"""
FRESH = """
import json, django
django.setup()
from tenants.schema_engine import drift, replay
replay.create(0, "zz_fresh")
print(json.dumps([drift.differences(key) for key in ("m_000001", "m_000002")]))
"""


@pytest.fixture
def admin(services, scratch):
    dsn = services.superuser_dsn.replace("dbname=postgres", f"dbname={scratch}")
    with psycopg.connect(dsn, autocommit=True) as connection:
        yield connection


def migrate(services: Any, scratch: str, release: dict[str, str], *options: str) -> dict[str, dict[str, Any]]:
    done = databases.run_cli(services, scratch, "migrate", "--json", *options, extra=release)
    assert done.stdout, done.stderr
    members = {member["slug"]: member for member in json.loads(done.stdout)["members"]}
    assert done.returncode == int(
        any(member["state"] in {"failed", "waiting"} for member in members.values())
    )
    return members


def moves(admin: psycopg.Connection) -> dict[int, tuple[Any, ...]]:
    rows = admin.execute("SELECT tenant_id, state, way, attempt, error FROM association.tenants_schemamove")
    return {row[0]: row[1:] for row in rows.fetchall()}


def test_additive_release_is_rendered_once_and_replayed(services, scratch, admin, tmp_path):
    release = next_release(tmp_path, ADDITIVE)
    # Luckau has a note more than its structure stands for: Django looks at it instead.
    admin.execute(
        "INSERT INTO m_000002.django_migrations (app, name, applied) VALUES ('places', '0000_x', now())"
    )
    dsn = services.superuser_dsn.replace("dbname=postgres", f"dbname={scratch}")
    with psycopg.connect(dsn) as reader:
        reader.execute("LOCK TABLE m_000001.places_address IN ACCESS SHARE MODE")
        first = migrate(services, scratch, release, "--attempts", "1")
    after_first = moves(admin)
    second = migrate(services, scratch, release)
    third = migrate(services, scratch, release)

    assert [(first[slug]["state"], first[slug]["way"]) for slug in ("heideblick", "luckau")] == [
        ("failed", "replay"),
        ("done", "django"),
    ]
    assert first["heideblick"]["is_busy"]
    assert "lock timeout" in after_first[1][3]
    assert [(second[slug]["state"], second[slug]["way"]) for slug in ("heideblick", "luckau")] == [
        ("done", "replay"),
        ("current", None),
    ]
    assert moves(admin)[1] == ("DONE", "replay", 2, "")
    assert {member["state"] for member in third.values()} == {"current"}
    assert admin.execute("SELECT count(*) FROM m_000001.places_bench").fetchone() == (1,)
    assert json.loads(run_as_owner(services, scratch, FRESH, extra=release)) == [[], []]
    fresh = canonical_structure(services, scratch, "zz_fresh")
    assert canonical_structure(services, scratch, "m_000001") == fresh
    assert "places_bench_once" in fresh


def test_nobody_follows_a_canary_that_failed(services, scratch, admin, tmp_path):
    release = next_release(tmp_path, WITH_PYTHON)
    admin.execute("CREATE TABLE m_000002.places_bench (id int)")

    first = migrate(services, scratch, release, "--canary", "luckau")
    told = admin.execute("SELECT slug, state_message FROM association.tenants_tenant ORDER BY 1").fetchall()
    admin.execute("DROP TABLE m_000002.places_bench")
    second = migrate(services, scratch, release, "--canary", "luckau")

    assert {slug: member["state"] for slug, member in first.items()} == {
        "luckau": "failed",
        "heideblick": "waiting",
    }
    assert [(slug, "already exists" in message) for slug, message in told] == [
        ("heideblick", False),
        ("luckau", True),
    ]
    assert {(member["state"], member["way"]) for member in second.values()} == {("done", "django")}


@pytest.mark.parametrize(
    ("operations", "atomic", "expected"),
    [
        ([migrations.RunSQL("SELECT 1")], True, True),
        ([migrations.RunSQL("CREATE INDEX CONCURRENTLY …")], False, False),
        ([migrations.RunPython(migrations.RunPython.noop)], True, False),
        (
            [migrations.SeparateDatabaseAndState([migrations.RunPython(migrations.RunPython.noop)], [])],
            True,
            False,
        ),
        (
            [migrations.SeparateDatabaseAndState([], [migrations.AddField("a", "b", models.TextField())])],
            True,
            True,
        ),
    ],
)
def test_only_what_is_sql_in_one_transaction_is_rendered(operations, atomic, expected):
    migration = migrations.Migration("0002_next", "places")
    migration.operations, migration.atomic = operations, atomic

    assert is_plain(migration) is expected
