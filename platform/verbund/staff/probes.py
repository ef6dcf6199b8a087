# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The inbox as a clerk sees it, and the municipality's own data as its administration does."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from tenants.archive import folders, orders
from tenants.models import ArchiveOrder
from verbund.jobs.models import Job
from verbund.jobs.models import State as JobState
from verbund.kernel import clock, context
from verbund.kernel.actors import SYSTEM
from verbund.kernel.probes import Ask, Probe, Stage

_ADMIN = "administrator"
_ARCHIVES = "/verwaltung/eigene-daten/"
_INVALID = 422


def _written(stage: Stage) -> ArchiveOrder:
    """An archive that lies ready. It is never open to a worker, which would write the real one."""
    content = f"verschlossen {stage.canary}".encode()
    now = clock.now()
    with transaction.atomic():
        job = orders.order_archive(receiver_pem="", by=SYSTEM, at=now)
        with context.enter_association():
            Job.objects.filter(pk=job.pk).update(state=JobState.DONE)
            order = ArchiveOrder.objects.get(job_id=job.pk)
            order.made_at, order.expires_at = now, now + timedelta(days=1)
            order.size_bytes, order.rows, order.files = len(content), 1, 0
            order.save()
    path = folders.path_of(order)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return order


def _archives(rest: str = "") -> Probe:
    def probe(stage: Stage) -> Ask:
        stage.once("staff.archive", _written)
        return Ask(path=f"{_ARCHIVES}{rest}", role=_ADMIN)

    return probe


def _order(_stage: Stage) -> Ask:
    """What is sent is no key: a worker would begin with a real order at once."""
    data = {"receiver": "ssh-rsa AAAA"}
    return Ask(path=_ARCHIVES, role=_ADMIN, data=data, status=_INVALID, writes=False)


PROBES: dict[str, Probe] = {
    "GET staff-staff:inbox": lambda _stage: Ask(path="/verwaltung/", role="clerk"),
    "GET staff-staff:archives": _archives(),
    "POST staff-staff:archives": _order,
    "GET staff-staff:archives-fragment": _archives("stand/"),
    "GET staff-staff:archive-download": lambda stage: Ask(
        path=f"{_ARCHIVES}{_written(stage).pk}/", role=_ADMIN, shows=True
    ),
}
