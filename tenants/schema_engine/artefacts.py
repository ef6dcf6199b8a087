# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The structure of a municipality's schema for the migrations of this code, rendered once and kept."""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.migrations.loader import MigrationLoader

from tenants.database.targets import as_owner
from tenants.models import SchemaArtefact
from tenants.schema_engine import drift, roles, template
from tenants.schema_engine.executor import migrate_schema
from verbund.kernel import clock, context

Report = Callable[[str], None]
_LOCK = "hashtext('tenants.schema_engine')"


def ensure_artefact(report: Report = lambda _line: None) -> SchemaArtefact:
    """The rendered structure for the migrations of this code, made when it does not exist yet."""
    found = _artefact()
    if found is not None:
        return found
    with one_at_a_time():
        return _artefact() or _make_artefact(report)


def _artefact() -> SchemaArtefact | None:
    with context.enter_association():
        return SchemaArtefact.objects.filter(fingerprint=fingerprint()).first()


def _make_artefact(report: Report) -> SchemaArtefact:
    report("Vorlage der Kommunen")
    make_empty(template.NAME)
    migrate_schema(template.NAME)
    rendered = template.render()
    with context.enter_association():
        return SchemaArtefact.objects.create(
            fingerprint=fingerprint(),
            sql=rendered,
            structure="\n".join(drift.structure(template.NAME)),
            made_at=clock.now(),
        )


def make_empty(schema: str, *, with_defaults: bool = True) -> None:
    """An empty schema of nobody's, whatever stood there before."""
    with as_owner(roles.NOWHERE), transaction.atomic():
        roles.drop_schema(schema)
        roles.make_schema(schema, with_defaults=with_defaults, for_application=False)


@contextmanager
def one_at_a_time() -> Iterator[None]:
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
    labels = member_labels()
    digest = hashlib.sha256()
    for (label, name), migration in sorted(loader.disk_migrations.items()):
        if label in labels:
            digest.update(f"{label}.{name}\n".encode())
            digest.update(Path(inspect.getfile(type(migration))).read_bytes())
    return digest.hexdigest()


@cache
def member_labels() -> frozenset[str]:
    """The apps whose tables stand in a municipality's schema."""
    return frozenset(config.label for config in apps.get_app_configs() if config.name in settings.TENANT_APPS)
