# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the workers do for messages between municipalities."""

from __future__ import annotations

from celery import shared_task

from verbund.exchange import sweeping
from verbund.jobs.tasks import MunicipalityTask
from verbund.kernel import clock


@shared_task(base=MunicipalityTask, name="exchange.sweep")
def sweep() -> int:
    return sweeping.sweep(at=clock.now())


@shared_task(base=MunicipalityTask, name="exchange.clear")
def clear() -> None:
    sweeping.clear(at=clock.now())
