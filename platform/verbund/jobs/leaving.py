# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The step of a departure that belongs to the jobs: messages and rows of a municipality that has left."""

from __future__ import annotations

from django.db.models import QuerySet

from verbund.jobs import queue
from verbund.jobs.models import Job
from verbund.kernel import context
from verbund.kernel.errors import Conflict
from verbund.kernel.ports import StepContext

# The departure itself stays: it says what was done when.
_KEPT = "tenants.offboard"


def queue_is_empty(step: StepContext) -> bool:
    with context.enter_association():
        return not _jobs(step).exists() and queue.waiting_of(step.municipality.key) == 0


def empty_queue(step: StepContext) -> None:
    queue.remove_of(step.municipality.key)
    with context.enter_association():
        _jobs(step).delete()


def never(_step: StepContext) -> None:
    """The `undo`: there is nothing to put back, no message of it would run.

    Raises:
        Conflict: always.
    """
    raise Conflict


def _jobs(step: StepContext) -> QuerySet[Job]:
    return Job.objects.filter(subject=step.municipality.key).exclude(kind__startswith=_KEPT)
