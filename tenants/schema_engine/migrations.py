# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Moves schemas forward: the association's, the template's and every member's."""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

import structlog
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.commands.migrate import Command as DjangoMigrate
from django.db import DatabaseError, connection, transaction
from django.db.migrations.loader import MigrationLoader

from tenants.database.targets import as_owner
from tenants.models import SchemaArtefact, Tenant
from tenants.schema_engine import roles, template
from tenants.states import State
from verbund.kernel import clock, context
from verbund.kernel.context import ASSOCIATION

Report = Callable[[str], None]

log = structlog.get_logger()
# Who waits for a table holds up everybody who comes after; rather fail, and be repeated.
_LOCK_TIMEOUT = "5s"
_LOCK = "hashtext('tenants.schema_engine')"


def migrate_all(report: Report = lambda _line: None) -> list[str]:
    """Bring the whole database to the state of the code. Idempotent; quick when there is nothing to do.

    A municipality that cannot be migrated stays as it is, with the reason in the registry, and the others go on.
    Returns the slugs of those that stayed; the next run tries them again.
    """
    report("Datenbank vorbereiten")
    roles.prepare_database()
    with _one_at_a_time():
        report("Verband")
        migrate_schema(ASSOCIATION.key)
        artefact = ensure_artefact(report)
        with context.enter_association():
            behind = list(
                Tenant.objects.exclude(schema_fingerprint__in=["", artefact.fingerprint])
                .exclude(state=State.ARCHIVED)
                .order_by("number")
            )
        return [tenant.slug for tenant in behind if not _bring_up(tenant, artefact, report)]


def _bring_up(tenant: Tenant, artefact: SchemaArtefact, report: Report) -> bool:
    report(tenant.slug)
    try:
        migrate_schema(tenant.key)
        found = {"schema_fingerprint": artefact.fingerprint, "state_message": ""}
    except Exception as error:  # what is wrong in one schema must not hold up the others
        log.exception("tenants.migration_failed", key=tenant.key)
        found = {"state_message": f"Die Datenbank ist nicht auf dem Stand des Programms: {error}".strip()}
    with context.enter_association():
        Tenant.objects.filter(pk=tenant.pk).update(**found)
    return not found["state_message"]


def migrate_schema(schema: str) -> None:
    """Run Django's migrations in one schema, as its owner; a lock that is not to be had fails after seconds."""
    with as_owner(schema), connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = '{_LOCK_TIMEOUT}'")
        try:
            call_command(DjangoMigrate(), verbosity=0, interactive=False, skip_checks=True)
        finally:
            with suppress(DatabaseError):  # of a lost connection; the error on its way says so
                cursor.execute("RESET lock_timeout")


def ensure_artefact(report: Report = lambda _line: None) -> SchemaArtefact:
    """The rendered structure for the migrations of this code, made when it does not exist yet."""
    found = _artefact()
    if found is not None:
        return found
    with _one_at_a_time():
        return _artefact() or _make_artefact(report)


def _artefact() -> SchemaArtefact | None:
    with context.enter_association():
        return SchemaArtefact.objects.filter(fingerprint=fingerprint()).first()


def _make_artefact(report: Report) -> SchemaArtefact:
    report("Vorlage der Kommunen")
    with as_owner(roles.NOWHERE), transaction.atomic():
        roles.drop_schema(template.NAME)
        roles.make_schema(template.NAME)
    migrate_schema(template.NAME)
    rendered = template.render()
    with context.enter_association():
        return SchemaArtefact.objects.create(fingerprint=fingerprint(), sql=rendered, made_at=clock.now())


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Hold other processes off the template and the migrations; may be nested."""
    with as_owner(roles.NOWHERE), connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_advisory_lock({_LOCK})")
    try:
        yield
    finally:
        with suppress(DatabaseError), as_owner(roles.NOWHERE), connection.cursor() as cursor:
            cursor.execute(f"SELECT pg_advisory_unlock({_LOCK})")


@cache
def fingerprint() -> str:
    """Names and contents of all migrations of the members' apps, hashed."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    labels = {config.label for config in apps.get_app_configs() if config.name in settings.TENANT_APPS}
    digest = hashlib.sha256()
    for (label, name), migration in sorted(loader.disk_migrations.items()):
        if label in labels:
            digest.update(f"{label}.{name}\n".encode())
            digest.update(Path(inspect.getfile(type(migration))).read_bytes())
    return digest.hexdigest()
