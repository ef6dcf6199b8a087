# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Fans a periodic task out to every municipality it runs in, spread over its interval."""

from __future__ import annotations

from celery import current_app, shared_task

from verbund.jobs.directory import SERVING, municipalities_in
from verbund.jobs.tasks import HEADER, AssociationTask


@shared_task(base=AssociationTask, name="jobs.dispatch")
def dispatch(task: str, every_seconds: int) -> int:
    """Send ``task`` once for each municipality in a state it runs in; returns how many.

    The sendings are spread over a quarter of the interval, at most a minute, so that not all start at once;
    each expires after two intervals, when the next one is waiting already.
    """
    members = municipalities_in(getattr(current_app.tasks.get(task), "states", SERVING))
    window = min(every_seconds / 4, 60)
    for position, municipality in enumerate(members):
        current_app.send_task(
            task,
            headers={HEADER: municipality.key},
            countdown=window * position / len(members),
            expires=every_seconds * 2,
        )
    return len(members)
