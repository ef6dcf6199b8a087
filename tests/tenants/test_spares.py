# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A schema from the reserve is the one a replay makes, is given away once, and nobody enters it before."""

from __future__ import annotations

import json

import psycopg
import pytest

from tests.harness.schemas import run_as_owner, seeded_rows, structure

TAKE = """
import json, sys, django
django.setup()
from tenants.models import SpareSchema
from tenants.schema_engine import replay, spares
from verbund.kernel import context
made = spares.refill()
with context.enter_association():
    names = list(SpareSchema.objects.values_list("name", flat=True))
for key in sys.argv[1:]:
    replay.create(0, key)
with context.enter_association():
    left = SpareSchema.objects.count()
print(json.dumps({"made": made, "names": names, "left": left, "again": spares.refill()}))
"""
AT_ONCE = """
import json, threading, django
django.setup()
from django.db import connection
from tenants.schema_engine import replay, spares
spares.refill()
errors = []
def work(key):
    try:
        replay.create(0, key)
    except Exception as error:
        errors.append(str(error))
    finally:
        connection.close()
keys = [f"zz_taker_{number}" for number in range(4)]
threads = [threading.Thread(target=work, args=[key]) for key in keys]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(json.dumps({"errors": errors, "stand": [replay.exists(key) for key in keys]}))
"""
OUTDATED = """
import django
django.setup()
from tenants.models import SpareSchema
from tenants.schema_engine import spares
from tenants.database.targets import as_owner
spares.refill()
with as_owner("association"):
    SpareSchema.objects.update(fingerprint="of an older program")
spares.refill()
"""


@pytest.fixture
def admin(services, scratch):
    dsn = services.superuser_dsn.replace("dbname=postgres", f"dbname={scratch}")
    with psycopg.connect(dsn, autocommit=True) as connection:
        yield connection


def schemas_and_roles(admin: psycopg.Connection) -> tuple[set[str], set[str]]:
    schemas = admin.execute("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'zz_spare%'").fetchall()
    roles = admin.execute(
        "SELECT rolname FROM pg_roles r WHERE rolname LIKE 'zz_spare%' AND EXISTS (SELECT FROM pg_shdepend"
        " WHERE refobjid = r.oid AND dbid = (SELECT oid FROM pg_database WHERE datname = current_database()))"
    ).fetchall()
    return {name for (name,) in schemas}, {name for (name,) in roles}


def test_spare_is_what_a_replay_makes(services, scratch):
    said = run_as_owner(
        services, scratch, TAKE, "zz_from_spare", "zz_replayed", extra={"VERBUND_SPARE_SCHEMAS": "1"}
    )

    found = json.loads(said)
    assert (found["made"], found["left"], found["again"]) == (1, 0, 1)
    assert structure(services, scratch, "zz_from_spare") == structure(services, scratch, "zz_replayed")
    assert seeded_rows(services, scratch, "zz_from_spare") == seeded_rows(services, scratch, "zz_replayed")


def test_nobody_enters_a_spare_and_the_application_enters_what_was_made_of_it(services, scratch, admin):
    said = run_as_owner(services, scratch, TAKE, "zz_member", extra={"VERBUND_SPARE_SCHEMAS": "2"})

    taken, ready = json.loads(said)["names"]
    admin.execute("SET SESSION AUTHORIZATION verbund_app")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        admin.execute(f"SET ROLE {ready}")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        admin.execute(f"SELECT * FROM {ready}.django_migrations")
    admin.execute("SET ROLE zz_member")
    assert admin.execute("SELECT count(*) > 10 FROM zz_member.django_migrations").fetchone() == (True,)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        admin.execute("DELETE FROM zz_member.audit_entry")
    admin.execute("RESET SESSION AUTHORIZATION")
    assert admin.execute("SELECT to_regnamespace(%s), to_regrole(%s)", [taken, taken]).fetchone() == (
        None,
        None,
    )


def test_takers_at_the_same_moment_get_different_schemas(services, scratch, admin):
    said = run_as_owner(services, scratch, AT_ONCE, extra={"VERBUND_SPARE_SCHEMAS": "2"})

    assert json.loads(said) == {"errors": [], "stand": [True] * 4}
    assert schemas_and_roles(admin) == (set(), set())


def test_spares_of_another_program_are_replaced(services, scratch, admin):
    run_as_owner(services, scratch, OUTDATED, extra={"VERBUND_SPARE_SCHEMAS": "2"})

    rows = admin.execute("SELECT name, fingerprint FROM association.tenants_spareschema").fetchall()
    names = {name for name, _fingerprint in rows}
    assert len(names) == 2
    assert "of an older program" not in {fingerprint for _name, fingerprint in rows}
    assert schemas_and_roles(admin) == (names, names)
