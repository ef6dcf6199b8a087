# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the workers do for thresholds and for people who want to know of documents."""

from __future__ import annotations

from celery import shared_task

from billing.alerts.telling import tell_of_documents
from billing.alerts.watching import look_at_thresholds
from billing.issuing.calling import TELL
from verbund.jobs.tasks import MunicipalityTask
from verbund.kernel import clock


@shared_task(base=MunicipalityTask, name="billing.look_at_thresholds")
def look() -> int:
    """Each hour; repeating tells nobody twice."""
    return look_at_thresholds(at=clock.now())


@shared_task(base=MunicipalityTask, name=TELL)
def tell(over: int = 0) -> int:
    """After each run (``over`` is 1), and each hour for what a lost message left; repeating tells nobody twice."""
    return tell_of_documents(is_over=bool(over), at=clock.now())
