# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the workers do for defect reports."""

from __future__ import annotations

from celery import shared_task

from verbund.jobs.tasks import MunicipalityTask
from verbund.kernel import clock
from verbund.modules.defects import drafting, reporting


@shared_task(base=MunicipalityTask, name="defects.delete_unconfirmed")
def delete_unconfirmed() -> int:
    return reporting.delete_unconfirmed(at=clock.now())


@shared_task(base=MunicipalityTask, name="defects.discard_drafts")
def discard_drafts() -> int:
    return drafting.discard_old_drafts(at=clock.now())
