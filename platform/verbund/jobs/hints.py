# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Hints to a worker that something waits. Only hints: PostgreSQL holds what is to be done, and sweeps find it."""

from __future__ import annotations

import time
from collections.abc import Sequence

import structlog
from celery import current_app
from kombu.exceptions import OperationalError

from verbund.jobs.tasks import HEADER
from verbund.kernel.context import Scope

log = structlog.get_logger()

_PAUSE_SECONDS = 5.0
_quiet_until = 0.0


def hint(
    task: str, *, scope: Scope, arguments: Sequence[object] = (), expires_seconds: int | None = None
) -> bool:
    """Send it, if the broker takes it; False: a sweep has to find the work.

    After a failure nobody tries for some seconds: asking a broker that is away takes a second or two, and who
    asks is mostly a request somebody waits for.
    """
    global _quiet_until  # noqa: PLW0603 (one broker per process)
    if time.monotonic() < _quiet_until:
        return False
    try:
        current_app.send_task(
            task,
            args=list(arguments),
            headers={HEADER: scope.key},
            retry=False,
            expires=expires_seconds,
        )
    except (OperationalError, OSError) as error:
        _quiet_until = time.monotonic() + _PAUSE_SECONDS
        log.warning("jobs.hint_failed", task=task, error=type(error).__name__)
        return False
    return True
