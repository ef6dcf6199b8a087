# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Billing in the background: the monthly run, and months that are over."""

from __future__ import annotations

from celery import shared_task

from billing.closing import monthly
from billing.ingest.rejected import forget_rejections as forget
from billing.issuing import running
from verbund.jobs.tasks import AssociationTask
from verbund.kernel import clock, context


@shared_task(base=AssociationTask, name="billing.calculate")
def calculate(job_id: int) -> None:
    monthly.run_calculation(job_id)


@shared_task(base=AssociationTask, name="billing.resume")
def resume() -> int:
    """Go on with calculations and documents whose message or worker was lost."""
    now = clock.now()
    return monthly.resume(at=now) + running.resume(at=now)


@shared_task(base=AssociationTask, name=running.TASK)
def issue(job_id: int) -> None:
    running.run_issue(job_id)


@shared_task(base=AssociationTask, name="billing.follow_months")
def follow_months() -> int:
    """Move months that are over into their grace period."""
    return monthly.follow_months(at=clock.now())


@shared_task(base=AssociationTask, name="billing.forget_rejections")
def forget_rejections() -> int:
    """Delete rejected events that are older than half a year."""
    with context.enter_association():
        return forget(at=clock.now())
