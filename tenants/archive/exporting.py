# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Exports a municipality: written down in its own record, because all its data leave the house."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.db import transaction

from tenants.archive.receivers import KeyPairReceiver
from tenants.archive.writing import Written, write_archive
from tenants.models import Tenant
from tenants.states import WITH_DATA
from verbund.audit import api as audit
from verbund.kernel import context
from verbund.kernel.actors import Actor
from verbund.kernel.context import Municipality
from verbund.kernel.errors import Conflict
from verbund.kernel.msgids import gettext_noop as _


class NothingToExport(Conflict):
    code = "archive_no_data"
    message = _("Diese Kommune hat keine Daten mehr oder noch keine, die exportiert werden können.")


def export_now(
    municipality: Municipality, target: Path, *, receiver: KeyPairReceiver, by: Actor, at: datetime
) -> Written:
    """Write an archive and record it with the association, which keeps the data part of two exports equal.

    Raises:
        NothingToExport: there is no schema.
        StorageRefused: the disk refuses; nothing is left.
    """
    with context.enter_association():
        if (
            not Tenant.objects.filter(pk=municipality.number, state__in=WITH_DATA)
            .exclude(schema_fingerprint="")
            .exists()
        ):
            raise NothingToExport
    written = write_archive(municipality, target, receiver=receiver, at=at)
    with context.enter_association(), transaction.atomic():
        audit.record(
            action="tenants.archive.exported",
            subject=f"tenants.tenant:{municipality.number}",
            by=by,
            at=at,
            changes={
                "receiver": receiver.id,
                "sha256": written.sha256,
                "data_sha256": written.manifest.data_sha256,
                "bytes": written.size,
            },
        )
    return written
