# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tells a worker that a mail waits. Only a hint: the sweeper finds every mail without it."""

from __future__ import annotations

import structlog
from celery import current_app
from kombu.exceptions import OperationalError

from verbund.jobs.tasks import HEADER
from verbund.kernel.context import Municipality, Scope

log = structlog.get_logger()
# By then the sweeper has found it.
_EXPIRES_SECONDS = 300


def send(scope: Scope, outbox_id: int) -> None:
    """Ask for one mail to be sent; when the broker is away, the sweeper does it within a minute."""
    task = "notify.deliver" if isinstance(scope, Municipality) else "notify.deliver_association"
    try:
        current_app.send_task(
            task, args=[outbox_id], headers={HEADER: scope.key}, retry=False, expires=_EXPIRES_SECONDS
        )
    except (OperationalError, OSError) as error:
        log.warning("notify.wake_up_failed", error=type(error).__name__)
