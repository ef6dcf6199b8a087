# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A worker keeps its database connection from task to task, checked before each as a web server checks its own.

Celery would close it after every task: 37 sweeps every thirty seconds opened one each. Whose data a connection
serves is decided at each statement, by its scope, so nothing of the task before is left in it.
"""

from __future__ import annotations

from typing import Any

from celery import Celery, signals
from django.db import close_old_connections, connections

# A server process grows by 1.5 MB for each municipality it has served; after so many tasks it begins anew.
TASKS = 200


def keep(app: Celery) -> None:
    """Set the application up; to be called before a worker starts."""
    app.conf["CELERY_DB_REUSE_MAX"] = TASKS
    signals.task_prerun.connect(_check, dispatch_uid="verbund.jobs.check_connection")
    signals.task_failure.connect(_drop, dispatch_uid="verbund.jobs.drop_connection")


def _check(sender: Any = None, **_signal: Any) -> None:
    """The next statement asks first whether the connection still answers; one that is too old is closed."""
    if not getattr(sender.request, "is_eager", False):
        close_old_connections()


def _drop(sender: Any = None, **_signal: Any) -> None:
    """A task may have failed in the middle of a statement, for example at its time limit."""
    if not getattr(sender.request, "is_eager", False):
        for connection in connections.all(initialized_only=True):
            connection.close()
