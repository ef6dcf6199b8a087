# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A process of its own that counts and dies: at a named point, or whenever it is killed.

Started by test_crash as `python -m tests.metering.dying <what> <point> <folder>`. The points are functions of
production code that are replaced here; production code knows nothing of them.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import MappingProxyType
from typing import Any

import django

django.setup()

from django.db import transaction  # noqa: E402
from django.db.models import QuerySet  # noqa: E402

from tenants import directory  # noqa: E402
from tests.factories.metering import NOON  # noqa: E402
from verbund.kernel import context, registry  # noqa: E402
from verbund.kernel.specs import Meter  # noqa: E402
from verbund.metering import api, ledger, pusher  # noqa: E402
from verbund.metering.aggregate import Aggregate  # noqa: E402
from verbund.metering.flusher import Flusher  # noqa: E402
from verbund.metering.spool import Spool  # noqa: E402

LAMPS = "test.lamps"
KEY = (1, 498_442, "http.requests", "defects", "2xx")


def _die(*_arguments: Any, **_options: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _before(owner: Any, name: str) -> Callable[[], None]:
    return lambda: setattr(owner, name, _die)


def _after(owner: Any, name: str) -> Callable[[], None]:
    def arm() -> None:
        original = getattr(owner, name)

        def run_and_die(*arguments: Any, **options: Any) -> None:
            original(*arguments, **options)
            _die()

        setattr(owner, name, run_and_die)

    return arm


PUSHER_POINTS = {
    "facts read": _before(ledger, "_claim"),
    "counted, not committed": _after(ledger, "_add"),
    "committed, not noted": _before(pusher, "_note_pushed"),
    "noted, not committed": _after(QuerySet, "update"),
    "noted": _before(pusher, "note_backlog"),
}
FLUSHER_POINTS = {
    "written, not renamed": _before(Path, "rename"),
    "on disk": _after(Spool, "write"),
    "counted, not committed": _after(ledger, "_add"),
    "committed, not removed": _before(Path, "unlink"),
}


def push(point: str) -> None:
    """Push what is there, dying at the point."""
    PUSHER_POINTS[point]()
    pusher.push()


def flush(point: str, folder: Path) -> None:
    """Bring 7 events into the ledger, then die at the point with 5 more."""
    source = Aggregate()
    worker = Flusher(folder, source)
    for _ in range(7):
        source.add(KEY, 0, 0, 0, 0)
    worker.tick()
    FLUSHER_POINTS[point]()
    for _ in range(5):
        source.add(KEY, 0, 0, 0, 0)
    worker.tick()


def record_and_push_for_ever() -> None:
    """Business transactions, every third undone, and a push now and then, until killed."""
    meter = Meter(slug=LAMPS, label="Leuchten", unit="Stück")
    registry.meters = lambda: MappingProxyType({meter.slug: meter})  # type: ignore[assignment]
    turn = undone = 0
    while True:
        turn += 1
        try:
            with transaction.atomic():
                api.record(LAMPS, at=NOON)
                if turn % 3 == 0:
                    raise ZeroDivisionError  # noqa: TRY301 (that is how business code undoes its work)
        except ZeroDivisionError:
            undone += 1
        if turn % 10 == 0:
            pusher.push()


def flush_for_ever(folder: Path) -> None:
    """Flush batches of different sizes until killed; every size is written down before and after it is kept."""
    source = Aggregate()
    worker = Flusher(folder, source)
    log = os.open(folder.parent / f"log-{os.getpid()}", os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    original = Spool.write

    def write(self: Spool, counts: Any) -> Path:
        size = sum(count.n for count in counts)
        line = f"{self.producer} {self._seq + 1} {size}\n"
        os.write(log, f"wants {line}".encode())
        path = original(self, counts)
        os.write(log, f"kept {line}".encode())
        return path

    Spool.write = write  # type: ignore[method-assign]
    size = 0
    while True:
        size = size % 50 + 1
        for _ in range(size):
            source.add(KEY, 0, 0, 0, 0)
        worker.tick()


def main(what: str, point: str, folder: Path) -> None:
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    municipality = directory.by_slug("heideblick")
    assert municipality is not None
    if what == "flush":
        flush(point, folder)
    elif what == "flush for ever":
        flush_for_ever(folder)
    else:
        with context.enter(municipality):
            if what == "push":
                push(point)
            else:
                record_and_push_for_ever()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
