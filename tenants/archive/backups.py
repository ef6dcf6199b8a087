# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The nightly backup of each municipality, kept for some days, and the proof that it can be restored.

A backup is an archive that only this installation can open, and only as long as the municipality's transit key exists: who
has left is unreadable in every old backup. It holds the machine form only.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from datetime import time as time_of_day
from functools import partial
from pathlib import Path
from typing import Final

import structlog
from django.conf import settings
from django.db import connection
from django.db.models import Max, Q

from tenants import directory
from tenants.archive import envelope_part, folders, loading
from tenants.archive.container import read_head
from tenants.archive.errors import ArchiveRefused
from tenants.archive.manifest import KEYS
from tenants.archive.reading import Archive
from tenants.archive.receivers import TransitReceiver, open_here
from tenants.archive.writing import write_archive
from tenants.database.targets import as_owner
from tenants.models import BackupKind, BackupRun, InPlaceRestoration, Tenant
from tenants.schema_engine import replay
from tenants.states import State
from verbund.kernel import clock, context
from verbund.kernel.context import Municipality
from verbund.kernel.errors import DomainError
from verbund.kernel.msgids import gettext_noop as _

log = structlog.get_logger()
# Who is leaving has its archive; its key is gone, and with it the way to seal a backup.
BACKED_UP: Final = (State.ACTIVE, State.SUSPENDED)
SCRATCH: Final = "zz_restore_trial"
_NIGHT_BEGINS: Final = time_of_day(1, 0)
_LOCK: Final = "hashtext('tenants.archive.trial')"


class NoBackup(ArchiveRefused):
    code = "backup_missing"
    message = _("Von dieser Kommune gibt es keine Sicherung.")


@dataclass(frozen=True, slots=True)
class Latest:
    """The last success of each kind, and the last failure after it."""

    slug: str
    backup_at: datetime | None
    trial_at: datetime | None


def back_up(municipality: Municipality, *, at: datetime) -> BackupRun:
    """Write one backup, note how it went, and remove those whose time is over."""
    folder = folders.backup_folder(municipality.key)
    target = folder / f"{at:%Y-%m-%dT%H%M%SZ}.verbund"

    def work(run: BackupRun) -> None:
        receiver = TransitReceiver(municipality.key)
        written = write_archive(municipality, target, receiver=receiver, at=at, is_readable=False)
        run.name, run.size_bytes = target.name, written.size
        run.data_sha256 = written.manifest.data_sha256

    run = _noted(municipality, BackupKind.BACKUP, work, at=at)
    if run.is_ok:
        _remove_old(municipality, folder, at=at)
    return run


def try_restore(municipality: Municipality, *, at: datetime) -> BackupRun:
    """Restore the newest backup into a schema of nobody, read it back, compare, and open one ciphertext with its keys."""

    def work(run: BackupRun) -> None:
        path = newest(municipality.key)
        run.name = path.name
        archive = Archive(path, open_here(read_head(path)["key"]))
        manifest = archive.check()
        loading.check_structure(manifest)
        keys = envelope_part.wrapped_again(municipality, archive.json(KEYS))
        with connection.cursor() as cursor, as_owner("pg_catalog"):
            cursor.execute(f"SELECT pg_advisory_lock({_LOCK})")
        try:
            loading.make_scratch(SCRATCH, manifest)
            loading.load_tables(SCRATCH, archive, manifest, keys)
            loading.compare_tables(SCRATCH, manifest, partial(as_owner, SCRATCH))
        finally:
            replay.remove_scratch(SCRATCH)
            with connection.cursor() as cursor, as_owner("pg_catalog"):
                cursor.execute(f"SELECT pg_advisory_unlock({_LOCK})")
        run.data_sha256 = manifest.data_sha256

    return _noted(municipality, BackupKind.TRIAL, work, at=at)


