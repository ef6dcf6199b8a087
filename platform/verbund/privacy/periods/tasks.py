# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the workers do for periods."""

from __future__ import annotations

from celery import shared_task

from verbund.jobs.tasks import MunicipalityTask
from verbund.kernel import clock
from verbund.kernel.actors import SYSTEM
from verbund.privacy.offers.offering import offer_due
from verbund.privacy.periods.deleting import delete_due as delete_now


@shared_task(base=MunicipalityTask, name="privacy.delete_due")
def delete_due() -> int:
    """Offer first, so that nothing waits a quarter for want of a night; then delete what may go."""
    now = clock.now()
    offer_due(by=SYSTEM, at=now)
    return sum(delete_now(by=SYSTEM, at=now).values())
