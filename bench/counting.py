# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Our way of counting requests: how many a process takes, and what it adds to one. Imported after Django's setup."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from resource import RUSAGE_THREAD, getrusage
from statistics import median, quantiles
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import ResolverMatch

from bench.event_table import MEMBERS, MODULES, STATUSES
from bench.server import WORK
from tenants import directory
from verbund.kernel import context
from verbund.metering import flusher
from verbund.metering.aggregate import Aggregate, hour_number
from verbund.metering.flusher import Flusher
from verbund.metering.middleware import RequestMetering
from verbund.metering.models import UsageCounter

_STATEMENTS = 10
# As long as what is measured.
_LOOP = 1300


class _Times:
    """How long calls took by the clock: of all, and of those before and in which nobody else was given our processor.

    Waiting for a lock or for the other thread of ours stays in; that is counting's own doing. The call after somebody
    else's turn finds the caches cold, so the one before counts as well.
    """

    _switches = (-1, -1)

    def __init__(self) -> None:
        self._all: list[float] = []
        self._undisturbed: list[float] = []

    def take(self, call: Callable[[], object]) -> None:
        begin = time.perf_counter_ns()
        call()
        took = (time.perf_counter_ns() - begin) / 1000
        switches = getrusage(RUSAGE_THREAD).ru_nivcsw
        self._all.append(took)
        if _Times._switches[0] == switches:
            self._undisturbed.append(took)
        _Times._switches = (_Times._switches[1], switches)

    def spread(self) -> dict[str, float]:
        """Microseconds, and the share of calls that were disturbed."""
        return {
            "median": median(self._all),
            "p99": quantiles(self._undisturbed, n=100)[98],
            "p99_of_all": quantiles(self._all, n=100)[98],
            "disturbed_percent": 100 * (1 - len(self._undisturbed) / len(self._all)),
        }


def events_in(seconds: float) -> dict[str, Any]:
    """Count as fast as one thread can, with the flusher beside it, until everything is in the ledger.

    Raises:
        RuntimeError: the ledger holds another number.
    """
    source, before, number = Aggregate(), _in_ledger(), 0
    kinds = [
        (tenant, f"module{module}", status)
        for tenant in range(1, MEMBERS + 1)
        for module in range(MODULES)
        for status in STATUSES
    ]
    with _on_disk() as folder:
        worker = Flusher(Path(folder), source)
        worker.start()
        begin = time.perf_counter()
        while time.perf_counter() - begin < seconds:
            for tenant, module, status in kinds:
                key = (tenant, hour_number(time.time()), "http.requests", module, status)
                source.add(key, 1_200_000, 300_000, 4, 18_000)
            number += len(kinds)
        worker.stop()
        took = time.perf_counter() - begin
    if _in_ledger() - before != number:
        raise RuntimeError(f"{number} events, {_in_ledger() - before} in the ledger")
    return {"events": number, "seconds": took}


def added_to_a_request(number: int, key: str) -> dict[str, Any]:
    """Microseconds of the whole middleware around a view that does nothing, ten statements handed through included.

    The flusher runs beside it as in production. The control is a loop of about that length that does nothing of ours:
    what it shows beyond its median is the machine's doing.
    """
    with _on_disk() as folder:
        settings.SPOOL_ROOT = Path(folder)
        member = directory.by_key(key)
        assert member is not None
        with context.enter(member):
            ask = RequestMetering(_view)
            request = RequestFactory().get("/verwaltung/")
            request.resolver_match = ResolverMatch(_view, (), {}, route="verwaltung/")
            for _place in range(1000):
                ask(request)
            ours, control = _Times(), _Times()
            for _place in range(number):
                ours.take(lambda: ask(request))
                control.take(_nothing_of_ours)
        flusher.shut_down()
        settings.SPOOL_ROOT = None
    return {"ours": ours.spread(), "control": control.spread()}


def _on_disk() -> tempfile.TemporaryDirectory[str]:
    """A folder beside the database: what is kept in memory as a file would make fsync free."""
    WORK.mkdir(exist_ok=True)
    return tempfile.TemporaryDirectory(dir=WORK)


def _view(_request: HttpRequest) -> HttpResponse:
    wrapper = connection.execute_wrappers[-1]
    for _place in range(_STATEMENTS):
        wrapper(_no_statement, "", (), False, {})
    return _ANSWER


def _nothing_of_ours() -> int:
    """Also asks the thread's clock twice: where somebody else is let in is at such calls of the system."""
    return time.thread_time_ns() + sum(range(_LOOP)) + time.thread_time_ns()


def _no_statement(*_arguments: Any) -> None:
    """The database's part, which is not what is measured."""


def _in_ledger() -> int:
    with context.enter_association():
        rows = UsageCounter.objects.filter(meter="http.requests", dimensions__module__startswith="module")
        return int(rows.aggregate(sum=Sum("quantity"))["sum"] or 0)


_ANSWER = HttpResponse(b"x" * 18_000, content_type="text/html")
