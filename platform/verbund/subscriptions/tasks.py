# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the workers do for subscriptions."""

from __future__ import annotations

from celery import shared_task

from verbund.jobs.tasks import MunicipalityTask
from verbund.kernel import clock
from verbund.subscriptions import happenings, returning, sending, services


@shared_task(base=MunicipalityTask, name="subscriptions.tell")
def tell() -> int:
    """Each minute: who is to hear of what happened, then the mails whose time has come."""
    happenings.spread()
    return sending.send_due(at=clock.now())


@shared_task(base=MunicipalityTask, name="subscriptions.forget_unconfirmed")
def forget_unconfirmed() -> int:
    """And what belongs to mailboxes that are gone."""
    now = clock.now()
    return services.forget_unconfirmed(at=now) + returning.forget_gone(at=now)
