# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the workers do for cases."""

from __future__ import annotations

from celery import shared_task

from verbund.cases import deputies, status
from verbund.jobs.tasks import MunicipalityTask
from verbund.kernel import clock


@shared_task(base=MunicipalityTask, name="cases.forget_deputies")
def forget_deputies() -> int:
    return deputies.forget_deputies(at=clock.now())


@shared_task(base=MunicipalityTask, name="cases.forget_links")
def forget_links() -> int:
    return status.forget_links(at=clock.now())
