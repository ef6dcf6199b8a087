# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""`verbund metrics`: one process that serves the metrics of all processes of this machine on a port of its own.

The other processes write counters into files below PROMETHEUS_MULTIPROC_DIR; whoever starts them empties that
folder first (`verbund metrics --empty`). What is asked of the database is asked here alone, at most every
fifteen seconds, however many web processes there are.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
import time
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import structlog
from django.conf import settings
from django.db import DatabaseError, connection
from prometheus_client import CollectorRegistry, Metric, start_http_server
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector
from typing_extensions import override

from verbund.kernel import clock, context, registry
from verbund.metering.multiprocess import VARIABLE, prepare
from verbund.metering.queries import backlog, slugs_of_all
from verbund.metering.reconciliation import reconcile

log = structlog.get_logger()

_ADDRESS = "127.0.0.1"
_KEEP_SECONDS = 15.0
_RECONCILE_SECONDS = 300.0


class LedgerCollector(Collector):
    """Lag, waiting facts and whether the ledger adds up; empty while the database is away."""

    def __init__(self, spool_root: Path | None) -> None:
        self._spool_root = spool_root
        self._lock = threading.Lock()
        self._kept: list[Metric] = []
        self._until = 0.0
        self._sums: list[Metric] = []
        self._sums_until = 0.0

    @override
    def collect(self) -> Iterable[Metric]:
        with self._lock:
            if time.monotonic() >= self._until:
                self._kept = self._read()
                self._until = time.monotonic() + _KEEP_SECONDS
            return list(self._kept)

    def describe(self) -> Iterable[Metric]:
        """Nothing: registering must not ask the database."""
        return []

    def _read(self) -> list[Metric]:
        try:
            return [*self._backlog(), *self._reconciliation(), *_of_packages()]
        except DatabaseError:
            log.exception("metering.metrics_unread")
            return []
        finally:
            connection.close()

    def _backlog(self) -> list[Metric]:
        waiting = GaugeMetricFamily(
            "verbund_metering_unpushed_facts",
            "Facts in a municipality's schema that are not in the ledger.",
            labels=("tenant",),
        )
        now, looked = clock.now(), None
        slugs = slugs_of_all()
        oldest = now
        for row in backlog():
            waiting.add_metric([slugs.get(row.tenant, str(row.tenant))], row.unpushed)
            oldest = min(oldest, row.oldest_at or oldest)
            looked = min(looked or row.checked_at, row.checked_at)
        ages = _spool_ages(self._spool_root)
        lag = max((now - oldest).total_seconds(), *ages, 0.0)
        return [
            waiting,
            _gauge("lag_seconds", "Age of the oldest usage not in the ledger.", lag),
            # Without it a lag of nothing could also mean that nobody looked.
            _gauge(
                "sweep_age_seconds", "Time since the municipality looked at longest ago.", _age(looked, now)
            ),
            _gauge("spool_files", "Batches on disk that are not in the ledger.", len(ages)),
        ]

    def _reconciliation(self) -> list[Metric]:
        if time.monotonic() >= self._sums_until:
            sums = reconcile()
            events = GaugeMetricFamily(
                "verbund_metering_ledger_events",
                "Events as each part of the ledger adds them up.",
                labels=("part",),
            )
            events.add_metric(["received"], sums.received)
            events.add_metric(["counted"], sums.counted)
            events.add_metric(["late"], sums.late)
            events.add_metric(["in_days"], sums.in_days)
            events.add_metric(["in_hours_of_days"], sums.in_hours_of_days)
            self._sums = [events, _gauge("ledger_exact", "1 while all sums agree.", float(sums.is_exact))]
            self._sums_until = time.monotonic() + _RECONCILE_SECONDS
        return self._sums


def _of_packages() -> list[Metric]:
    """What the packages tell of themselves."""
    with context.enter_association():
        return [
            metric
            for spec in registry.all_specs()
            for dotted in spec.collectors
            for metric in registry.load(dotted)()  # type: ignore[operator]  # checked by a conformance test
        ]


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser("metrics", help="Kennzahlen für Prometheus ausliefern (nur lokal)")
    parser.add_argument("--empty", action="store_true", help="nur den Ordner der Kennzahlen leeren")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Serve until SIGTERM or Ctrl-C; with --empty only remove what former processes left."""
    folder = os.environ.get(VARIABLE)
    if arguments.empty:
        if folder is not None:
            prepare(Path(folder))
        return 0
    collectors = CollectorRegistry()
    if folder is not None:
        Path(folder).mkdir(parents=True, exist_ok=True)
        MultiProcessCollector(collectors, path=folder)  # type: ignore[no-untyped-call]  # untyped library
    collectors.register(LedgerCollector(settings.SPOOL_ROOT))
    server, thread = start_http_server(settings.VERBUND.metrics_port, addr=_ADDRESS, registry=collectors)
    sys.stdout.write(f"Kennzahlen: http://{_ADDRESS}:{settings.VERBUND.metrics_port}/metrics\n")
    sys.stdout.flush()
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: ended.set())
    ended.wait()
    server.shutdown()
    thread.join()
    return 0


def _gauge(name: str, text: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"verbund_metering_{name}", text, value=value)


def _age(moment: datetime | None, now: datetime) -> float:
    return (now - moment).total_seconds() if moment is not None else 0.0


def _spool_ages(root: Path | None) -> list[float]:
    ages = []
    for path in root.glob("*/*.jsonl") if root is not None else ():
        with suppress(FileNotFoundError):  # flushed this moment
            ages.append(time.time() - path.stat().st_mtime)
    return ages
