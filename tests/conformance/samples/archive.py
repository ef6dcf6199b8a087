# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Archives and departures: how their services are tried."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from tenants.archive import folders, in_place
from tenants.archive.container import MAGIC
from tenants.leaving import departures
from tenants.models import BackupKind, BackupRun, Departure, Tenant
from tests.conformance.samples import Stage
from verbund.jobs.models import Job, State
from verbund.kernel import clock
from verbund.kernel.context import municipality_key


def departing(stage: Stage) -> Job:
    """Luckau has asked to leave."""
    number = Tenant.objects.get(slug="luckau").pk
    return departures.request_departure(
        number=number, confirmation="luckau", reason="Austritt", by=stage.by, at=clock.now()
    )


def _removal(stage: Stage) -> partial[object]:
    job = departing(stage)
    Job.objects.filter(pk=job.pk).update(state=State.DONE)
    departure = Departure.objects.get(slug="luckau")
    departure.drop_after = clock.now() - timedelta(days=1)
    departure.save()
    return partial(departures.request_removal, number=departure.tenant_id, by=stage.by, at=clock.now())


def _retry(stage: Stage) -> partial[object]:
    job = departing(stage)
    Job.objects.filter(pk=job.pk).update(state=State.FAILED)
    return partial(departures.retry_departure, job_id=job.pk, by=stage.by, at=clock.now())


def leave_page(stage: Stage) -> Any:
    values = {"reason": "Austritt", "confirmation": "luckau", "receiver": ""}
    return stage.confirmed().post("/kommunen/luckau/austritt/", values)


def a_backup(slug: str) -> Path:
    """Something that looks like a backup of that member, for whoever only asks for its restoration."""
    key = municipality_key(Tenant.objects.get(slug=slug).pk)
    path = folders.backup_folder(key) / "2026-11-27T010003Z.verbund"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(MAGIC + b"\x00\x00\x00\x02{}")
    return path


def _run(slug: str) -> BackupRun:
    """A backup that lies there, as the registry knows it."""
    now = clock.now()
    return BackupRun.objects.create(
        tenant=Tenant.objects.get(slug=slug), kind=BackupKind.BACKUP, started_at=now, finished_at=now,
        is_ok=True, name=a_backup(slug).name, size_bytes=20,
    )  # fmt: skip


def restore_page(stage: Stage) -> Any:
    path = f"/kommunen/luckau/sicherungen/{_run('luckau').pk}/wiederherstellen/"
    return stage.confirmed().post(path, {"reason": "Falscher Import", "confirmation": "luckau"})


def order_page(stage: Stage) -> Any:
    return stage.confirmed().post("/verwaltung/eigene-daten/", {"receiver": ""})


ROUTES = {
    "association console-association:backup-restore": restore_page,
    "association console-association:leave": leave_page,
    "municipality staff-staff:archives": order_page,
}
SERVICES = {
    "tenants.archive.in_place.request_in_place": lambda stage: partial(
        in_place.request_in_place,
        number=Tenant.objects.get(slug="luckau").pk,
        path=a_backup("luckau"),
        confirmation="luckau",
        reason="Falscher Import",
        by=stage.by,
        at=clock.now(),
    ),
    "tenants.leaving.departures.request_departure": lambda stage: partial(
        departures.request_departure,
        number=Tenant.objects.get(slug="luckau").pk,
        confirmation="luckau",
        reason="Austritt",
        by=stage.by,
        at=clock.now(),
    ),
    "tenants.leaving.departures.request_removal": _removal,
    "tenants.leaving.departures.retry_departure": _retry,
}
WITHOUT_ROW = {
    "tenants.archive.exporting.export_now": "braucht eine eigene Transaktion; eigener Test in tests/tenants/archive",
    "tenants.archive.orders.download_archive": "schreibt bei der Kommune; eigener Test in tests/staff",
    "tenants.archive.orders.order_archive": "schreibt bei der Kommune; geprüft mit der Seite, eigener Test in tests/staff",
    "tenants.archive.restoring.request_restore": "braucht die Rechte der Bereitstellung; eigener Test in tests/tenants/archive",
    "verbund.audit.restarts.record": "schreibt in der Transaktion der Wiederherstellung; geprüft mit ihr in tests/tenants/archive",
    "tenants.leaving.departures.go_on": "ruft request_removal, das hier geprüft wird",
}
