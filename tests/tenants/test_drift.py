# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A schema that is no longer what its template says is found, whatever part was touched."""

from __future__ import annotations

import psycopg
import pytest
from django.db import connection

from tenants.schema_engine import drift


def test_members_are_as_the_template(in_heideblick, luckau):
    assert drift.differences(in_heideblick.key) == []
    assert drift.differences(luckau.key) == []
    assert drift.digest(in_heideblick.key) == drift.digest(luckau.key)
    assert len(drift.structure(luckau.key)) > 300


@pytest.mark.django_db(transaction=True)
def test_every_kind_of_change_is_found(heideblick, luckau, services):
    dsn = services.superuser_dsn.replace("dbname=postgres", f"dbname={connection.settings_dict['NAME']}")
    with psycopg.connect(dsn, autocommit=True) as admin:
        admin.execute(f"SET search_path TO {heideblick.key}, ext")
        admin.execute("ALTER TABLE places_address ADD COLUMN hidden text")
        admin.execute("ALTER TABLE places_address ALTER COLUMN street TYPE varchar(200)")
        admin.execute("ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_refuse")
        admin.execute(f"GRANT DELETE ON audit_entry TO {heideblick.key}")
        admin.execute("ALTER FUNCTION audit_refuse() SECURITY DEFINER")
        admin.execute("CREATE INDEX places_extra ON places_address (place)")
        admin.execute("CREATE TABLE places_extra_table (id int)")

    found = drift.differences(heideblick.key)

    for part in (
        "column places_address.hidden",
        "column places_address.street",
        "trigger CREATE TRIGGER audit_entry_refuse",
        "table audit_entry",
        "function audit_refuse",
        "index CREATE INDEX places_extra",
        "table places_extra_table",
    ):
        assert any(part in line for line in found), part
    assert drift.differences(luckau.key) == []
