# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the workers do for the public pages."""

from __future__ import annotations

from celery import shared_task

from verbund.jobs.tasks import AssociationTask
from verbund.kernel import clock
from verbund.public import keeping


@shared_task(base=AssociationTask, name="public.delete_feedback_association")
def delete_feedback_association() -> int:
    return keeping.delete_of_association(at=clock.now())
