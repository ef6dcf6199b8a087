# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""That nobody else is at work while a municipality's data are replaced: no second worker, and nobody who was let in before."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Final

import structlog
from django.db import DatabaseError, connection

from tenants import directory
from tenants.database.targets import as_owner
from tenants.schema_engine import roles
from verbund.kernel import clock
from verbund.kernel.errors import Conflict
from verbund.kernel.msgids import gettext_noop

log = structlog.get_logger()
_LOOK_AGAIN_SECONDS: Final = 0.2
_WRITERS: Final = """
SELECT count(DISTINCT l.pid) FROM pg_locks l JOIN pg_class c ON c.oid = l.relation
WHERE l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND c.relnamespace = to_regnamespace(%s) AND l.mode = 'RowExclusiveLock' AND l.granted AND l.pid <> pg_backend_pid()
"""


class StillAtWork(Conflict):
    code = "still_at_work"
    message = gettext_noop(
        "In der Kommune läuft noch ein Vorgang, der schreibt. Nichts wurde verändert; bitte versuchen Sie es in einigen Minuten erneut."
    )


@contextmanager
def alone(job_id: int) -> Iterator[bool]:
    """Whether this process may work on a job: a worker that was only slow must not wake up beside its successor.

    The lock is the connection's: it goes when the process dies, not when it is silent.
    """
    if not _ask("SELECT pg_try_advisory_lock(hashtext('tenants.in_place'), %s)", job_id):
        yield False
        return
    try:
        yield True
    finally:
        try:
            _ask("SELECT pg_advisory_unlock(hashtext('tenants.in_place'), %s)", job_id)
        except DatabaseError:  # the connection is gone, and the lock with it
            log.warning("tenants.restoration_lock_gone", job=job_id)


def wait_for_the_last(key: str, *, closed_at: datetime | None, patience: float = 60) -> None:
    """Until every process knows that the municipality is closed, and who was writing has come to an end.

    What they write is then in the backup, and not lost between it and the replacing.

    Raises:
        StillAtWork: somebody goes on writing.
    """
    if closed_at is not None:
        time.sleep(max(0.0, directory.KEEP_SECONDS - (clock.now() - closed_at).total_seconds()))
    until = time.monotonic() + patience
    while _ask(_WRITERS, key):
        if time.monotonic() > until:
            raise StillAtWork
        time.sleep(_LOOK_AGAIN_SECONDS)


def _ask(statement: str, value: int | str) -> int:
    with as_owner(roles.NOWHERE), connection.cursor() as cursor:
        cursor.execute(statement, [value])
        row = cursor.fetchone()
        return int(row[0]) if row else 0
