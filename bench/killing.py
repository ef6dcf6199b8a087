# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Our process of the crash test: forks processes that count, has each killed at a gap, and adds up what is left.

A fork instead of a new process, so that a thousand take minutes. What each of them did stands in memory that
outlives it and in a log written before and after each batch.
"""

from __future__ import annotations

import mmap
import os
import random
import signal
import struct
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from django.db import connections, transaction
from django.db.models import QuerySet

from tenants import directory
from tests.factories.metering import NOON, counted, received
from tests.metering.dying import FLUSHER_POINTS, KEY, LAMPS, PUSHER_POINTS
from verbund.kernel import context, registry
from verbund.kernel.specs import Meter
from verbund.metering import api, pusher, rollup
from verbund.metering.aggregate import Aggregate
from verbund.metering.facts.models import Fact
from verbund.metering.flusher import Flusher
from verbund.metering.reconciliation import reconcile
from verbund.metering.spool import Spool

COUNTING, ANY = "counting", "any moment"
BATCHES = (COUNTING, *FLUSHER_POINTS, ANY)
FACTS = (*PUSHER_POINTS, ANY)
_MOST_AT_ONCE = 50
# Events added, of those the ones undone or lost with memory never count; facts tried and facts committed.
_NUMBERS = struct.Struct("qq")


@dataclass(frozen=True, slots=True)
class Life:
    """One process: what it was to do, where it was to die, and what it says it did."""

    kind: str
    gap: str
    pid: int
    memory: mmap.mmap

    @property
    def numbers(self) -> tuple[int, int]:
        tried, done = _NUMBERS.unpack_from(self.memory)
        return int(tried), int(done)


class Killing:
    """Pairs of processes, one for each class of meters, at the same ledger."""

    def __init__(self, key: str, folder: Path, seed: int) -> None:
        self._spool, self._log = folder / "spool", folder / "log"
        self._log.touch()
        self._dice = random.Random(seed)  # noqa: S311 (no secret)
        self._key = key
        self._lives: list[Life] = []
        self._gaps: Counter[str] = Counter()
        # What others left in this ledger is none of ours: their facts are pushed first, then only differences count.
        with context.enter(self._member()):
            pusher.push()
            self._facts_there = _lamps().count()
        rollup.roll_up()
        self._there = {meter: counted(meter) for meter in ("http.requests", LAMPS)}
        self._was_exact = reconcile().is_exact

    def kill(self, number: int) -> dict[str, Any]:
        """Have that many processes killed, two at a time.

        Raises:
            RuntimeError: one ended by itself.
        """
        for _pair in range(number // 2):
            connections.close_all()
            place = len(self._lives) // 2
            pair = [
                self._fork("batches", BATCHES[place % len(BATCHES)]),
                self._fork("facts", FACTS[place % len(FACTS)]),
            ]
            for life in pair:
                self._wait(life)
            self._lives += pair
        return {"killed": len(self._lives)}

    def result(self) -> dict[str, Any]:
        """Let the living flush and push what the dead left, and compare.

        ``lost_most``: events of one process that were in its memory only; never more than it adds between two spools.
        """
        for _turn in range(2):
            Flusher(self._spool, Aggregate()).tick()
        with context.enter(self._member()):
            pusher.push()
            committed = _lamps().count() - self._facts_there
        rollup.roll_up()
        wants, kept = self._logged("wants"), self._logged("kept")
        ledger = {key: n // 5 for key, n in received().items() if key in wants}
        added, tried, acknowledged = self._sum("batches", 0), self._sum("facts", 0), self._sum("facts", 1)
        events, facts = (counted(meter) - self._there[meter] for meter in ("http.requests", LAMPS))
        lost = self._lost(ledger)
        return {
            "kills": len(self._lives),
            "by_gap": dict(sorted(self._gaps.items())),
            "events": {"added": added, "kept": sum(kept.values()), "counted": events, "lost": added - events},
            "facts": {"tried": tried, "acknowledged": acknowledged, "committed": committed, "counted": facts},
            "lost_most": max(lost),
            "lost_allowed": _MOST_AT_ONCE,
            "is_exact": (
                kept.items() <= ledger.items() <= wants.items()
                and events == sum(ledger.values())
                and min(lost) >= 0
                and max(lost) <= _MOST_AT_ONCE
                and acknowledged <= committed <= tried
                and facts == committed
                and (reconcile().is_exact or not self._was_exact)
                and not list(self._spool.glob("*/*.jsonl"))
            ),
        }

    def _fork(self, kind: str, gap: str) -> Life:
        memory, seed = mmap.mmap(-1, _NUMBERS.size), self._dice.random()
        pid = os.fork()
        if pid == 0:
            try:
                dice = random.Random(seed)  # noqa: S311 (no secret)
                (self._count if kind == "batches" else self._record)(gap, memory, dice)
            finally:
                os._exit(1)
        return Life(kind, gap, pid, memory)

    def _wait(self, life: Life) -> None:
        if life.gap == ANY:
            time.sleep(self._dice.uniform(0, 0.2))
            os.kill(life.pid, signal.SIGKILL)
        _pid, status = os.waitpid(life.pid, 0)
        if not os.WIFSIGNALED(status) or os.WTERMSIG(status) != signal.SIGKILL:
            raise RuntimeError(f"{life.kind}, {life.gap}: ended with {status}")
        self._gaps[f"{life.kind}: {life.gap}"] += 1

    def _count(self, gap: str, memory: mmap.mmap, dice: random.Random) -> None:
        """Requests in portions, each portion spooled and flushed."""
        source, last, turn = Aggregate(), dice.randint(1, 3), 0
        worker = Flusher(self._spool, source)
        self._write_down_batches(memory)
        while True:
            turn += 1
            size = dice.randint(1, _MOST_AT_ONCE)
            for place in range(size):
                _add_to(memory, 0)
                source.add(KEY, 0, 0, 0, 0)
                if gap == COUNTING and turn == last and place == size // 2:
                    os.kill(os.getpid(), signal.SIGKILL)
            if turn == last and gap in FLUSHER_POINTS:
                FLUSHER_POINTS[gap]()
            worker.tick()

    def _record(self, gap: str, memory: mmap.mmap, dice: random.Random) -> None:
        """Business transactions, every third undone, and a push after some of them."""
        meter = Meter(slug=LAMPS, label="Leuchten", unit="Stück")
        registry.meters = lambda: MappingProxyType({meter.slug: meter})  # type: ignore[assignment]  # only here
        turn, last = 0, dice.randint(1, 3)
        with context.enter(self._member()):
            while True:
                turn += 1
                for place in range(dice.randint(2, 6)):
                    with transaction.atomic():
                        api.record(LAMPS, at=NOON)
                        if place % 3 == 2:  # noqa: PLR2004 (every third)
                            transaction.set_rollback(True)
                        else:
                            _add_to(memory, 0)
                    if place % 3 != 2:  # noqa: PLR2004
                        _add_to(memory, 1)
                if turn == last and gap in PUSHER_POINTS:
                    PUSHER_POINTS[gap]()
                pusher.push()

    def _write_down_batches(self, memory: mmap.mmap) -> None:
        log, original = os.open(self._log, os.O_WRONLY | os.O_APPEND), Spool.write

        def write(spool: Spool, counts: Any) -> Path:
            size = next(count.n for count in counts if count.meter == "http.requests")
            line = f"{os.getpid()} {spool.producer} {spool._seq + 1} {size}\n"  # noqa: SLF001 (the number it is about to use)
            os.write(log, f"wants {line}".encode())
            path = original(spool, counts)
            os.write(log, f"kept {line}".encode())
            _add_to(memory, 1, size)
            return path

        Spool.write = write  # type: ignore[method-assign]  # in this process only

    def _logged(self, verb: str) -> dict[tuple[str, int], int]:
        lines = [line.split() for line in self._log.read_text(encoding="utf-8").splitlines()]
        return {(producer, int(seq)): int(size) for said, _pid, producer, seq, size in lines if said == verb}

    def _lost(self, ledger: dict[tuple[str, int], int]) -> list[int]:
        lines = [line.split() for line in self._log.read_text(encoding="utf-8").splitlines()]
        counted_of: Counter[int] = Counter()
        for said, pid, producer, seq, _size in lines:
            if said == "wants":
                counted_of[int(pid)] += ledger.get((producer, int(seq)), 0)
        return [life.numbers[0] - counted_of[life.pid] for life in self._lives if life.kind == "batches"]

    def _sum(self, kind: str, place: int) -> int:
        return sum(life.numbers[place] for life in self._lives if life.kind == kind)

    def _member(self) -> Any:
        member = directory.by_key(self._key)
        assert member is not None
        return member


def _lamps() -> QuerySet[Fact]:
    """Without the people who were active: the worker counts those too, also for whoever was here before."""
    return Fact.objects.filter(meter=LAMPS)


def _add_to(memory: mmap.mmap, place: int, number: int = 1) -> None:
    values = list(_NUMBERS.unpack_from(memory))
    values[place] += number
    _NUMBERS.pack_into(memory, 0, *values)