def run_due(*, at: datetime, within_seconds: float = 60) -> int:
    """Back up whose last backup is from before this night, the oldest first, until the time is used up; then one trial."""
    until, done = time.monotonic() + within_seconds, 0
    night = _begin_of_night(at)
    for municipality in _due(BackupKind.BACKUP, night):
        back_up(municipality, at=clock.now())
        done += 1
        if time.monotonic() >= until:
            return done
    with context.enter_association():
        tried = BackupRun.objects.filter(kind=BackupKind.TRIAL, finished_at__gte=night).exists()
    if not tried:
        for municipality in _due(BackupKind.TRIAL, night)[:1]:
            try_restore(municipality, at=clock.now())
    return done


def latest() -> list[Latest]:
    """Of every member that has data; the association must be entered."""
    rows = (
        Tenant.objects.filter(state__in=BACKED_UP)
        .annotate(
            backup_at=_last(BackupKind.BACKUP),
            trial_at=_last(BackupKind.TRIAL),
        )
        .order_by("number")
        .values_list("slug", "backup_at", "trial_at")
    )
    return [Latest(*row) for row in rows]


def newest(key: str) -> Path:
    """The newest backup of a municipality.

    Raises:
        NoBackup: there is none.
    """
    found = sorted(folders.backup_folder(key).glob("*.verbund"))
    if not found:
        raise NoBackup
    return found[-1]


def _last(kind: BackupKind) -> Max:
    return Max("backup_runs__finished_at", filter=Q(backup_runs__kind=kind, backup_runs__is_ok=True))


def _due(kind: BackupKind, night: datetime) -> list[Municipality]:
    """Those without a success since then; who failed tonight comes last, so that one cannot hold up the others."""
    with context.enter_association():
        tenants = (
            Tenant.objects.filter(state__in=BACKED_UP)
            .exclude(schema_fingerprint="")  # being put back to an earlier day: half of it is nothing to keep
            .annotate(
                last=_last(kind), tried=Max("backup_runs__finished_at", filter=Q(backup_runs__kind=kind))
            )
            .filter(Q(last=None) | Q(last__lt=night))
            .prefetch_related("domains", "bodies", "activations")
        )
        ordered = sorted(tenants, key=lambda tenant: (tenant.tried is not None, tenant.tried, tenant.number))
        return [directory.describe(tenant) for tenant in ordered]


def _begin_of_night(at: datetime) -> datetime:
    local = at.astimezone(clock.BERLIN)
    begin = datetime.combine(clock.day_of(at), _NIGHT_BEGINS, tzinfo=clock.BERLIN)
    return begin if begin <= local else begin - timedelta(days=1)


def _noted(
    municipality: Municipality, kind: BackupKind, work: Callable[[BackupRun], None], *, at: datetime
) -> BackupRun:
    run = BackupRun(tenant_id=municipality.number, kind=kind, started_at=at, is_ok=False)
    try:
        work(run)
        run.is_ok = True
    except DomainError as error:
        run.message, run.failure = error.message, error
    except Exception as error:  # the other municipalities go on, and the Doctor shows it
        run.failure = error
        run.message = "Unerwarteter Fehler. Das Protokoll nennt die Ursache."
        log.exception("tenants.backup_failed", key=municipality.key, kind=kind)
    run.finished_at = clock.now()
    with context.enter_association():
        run.save()
    log.info("tenants.backup", key=municipality.key, kind=kind, is_ok=run.is_ok, bytes=run.size_bytes)
    return run


def _remove_old(municipality: Municipality, folder: Path, *, at: datetime) -> None:
    """All whose time is over but the one the municipality is being put back to: it may be the last good one."""
    before = at - timedelta(days=settings.VERBUND.backup_keep_days)
    with context.enter_association():
        rows = InPlaceRestoration.objects.filter(tenant_id=municipality.number, finished_at=None)
        in_use = {Path(path).resolve() for path in rows.values_list("path", flat=True)}
    for path in _older(folder.glob("*.verbund"), before):
        if path.resolve() not in in_use:
            path.unlink(missing_ok=True)


def _older(paths: Iterable[Path], before: datetime) -> list[Path]:
    return [path for path in paths if path.stem < f"{before:%Y-%m-%dT%H%M%SZ}"]
