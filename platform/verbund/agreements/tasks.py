# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the workers do for agreements."""

from __future__ import annotations

from celery import shared_task

from verbund.agreements.keeping import delete_old
from verbund.jobs.tasks import AssociationTask
from verbund.kernel import clock
from verbund.kernel.actors import SYSTEM


@shared_task(base=AssociationTask, name="agreements.delete_old")
def delete_old_agreements() -> int:
    """Delete what is kept no longer after a member has left."""
    return delete_old(by=SYSTEM, at=clock.now())
