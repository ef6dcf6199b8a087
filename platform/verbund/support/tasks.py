# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writes down what time has ended."""

from __future__ import annotations

from celery import shared_task

from verbund.jobs.tasks import MunicipalityTask
from verbund.kernel import clock
from verbund.support import grants


@shared_task(base=MunicipalityTask, name="support.expire")
def expire() -> int:
    return grants.expire(at=clock.now())
