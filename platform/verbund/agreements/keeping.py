# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""How long signed agreements are kept: three years after the member has left, with the PDFs it brought."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from tenants.models import Departure
from verbund.agreements import store
from verbund.agreements.models import SignedAgreement
from verbund.audit import api as audit
from verbund.kernel.actors import Actor

# Claims out of the contract end three years after the end of the year in which they arose (sections 195, 199 BGB).
_YEARS: Final = 3


def delete_old(*, by: Actor, at: datetime) -> int:
    """Delete the agreements of members whose departure ended before the years that are kept; returns how many.

    The association must be entered. A crash in between leaves a PDF without a row at most, and that is unreadable without its name.
    """
    left = Departure.objects.filter(finished_at__lt=_last_kept(at)).values_list("tenant_id", flat=True)
    members = SignedAgreement.objects.filter(tenant__in=list(left)).values_list("tenant", flat=True)
    return sum(_delete(number, by=by, at=at) for number in sorted(set(members)))


@transaction.atomic
def _delete(tenant: int, *, by: Actor, at: datetime) -> int:
    rows = list(SignedAgreement.objects.select_for_update().filter(tenant=tenant))
    files = [row.file_id for row in rows if row.file_id is not None]
    SignedAgreement.objects.filter(pk__in=[row.pk for row in rows]).delete()
    audit.record(
        action="agreements.agreement.deleted",
        subject=f"tenants.tenant:{tenant}",
        by=by,
        changes={"count": len(rows), "kept_years": _YEARS},
        at=at,
    )
    transaction.on_commit(lambda: _remove(files))
    return len(rows)


def _remove(files: list[UUID]) -> None:
    for file_id in files:
        store.remove(file_id)


def _last_kept(at: datetime) -> datetime:
    """Departures that ended before this moment are over: the end of the year three years ago (UTC)."""
    return at.replace(year=at.year - _YEARS, month=1, day=1, hour=0, minute=0, second=0, microsecond=0)
