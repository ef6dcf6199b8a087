# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which backups of a member lie there, how the last trial of restoring went, and what was put back.

Read from the registry alone: the folder of the backups may be out of reach for whoever shows them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from tenants.archive import folders
from tenants.archive.backups import NoBackup
from tenants.models import BackupKind, BackupRun, InPlaceRestoration
from verbund.kernel.context import municipality_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """``backups`` are whole and still kept, the newest first; ``failed`` and ``trial`` are the latest of their kind."""

    backups: list[BackupRun]
    failed: BackupRun | None
    trial: BackupRun | None
    restorations: list[InPlaceRestoration]


def of_member(number: int, *, at: datetime) -> Kept:
    """The association must be entered."""
    runs = BackupRun.objects.filter(tenant_id=number)
    backups = runs.filter(kind=BackupKind.BACKUP, is_ok=True, started_at__gt=_oldest(at)).order_by(
        "-started_at"
    )
    failed = runs.filter(kind=BackupKind.BACKUP, is_ok=False).order_by("-started_at").first()
    if failed is not None and backups and backups[0].started_at > failed.started_at:
        failed = None
    return Kept(
        backups=list(backups),
        failed=failed,
        trial=runs.filter(kind=BackupKind.TRIAL).order_by("-started_at").first(),
        restorations=list(InPlaceRestoration.objects.filter(tenant_id=number)[:10]),
    )


def backup_of(number: int, run_id: int, *, at: datetime) -> BackupRun:
    """One that is kept; the association must be entered.

    Raises:
        NoBackup: there is none, it failed, or its time is over.
    """
    found = BackupRun.objects.filter(
        pk=run_id, tenant_id=number, kind=BackupKind.BACKUP, is_ok=True, started_at__gt=_oldest(at)
    ).first()
    if found is None:
        raise NoBackup
    return found


def path_of(run: BackupRun) -> Path:
    return folders.backup_folder(municipality_key(run.tenant_id)) / run.name


def _oldest(at: datetime) -> datetime:
    return at - timedelta(days=settings.VERBUND.backup_keep_days)
