# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A municipality orders its own archive, without asking the association; a worker with the rights for it writes it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tenants import directory
from tenants.archive import folders
from tenants.archive.receivers import KeyPairReceiver, own_receiver
from tenants.archive.writing import write_archive
from tenants.models import ArchiveOrder, Tenant
from verbund.audit import api as audit
from verbund.jobs.models import Job
from verbund.jobs.models import State as JobState
from verbund.jobs.progress import Step, claim, open_job, run_steps, stale_jobs
from verbund.kernel import clock, context
from verbund.kernel.actors import Actor
from verbund.kernel.context import municipality_key
from verbund.kernel.errors import NotFound

JOB_KIND: Final = "tenants.export"
_STEP: Final = "archive"


@transaction.atomic
def order_archive(*, receiver_pem: str, by: Actor, at: datetime) -> Job:
    """Ask for an archive of the entered municipality. Without a key the association's installation can open it alone.

    Raises:
        BadReceiverKey: that is no public key.
        Conflict: one is being written already.
    """
    municipality = context.current_municipality()
    receiver_id = KeyPairReceiver(receiver_pem).id if receiver_pem.strip() else ""
    label = _("Archiv schreiben und prüfen")
    with context.enter_association():
        job = open_job(
            kind=JOB_KIND,
            subject=municipality.key,
            title=_("%(name)s: Archiv der eigenen Daten") % {"name": municipality.name},
            steps=[(_STEP, label)],
            requested_by=f"{municipality.key}:{by.id}",
            at=at,
        )
        order = ArchiveOrder.objects.create(
            tenant_id=municipality.number,
            job_id=job.pk,
            receiver_pem=receiver_pem.strip(),
            receiver_id=receiver_id,
            requested_by=job.requested_by,
            requested_at=at,
        )
    audit.record(
        action="tenants.archive.ordered",
        subject=f"tenants.archiveorder:{order.pk}",
        by=by,
        at=at,
        changes={"receiver": receiver_id or "association"},
    )
    return job


def run_export(job_id: int) -> bool:
    """Write an ordered archive; True when it lies ready."""
    job = claim(job_id, at=clock.now())
    if job is None:
        return False
    with context.enter_association():
        order = ArchiveOrder.objects.get(job_id=job_id)

    def write() -> None:
        with context.enter_association():
            municipality = directory.describe(Tenant.objects.get(pk=order.tenant_id))
        receiver = KeyPairReceiver(order.receiver_pem) if order.receiver_pem else own_receiver()
        written = write_archive(municipality, folders.path_of(order), receiver=receiver, at=clock.now())
        with context.enter_association():
            folders.note(order, written, at=clock.now())

    step = Step(name=_STEP, label="", is_done=lambda: False, run=write)
    return run_steps(job, [step]) == JobState.DONE


def waiting(*, at: datetime) -> list[int]:
    """Orders whose message or worker was lost."""
    return stale_jobs(JOB_KIND, at=at)


def orders() -> list[tuple[ArchiveOrder, Job | None]]:
    """The orders of the entered municipality with their jobs, newest first."""
    number = context.current_municipality().number
    with context.enter_association():
        found = list(ArchiveOrder.objects.filter(tenant_id=number)[:20])
        jobs = Job.objects.in_bulk([order.job_id for order in found if order.job_id])
        return [(order, jobs.get(order.job_id or 0)) for order in found]


@transaction.atomic
def download_archive(*, order_id: UUID, by: Actor, at: datetime) -> tuple[ArchiveOrder, Path]:
    """The file of an order of the entered municipality. It goes an hour after the first download, or after seven days.

    Raises:
        NotFound: there is no such order here, or its file is gone.
    """
    number = context.current_municipality().number
    with context.enter_association():
        order = ArchiveOrder.objects.select_for_update().filter(pk=order_id, tenant_id=number).first()
        if order is None or order.expires_at is None or order.expires_at <= at:
            raise NotFound(_("Dieses Archiv gibt es nicht mehr. Bitte bestellen Sie ein neues."))
        path = folders.path_of(order)
        if not path.is_file():
            raise NotFound(_("Dieses Archiv gibt es nicht mehr. Bitte bestellen Sie ein neues."))
        if order.downloaded_at is None:
            order.downloaded_at = at
            order.expires_at = min(order.expires_at, at + folders.KEPT_AFTER_DOWNLOAD)
            order.save(update_fields=["downloaded_at", "expires_at"])
    audit.record(
        action="tenants.archive.downloaded",
        subject=f"tenants.archiveorder:{order.pk}",
        by=by,
        at=at,
        changes={"sha256": order.sha256},
    )
    return order, path


def remove_expired(*, at: datetime) -> int:
    """Remove files whose time is over, but not the archive of a member that is leaving; how many."""
    with context.enter_association():
        over = ArchiveOrder.objects.filter(expires_at__lte=at, removed_at=None, job_id__isnull=False)
        removed = 0
        for order in over:
            folders.path_of(order).unlink(missing_ok=True)
            removed += ArchiveOrder.objects.filter(pk=order.pk).update(removed_at=at)
        return removed


def file_name(order: ArchiveOrder) -> str:
    """How the file is called on the reader's machine."""
    day = clock.day_of(order.made_at or order.requested_at).isoformat()
    return f"{municipality_key(order.tenant_id)}-{day}.verbund"
