# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Archives and departures: how their services are tried."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

from tenants.leaving import departures
from tenants.models import Departure, Tenant
from tests.conformance.samples import Stage
from verbund.jobs.models import Job, State
from verbund.kernel import clock


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


def order_page(stage: Stage) -> Any:
    return stage.confirmed().post("/verwaltung/eigene-daten/", {"receiver": ""})


ROUTES = {
    "association console-association:leave": leave_page,
    "municipality staff-staff:archives": order_page,
}
SERVICES = {
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
    "tenants.leaving.departures.go_on": "ruft request_removal, das hier geprüft wird",
}
