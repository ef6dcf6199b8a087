# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A database that a test may change in structure."""

from __future__ import annotations

import os

import psycopg
import pytest
from psycopg import sql

from tests.harness import databases
from tests.harness.services import Services


@pytest.fixture
def scratch(services: Services):
    """A database with the template, and no municipality of anybody else's test."""
    name = f"verbund_scratch_{os.getpid()}"
    databases.copy(services, databases.ensure_template(services), name)
    yield name
    databases.drop(services, name)
    _drop_leftover_roles(services)


def _drop_leftover_roles(services: Services) -> None:
    """Roles outlive the database; a spare could not take the name of one."""
    with psycopg.connect(services.superuser_dsn, autocommit=True) as admin:
        unused = (
            "SELECT rolname FROM pg_roles r WHERE rolname LIKE 'zz\\_%' AND NOT EXISTS"
            " (SELECT FROM pg_shdepend WHERE refclassid = 'pg_authid'::regclass AND refobjid = r.oid)"
        )
        for (role,) in admin.execute(unused).fetchall():
            admin.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(role)))
