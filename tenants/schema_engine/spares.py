# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Schemas in reserve: made in the background, so that a new municipality's stands in milliseconds.

A spare is a whole schema with a role of its own that no login may enter. To give it away is to rename both.
"""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import connection, transaction

from tenants.database.targets import as_owner
from tenants.models import SchemaArtefact, SpareSchema
from tenants.schema_engine import roles, template
from tenants.schema_engine.artefacts import fingerprint
from verbund.kernel import clock
from verbund.kernel.context import ASSOCIATION

PREFIX = "zz_spare_"


def take(key: str, made_as: str) -> bool:
    """Make a spare of that structure the municipality's; False when there is none. In the caller's transaction.

    Two who ask at once get two different ones. Where the server knows a role of the municipality's name already,
    left by another of its databases, no spare can take that name.
    """
    if roles.role_exists(key):
        return False
    with as_owner(ASSOCIATION.key):
        spare = (
            SpareSchema.objects.select_for_update(skip_locked=True)
            .filter(fingerprint=made_as)
            .order_by("pk")
            .first()
        )
        if spare is None:
            return False
        spare.delete()
    roles.hand_over(spare.name, key)
    return True


def refill(wanted: int | None = None) -> int:
    """Make what is missing in the reserve, and remove what an older program left; returns how many were made.

    How many are kept ready is a setting, unless said otherwise.

    Does nothing while this program is not the one whose structure is the newest: during a change of versions
    two would remove each other's spares.
    """
    with as_owner(ASSOCIATION.key):
        artefact = SchemaArtefact.objects.order_by("-made_at", "-pk").first()
    if artefact is None or artefact.fingerprint != fingerprint():
        return 0
    discard_outdated()
    made = 0
    while _make_one(artefact, settings.VERBUND.spare_schemas if wanted is None else wanted):
        made += 1
    return made


def discard_outdated() -> None:
    """Remove the spares of any other structure; one that is being taken this moment stays its taker's."""
    while _discard_one():
        pass


def _make_one(artefact: SchemaArtefact, wanted: int) -> bool:
    with as_owner(roles.NOWHERE), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('tenants.spares'))")
        with as_owner(ASSOCIATION.key):
            ready = SpareSchema.objects.filter(fingerprint=artefact.fingerprint).count()
        if ready >= wanted:
            return False
        name = f"{PREFIX}{secrets.token_hex(6)}"
        roles.make_schema(name, with_defaults=False, for_application=False)
        with connection.cursor() as cursor:
            cursor.execute(template.for_schema(artefact.sql, name))
        with as_owner(ASSOCIATION.key):
            SpareSchema.objects.create(name=name, fingerprint=artefact.fingerprint, made_at=clock.now())
        return True


def _discard_one() -> bool:
    with as_owner(roles.NOWHERE), transaction.atomic():
        with as_owner(ASSOCIATION.key):
            spare = (
                SpareSchema.objects.select_for_update(skip_locked=True)
                .exclude(fingerprint=fingerprint())
                .first()
            )
            if spare is None:
                return False
            spare.delete()
        roles.drop_schema(spare.name)
        roles.drop_role(spare.name)
        return True
