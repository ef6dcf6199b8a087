# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Onboarding in the background: only the worker on the queue `provisioning` may do it."""

from __future__ import annotations

from celery import shared_task

from tenants.onboarding import JOB_KIND, run_onboarding
from verbund.jobs.progress import stale_jobs
from verbund.jobs.tasks import AssociationTask
from verbund.kernel import clock


@shared_task(base=AssociationTask, name="tenants.onboard")
def onboard(job_id: int) -> None:
    run_onboarding(job_id)


@shared_task(base=AssociationTask, name="tenants.resume_onboarding")
def resume_onboarding() -> None:
    """Go on with onboardings whose message or worker was lost."""
    for job_id in stale_jobs(JOB_KIND, at=clock.now()):
        run_onboarding(job_id)
