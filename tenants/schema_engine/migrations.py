# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Moves schemas forward: the association's, the template's and every member's."""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Callable
from functools import cache
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.commands.migrate import Command as DjangoMigrate
from django.db import transaction
from django.db.migrations.loader import MigrationLoader

from tenants.database.targets import as_owner
from tenants.models import SchemaArtefact, Tenant
from tenants.schema_engine import roles, template
from tenants.states import State
from verbund.kernel import clock, context
from verbund.kernel.context import ASSOCIATION

Report = Callable[[str], None]


def migrate_all(report: Report = lambda _line: None) -> None:
    """Bring the whole database to the state of the code. Idempotent; quick when there is nothing to do."""
    report("Datenbank vorbereiten")
    roles.prepare_database()
    report("Verband")
    migrate_schema(ASSOCIATION.key)
    artefact = ensure_artefact(report)
    with context.enter_association():
        behind = list(
            Tenant.objects.exclude(schema_fingerprint__in=["", artefact.fingerprint])
            .exclude(state__in=[State.ARCHIVED])
            .order_by("number")
        )
    for tenant in behind:
        report(f"{tenant.slug}")
        migrate_schema(tenant.key)
        with context.enter_association():
            Tenant.objects.filter(pk=tenant.pk).update(schema_fingerprint=artefact.fingerprint)


def migrate_schema(schema: str) -> None:
    """Run Django's migrations in one schema, as its owner."""
    with as_owner(schema):
        call_command(DjangoMigrate(), verbosity=0, interactive=False, skip_checks=True)


def ensure_artefact(report: Report = lambda _line: None) -> SchemaArtefact:
    """The rendered structure for the migrations of this code, made when it does not exist yet."""
    wanted = fingerprint()
    with context.enter_association():
        artefact = SchemaArtefact.objects.filter(fingerprint=wanted).first()
    if artefact is not None:
        return artefact
    report("Vorlage der Kommunen")
    with as_owner(roles.NOWHERE), transaction.atomic():
        roles.drop_schema(template.NAME)
        roles.make_schema(template.NAME)
    migrate_schema(template.NAME)
    rendered = template.render()
    with context.enter_association():
        artefact, _made = SchemaArtefact.objects.get_or_create(
            fingerprint=wanted, defaults={"sql": rendered, "made_at": clock.now()}
        )
    return artefact


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
