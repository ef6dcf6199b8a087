# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""How long tasks work for whom: processor time of the worker's thread and time in the database."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from verbund.kernel import context
from verbund.metering import flusher
from verbund.metering.aggregate import TASKS, hour_number, requests
from verbund.metering.database_time import DatabaseTime
from verbund.metering.ledger import tenant_number


@contextmanager
def measured(task: str) -> Iterator[None]:
    """Around the body of a task, within its scope; also what fails has worked."""
    flusher.ensure_running()
    scope, database = context.current(), DatabaseTime()
    cpu, outcome = time.thread_time_ns(), "failed"
    try:
        with connection.execute_wrapper(database):
            yield
        outcome = "done"
    finally:
        cpu = time.thread_time_ns() - cpu
        key = (tenant_number(scope), hour_number(time.time()), TASKS, task.partition(".")[0], outcome)
        requests.add(key, cpu, database.ns, database.calls, 0)
