# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Onboardings as operators ask for them."""

from __future__ import annotations

from typing import Any

from tenants.models import Tenant
from tenants.onboarding import request_onboarding
from tenants.onboarding_input import BodyInput, OnboardingInput
from verbund.jobs.models import Job, JobStep, State
from verbund.kernel import clock, context
from verbund.kernel.actors import SYSTEM

# Municipalities of the register that no fixture uses.
BESTENSEE = {"slug": "bestensee", "name": "Bestensee", "ags": "12061020"}
EICHWALDE = {"slug": "eichwalde", "name": "Eichwalde", "ags": "12061112"}
ZEUTHEN = {"slug": "zeuthen", "name": "Zeuthen", "ags": "12061572"}


def wish(slug: str, name: str, ags: str, **fields: Any) -> OnboardingInput:
    values: dict[str, Any] = {
        "slug": slug,
        "name": name,
        "kind": "gemeinde",
        "bodies": (BodyInput(ags=ags, name=name),),
        "hosts": (f"{slug}.localhost",),
        "admin_email": f"it@{slug}.example",
        **fields,
    }
    return OnboardingInput(**values)


def requested(slug: str, name: str, ags: str, **fields: Any) -> Job:
    """A member whose onboarding waits for a worker."""
    with context.enter_association():
        return request_onboarding([wish(slug, name, ags, **fields)], by=SYSTEM, at=clock.now())[0]


def failed_at(job: Job, step: str, reason: str) -> Job:
    """The onboarding as a worker leaves it that met this reason."""
    with context.enter_association():
        found = JobStep.objects.get(job=job, name=step)
        now = clock.now()
        JobStep.objects.filter(job=job, position__lt=found.position).update(
            state=State.DONE, started_at=now, finished_at=now
        )
        JobStep.objects.filter(pk=found.pk).update(
            state=State.FAILED, message=reason, started_at=now, finished_at=now
        )
        Job.objects.filter(pk=job.pk).update(state=State.FAILED, message=reason, attempt=1)
        Tenant.objects.filter(schema_name=job.subject).update(state="FAILED")
        return Job.objects.get(pk=job.pk)
