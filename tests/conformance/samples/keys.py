# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""New passwords and keys."""

from __future__ import annotations

from functools import partial
from typing import Any

from tenants.keys import renewal
from tests.conformance.samples import Stage
from verbund.console import renewals as console
from verbund.jobs.models import Job
from verbund.kernel import clock


def failed_renewal(stage: Stage) -> Job:
    job = renewal.request_renewal(slug="luckau", by=stage.by, at=clock.now())
    Job.objects.filter(pk=job.pk).update(state="FAILED")
    return job


def renew_page(stage: Stage) -> Any:
    return stage.confirmed().post("/schluessel/erneuern/", {"slug": "luckau"})


def retry_page(stage: Stage) -> Any:
    return stage.client().post(f"/schluessel/{failed_renewal(stage).pk}/erneut/")


ROUTES = {
    "association console-association:keys-renew": renew_page,
    "association console-association:keys-retry": retry_page,
}
SERVICES = {
    "tenants.keys.renewal.request_renewal": lambda stage: partial(
        renewal.request_renewal, slug="luckau", by=stage.by, at=clock.now()
    ),
    "tenants.keys.renewal.request_all": lambda stage: partial(
        renewal.request_all, by=stage.by, at=clock.now()
    ),
    "tenants.keys.renewal.retry_renewal": lambda stage: partial(
        renewal.retry_renewal, job_id=failed_renewal(stage).pk, by=stage.by, at=clock.now()
    ),
    "verbund.console.renewals.renew": lambda stage: partial(
        console.renew, slug="luckau", with_data=False, by=stage.by, at=clock.now()
    ),
    "verbund.console.renewals.retry": lambda stage: partial(
        console.retry, job_id=failed_renewal(stage).pk, by=stage.by, at=clock.now()
    ),
}
WITHOUT_ROW = {
    "tenants.keys.passwords.rotate_password": "nur mit der Kennung der Einrichtung; tests/tenants/keys prüft die Zeilen",
}
