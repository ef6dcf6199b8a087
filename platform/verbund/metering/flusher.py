# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""One thread per process that keeps the counts of each second on disk and brings them into the ledger."""

from __future__ import annotations

import atexit
import os
import threading
from collections.abc import Sequence
from pathlib import Path

import structlog
from django.conf import settings
from django.db import connection

from verbund.metering import active, aggregate, ledger, spool, wakeup
from verbund.metering.aggregate import Aggregate, Remainders
from verbund.metering.spool import Spool
from verbund.metering.wakeup import Waker

log = structlog.get_logger()

_EVERY_SECONDS = 1.0
_ADOPT_EVERY_TICKS = 15
_FILES_AT_ONCE = 100


class Flusher:
    """Moves the sums of an aggregate to disk and from there into the ledger.

    ``root`` is the folder of all spools. Nothing here runs inside a request's transaction: the thread has a
    database connection of its own.
    """

    def __init__(self, root: Path, source: Aggregate, wake: Waker | None = None) -> None:
        self._root = root
        self._source = source
        self._wake = wake
        self._spool: Spool | None = None
        self._remainders: Remainders = {}
        self._ticks = 0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="metering-flusher", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Keep and flush what is there, then end; counts that cannot be flushed now stay on disk."""
        self._stop.set()
        self._thread.join(timeout=10)

    def forget(self) -> None:
        """In a forked child: the thread does not exist here and the spool is the parent's."""
        if self._spool is not None:
            self._spool.forget()

    def tick(self) -> None:
        """One second's work: keep, flush, now and then adopt, count who was active, and wake the pushers.

        Raises:
            OSError: the counts could not be written to disk; they stay in memory for the next time.
            DatabaseError: the ledger cannot be reached; they stay on disk for the next time.
        """
        self._keep()
        if self._spool is not None:
            flush(self._spool)
        if self._ticks % _ADOPT_EVERY_TICKS == 0:
            self._adopt()
        self._ticks += 1
        active.keep()
        if self._wake is not None:
            wakeup.send(self._wake)

    def _keep(self) -> None:
        cells = self._source.take()
        if not cells:
            return
        counts, remainders = aggregate.counts_of(cells, self._remainders)
        try:
            self._spool = self._spool or Spool.open(self._root)
            self._spool.write(counts)
        except BaseException:
            self._source.put_back(cells)
            raise
        self._remainders = remainders

    def _adopt(self) -> None:
        for orphan in spool.adopt(self._root):
            log.info("metering.spool_adopted", producer=orphan.producer, files=len(orphan.waiting()))
            try:
                flush(orphan)
            finally:
                orphan.close()

    def _run(self) -> None:
        while not self._stop.wait(_EVERY_SECONDS):
            self._tick_safely()
        self._tick_safely()
        if self._spool is not None:
            self._spool.close()
        connection.close()

    def _tick_safely(self) -> None:
        try:
            self.tick()
        except Exception:  # the border of a thread that must live as long as the process
            log.exception("metering.flush_failed")
            connection.close()


def flush(source: Spool) -> int:
    """Bring a spool's files into the ledger, each once; returns how many batches were new.

    A file is removed only after its batch is committed; a crash in between repeats a no-op.
    """
    applied = 0
    paths = source.waiting()
    for start in range(0, len(paths), _FILES_AT_ONCE):
        applied += _flush_some(paths[start : start + _FILES_AT_ONCE])
    return applied


def _flush_some(paths: Sequence[Path]) -> int:
    batches = {path: batch for path in paths if (batch := spool.read(path)) is not None}
    received = ledger.receive(list(batches.values()))
    for path, batch in batches.items():
        if batch.key in received.refused:
            path.rename(path.with_suffix(".refused"))
        else:
            path.unlink()
    return len(received.applied)


_running: Flusher | None = None
_starting = threading.Lock()


def ensure_running() -> None:
    """Start this process's flusher if it has none; without a spool folder nothing is flushed."""
    global _running  # noqa: PLW0603 (one per process)
    if _running is not None or settings.SPOOL_ROOT is None:
        return
    with _starting:
        if _running is None:
            flusher = Flusher(Path(settings.SPOOL_ROOT), aggregate.requests, wakeup.send_push)
            flusher.start()
            _running = flusher


def shut_down() -> None:
    """Flush for the last time; called when the process ends."""
    global _running
    with _starting:
        flusher, _running = _running, None
    if flusher is not None:
        flusher.stop()


def _after_fork() -> None:
    global _running, _starting  # noqa: PLW0603 (one per process)
    _starting = threading.Lock()
    if _running is not None:
        _running.forget()
    _running = None
    aggregate.requests.forget()
    active.forget()
    wakeup.forget()


atexit.register(shut_down)
os.register_at_fork(after_in_child=_after_fork)
