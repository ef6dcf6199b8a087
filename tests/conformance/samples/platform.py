# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every changing service of files, places and mail, and of the association's registry with its console."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction

from tenants import onboarding
from tenants.models import Tenant
from tenants.onboarding_input import BodyInput, OnboardingInput
from tests.conformance.samples import Stage
from tests.console.test_onboarding import GIVEN
from tests.factories.defects import photo_upload
from verbund.console import services as console
from verbund.files import api as files
from verbund.files.models import StoredFile
from verbund.files.redaction import Box
from verbund.jobs.models import Job
from verbund.kernel import clock
from verbund.places import services as places
from verbund.places.models import Boundary

_WANTED = OnboardingInput(
    slug="bernau",
    name="Bernau bei Berlin",
    kind="stadt",
    bodies=(BodyInput(ags="12060020", name="Bernau bei Berlin"),),
    hosts=("bernau.localhost",),
    admin_email="it@bernau.example",
)


def photo(stage: Stage) -> StoredFile:
    with transaction.atomic():
        return files.store_photo(upload=photo_upload(), owner="test:1", by=stage.by, at=clock.now())


def failed_job(stage: Stage) -> Job:
    job = onboarding.request_onboarding([_WANTED], by=stage.by, at=clock.now())[0]
    Job.objects.filter(pk=job.pk).update(state="FAILED")
    Tenant.objects.filter(slug=_WANTED.slug).update(state="FAILED")
    return job


def retry_page(stage: Stage) -> Any:
    failed_job(stage)
    return stage.client().post(f"/kommunen/{_WANTED.slug}/einrichtung/erneut/")


def new_tenant(stage: Stage) -> Any:
    return stage.client().post("/kommunen/neu/", {**GIVEN, "aktion": "anlegen"})


def by_api(stage: Stage) -> Any:
    values = {
        "slug": "bernau",
        "name": "Bernau bei Berlin",
        "kind": "stadt",
        "bodies": [{"ags": "12060020", "name": "Bernau bei Berlin"}],
        "hosts": ["bernau.localhost"],
        "admin_email": "it@bernau.example",
    }
    return stage.client().post("/api/v1/tenants/", values, content_type="application/json")


def outline_is_missing(stage: Stage) -> Any:
    Boundary.objects.all().delete()
    return partial(places.follow_bodies, by=stage.by, at=clock.now())


ROUTES = {
    "association console-api-association:tenants": by_api,
    "association console-association:retry": retry_page,
    "association console-association:tenant-new": new_tenant,
}
SERVICES = {
    "tenants.onboarding.request_onboarding": lambda stage: partial(
        onboarding.request_onboarding, [_WANTED], by=stage.by, at=clock.now()
    ),
    "tenants.onboarding.retry": lambda stage: partial(
        onboarding.retry, failed_job(stage).pk, by=stage.by, at=clock.now()
    ),
    "verbund.console.services.retry_onboarding": lambda stage: partial(
        console.retry_onboarding, job_id=failed_job(stage).pk, by=stage.by, at=clock.now()
    ),
    "verbund.console.services.start_onboarding": lambda stage: partial(
        console.start_onboarding, wanted=_WANTED, by=stage.by, at=clock.now()
    ),
    "verbund.files.api.delete_files": lambda stage: partial(
        files.delete_files, file_ids=[photo(stage).pk], by=stage.by, at=clock.now()
    ),
    "verbund.files.api.pass_on": lambda stage: partial(
        files.pass_on, file_ids=[photo(stage).pk], owner="test:2", by=stage.by, at=clock.now()
    ),
    "verbund.files.api.store_photo": lambda stage: partial(photo, stage),
    "verbund.files.api.store_redacted": lambda stage: partial(
        files.store_redacted,
        file_id=photo(stage).pk,
        boxes=[Box(10, 10, 20, 20)],
        owner="stage:1",
        by=stage.by,
        at=clock.now(),
    ),
    "verbund.places.services.follow_bodies": outline_is_missing,
    "verbund.places.services.load_shipped_boundaries": lambda stage: partial(
        places.load_shipped_boundaries, by=stage.by, at=clock.now()
    ),
}
WITHOUT_ROW = {
    "tenants.activation.open_hosts": "nimmt einen Namen statt einer handelnden Person; eigener Test in tests/tenants",
    "verbund.audit.api.record": "ist die Zeile",
    "verbund.audit.api.record_read": "ist die Zeile",
    "verbund.files.api.keep_photo": "wird von store_photo gerufen, das hier geprüft wird",
    "verbund.notify.api.queue_mail": "schreibt notify.mail.queued; eigener Test in tests/notify",
}
