# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the workers do for the public pages."""

from __future__ import annotations

from celery import shared_task

from verbund.jobs.tasks import AssociationTask, MunicipalityTask
from verbund.kernel import clock
from verbund.public import feedback


@shared_task(base=MunicipalityTask, name="public.delete_feedback")
def delete_feedback() -> int:
    return feedback.delete_old_feedback(at=clock.now())


@shared_task(base=AssociationTask, name="public.delete_feedback_association")
def delete_feedback_association() -> int:
    return feedback.delete_old_feedback(at=clock.now())
