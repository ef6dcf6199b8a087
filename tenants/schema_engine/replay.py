# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Makes a municipality's schema in one transaction by replaying the template."""

from __future__ import annotations

from django.db import connection, transaction

from tenants.database.targets import as_owner
from tenants.models import Tenant
from tenants.schema_engine import roles, template
from tenants.schema_engine.migrations import ensure_artefact
from verbund.kernel.context import ASSOCIATION


def create(tenant_number: int, key: str) -> None:
    """Role, schema, rights, tables, seed rows and the registry's note of them: all or nothing."""
    artefact = ensure_artefact()
    with as_owner(roles.NOWHERE), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"schema {key}"])
            if roles.schema_exists(key):
                return
            roles.make_schema(key, with_defaults=False)
            cursor.execute(template.for_schema(artefact.sql, key))
        with as_owner(ASSOCIATION.key):
            Tenant.objects.filter(pk=tenant_number).update(schema_fingerprint=artefact.fingerprint)


def remove(tenant_number: int, key: str) -> None:
    """Take back what create made. Idempotent."""
    with as_owner(roles.NOWHERE), transaction.atomic():
        roles.drop_schema(key)
        roles.drop_role(key)
        with as_owner(ASSOCIATION.key):
            Tenant.objects.filter(pk=tenant_number).update(schema_fingerprint="")


def exists(key: str) -> bool:
    """Whether the schema stands; it is only there when the whole transaction was."""
    with as_owner(roles.NOWHERE):
        return roles.schema_exists(key)
