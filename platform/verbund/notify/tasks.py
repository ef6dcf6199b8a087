# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the workers do for mail."""

from __future__ import annotations

from celery import shared_task

from verbund.jobs.tasks import AssociationTask, MunicipalityTask
from verbund.kernel import clock
from verbund.notify import delivery


@shared_task(base=MunicipalityTask, name="notify.deliver")
def deliver(outbox_id: int) -> bool:
    return delivery.deliver(outbox_id, at=clock.now())


@shared_task(base=AssociationTask, name="notify.deliver_association")
def deliver_association(outbox_id: int) -> bool:
    return delivery.deliver(outbox_id, at=clock.now())


@shared_task(base=MunicipalityTask, name="notify.sweep")
def sweep() -> int:
    """Send what a lost message or a failed attempt left behind."""
    return delivery.deliver_due(at=clock.now())


@shared_task(base=AssociationTask, name="notify.sweep_association")
def sweep_association() -> int:
    return delivery.deliver_due(at=clock.now())


@shared_task(base=MunicipalityTask, name="notify.empty")
def empty() -> int:
    return delivery.empty_old(at=clock.now())


@shared_task(base=AssociationTask, name="notify.empty_association")
def empty_association() -> int:
    return delivery.empty_old(at=clock.now())
