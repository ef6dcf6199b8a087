# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Makes a municipality's schema in one transaction: a spare one, else by replaying the template."""

from __future__ import annotations

from django.db import connection, transaction

from tenants.database.targets import as_owner
from tenants.models import Tenant
from tenants.schema_engine import roles, spares, template
from tenants.schema_engine.migrations import ensure_artefact, fingerprint
from verbund.kernel.context import ASSOCIATION


def create(tenant_number: int, key: str) -> None:
    """Role, schema, rights, tables, seed rows and the registry's note of them: all or nothing. Idempotent."""
    if not _from_spare(tenant_number, key):
        _from_template(tenant_number, key)


def _from_spare(tenant_number: int, key: str) -> bool:
    """Whether the schema stands now: it stood already, or one was in reserve."""
    with as_owner(roles.NOWHERE), transaction.atomic():
        _lock(key)
        if roles.schema_exists(key):
            return True
        if not spares.take(key, fingerprint()):
            return False
        _note(tenant_number, fingerprint())
        return True


def _from_template(tenant_number: int, key: str) -> None:
    artefact = ensure_artefact()
    with as_owner(roles.NOWHERE), transaction.atomic():
        _lock(key)
        if roles.schema_exists(key):
            return
        roles.make_schema(key, with_defaults=False)
        with connection.cursor() as cursor:
            cursor.execute(template.for_schema(artefact.sql, key))
        _note(tenant_number, artefact.fingerprint)


def _lock(key: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"schema {key}"])


def _note(tenant_number: int, made_as: str) -> None:
    with as_owner(ASSOCIATION.key):
        Tenant.objects.filter(pk=tenant_number).update(schema_fingerprint=made_as)


def create_scratch(key: str) -> None:
    """The same without a member: for a trial, removed again by `remove_scratch`."""
    artefact = ensure_artefact()
    with as_owner(roles.NOWHERE), transaction.atomic(), connection.cursor() as cursor:
        roles.make_schema(key, with_defaults=False)
        cursor.execute(template.for_schema(artefact.sql, key))


def remove_scratch(key: str) -> None:
    """Idempotent."""
    with as_owner(roles.NOWHERE), transaction.atomic():
        roles.drop_schema(key)
        roles.drop_role(key)


def remove(tenant_number: int, key: str) -> None:
    """Take back what create made. Idempotent."""
    with as_owner(roles.NOWHERE), transaction.atomic():
        roles.drop_schema(key)
        roles.drop_role(key)
        _note(tenant_number, "")


def exists(key: str) -> bool:
    """Whether the schema stands; it is only there when the whole transaction was."""
    with as_owner(roles.NOWHERE):
        return roles.schema_exists(key)
