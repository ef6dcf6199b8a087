# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Sums up requests in memory, so that counting one costs a microsecond and no round trip."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from verbund.metering.dimensions import canonical
from verbund.metering.ledger import Count

# tenant, hour (hours since 1970), meter of the event, module, status class
Key = tuple[int, int, str, str, str]
# events, CPU time in ns, time in the database in ns, statements, bytes sent
Cell = list[int]
# What is left below a full unit when sums are turned into milliseconds, by the key without its hour.
Remainders = dict[tuple[str, int, str, str, str], int]

TASKS = "jobs.runs"
"""The meter of work in the background; its processor time has a meter of its own."""

_NS_PER_MS = 1_000_000
_SECONDS_PER_HOUR = 3600


class Aggregate:
    """Sums by key. Safe to add to from any number of threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._cells: dict[Key, Cell] = {}

    def add(self, key: Key, cpu_ns: int, db_ns: int, db_calls: int, size: int) -> None:
        """Count one event; positional, because it is called for every request."""
        with self._lock:
            cell = self._cells.get(key)
            if cell is None:
                self._cells[key] = [1, cpu_ns, db_ns, db_calls, size]
                return
            cell[0] += 1
            cell[1] += cpu_ns
            cell[2] += db_ns
            cell[3] += db_calls
            cell[4] += size

    def add_bytes(self, key: Key, size: int) -> None:
        """Bytes of an event that was counted before: a streamed body is known only at its end."""
        with self._lock:
            self._cells.setdefault(key, [0, 0, 0, 0, 0])[4] += size

    def take(self) -> dict[Key, Cell]:
        """Everything added since the last call."""
        with self._lock:
            cells, self._cells = self._cells, {}
        return cells

    def put_back(self, cells: Mapping[Key, Cell]) -> None:
        """What could not be kept goes back in and is taken again next time."""
        with self._lock:
            for key, cell in cells.items():
                there = self._cells.get(key)
                self._cells[key] = (
                    cell if there is None else [a + b for a, b in zip(there, cell, strict=True)]
                )

    def forget(self) -> None:
        """Start anew in a forked child: what was added before the fork is the parent's."""
        self._lock = threading.Lock()
        self._cells = {}


def hour_number(seconds: float) -> int:
    """The hour of a Unix time, as keys carry it."""
    return int(seconds) // _SECONDS_PER_HOUR


def counts_of(cells: Mapping[Key, Cell], remainders: Remainders) -> tuple[tuple[Count, ...], Remainders]:
    """Turn sums into counts of full units, and what is left below one into the next remainders."""
    left = dict(remainders)
    counts: list[Count] = []
    for (tenant, hour, meter, module, status), (n, cpu_ns, db_ns, db_calls, size) in cells.items():
        rest = (tenant, meter, module, status)
        time_meter = "jobs.ms" if meter == TASKS else "cpu.ms"
        units = [
            (meter, n),
            (time_meter, _full_ms(left, (time_meter, *rest), cpu_ns)),
            ("db.ms", _full_ms(left, ("db.ms", *rest), db_ns)),
            ("db.calls", db_calls),
        ]
        if meter != TASKS:
            units.append(("egress.bytes", size))
        moment = datetime.fromtimestamp(hour * _SECONDS_PER_HOUR, tz=UTC)
        dimensions = canonical({"module": module, "status": status})
        counts += _counts(tenant, moment, dimensions, n, units)
    return tuple(counts), left


def _counts(
    tenant: int, hour: datetime, dimensions: str, n: int, units: Iterable[tuple[str, int]]
) -> Iterable[Count]:
    for meter, quantity in units:
        yield Count(tenant=tenant, hour=hour, meter=meter, dimensions=dimensions, quantity=quantity, n=n)


def _full_ms(left: Remainders, key: tuple[str, int, str, str, str], ns: int) -> int:
    full, left[key] = divmod(left.get(key, 0) + ns, _NS_PER_MS)
    return full


requests = Aggregate()
"""The sums of this process."""
