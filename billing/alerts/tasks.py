# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the workers do for thresholds."""

from __future__ import annotations

from celery import shared_task

from billing.alerts.watching import look_at_thresholds
from verbund.jobs.tasks import MunicipalityTask
from verbund.kernel import clock


@shared_task(base=MunicipalityTask, name="billing.look_at_thresholds")
def look() -> int:
    """Each hour; repeating tells nobody twice."""
    return look_at_thresholds(at=clock.now())
