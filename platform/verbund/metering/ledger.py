# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The one door into the ledger: a batch and what it counts become true together, once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import structlog
from django.db import connection, transaction

from verbund.kernel import clock, context
from verbund.kernel.clock import day_of
from verbund.kernel.context import Municipality, Scope
from verbund.metering.dimensions import ESTIMATED, fingerprint
from verbund.metering.sealing.boundary import sealed_until

log = structlog.get_logger()

# Every statement sorts its rows, so that two producers never wait for each other in a circle.
_CLAIM = """
    INSERT INTO metering_usagebatch (producer, seq, n, sha256)
    SELECT * FROM unnest(%s::text[], %s::bigint[], %s::bigint[], %s::bytea[]) ORDER BY 1, 2
    ON CONFLICT DO NOTHING RETURNING producer, seq
"""
_KNOWN = """
    SELECT producer, seq, b.sha256 = given.sha256 FROM metering_usagebatch b
    JOIN unnest(%s::text[], %s::bigint[], %s::bytea[]) AS given (producer, seq, sha256) USING (producer, seq)
"""
# Updating (not passing over) a row that is there makes us wait for a roll-up that is reading the counters.
_TOUCH = """
    INSERT INTO metering_usagestale AS stale (tenant, day, touched)
    SELECT *, 1 FROM unnest(%s::bigint[], %s::date[]) ORDER BY 1, 2
    ON CONFLICT (tenant, day) DO UPDATE SET touched = stale.touched + 1
"""
_ADD = """
    INSERT INTO metering_usagecounter AS counter
        (tenant, hour, meter, dimension_hash, dimensions, quantity, n)
    SELECT * FROM unnest(
        %s::bigint[], %s::timestamptz[], %s::text[], %s::bigint[], %s::jsonb[], %s::bigint[], %s::bigint[]
    ) ORDER BY 1, 2, 3, 4
    ON CONFLICT (tenant, hour, meter, dimension_hash)
    DO UPDATE SET quantity = counter.quantity + excluded.quantity, n = counter.n + excluded.n
"""

_KEEP_LATE = """
    INSERT INTO metering_usagelate (producer, seq, tenant, hour, meter, dimension_hash, dimensions, quantity, n)
    SELECT * FROM unnest(%s::text[], %s::bigint[], %s::bigint[], %s::timestamptz[], %s::text[], %s::bigint[], %s::jsonb[],
                         %s::bigint[], %s::bigint[]) ORDER BY 1, 2, 3, 4, 5, 6
"""

# What comes in is noted before it is sorted into counted and late, so that the two can be held against it.
_ARRIVE = """
    INSERT INTO metering_usagearrival AS known (tenant, month, meter, n, estimated, last_at)
    SELECT tenant, month, meter, n, estimated, %s
    FROM unnest(%s::bigint[], %s::date[], %s::text[], %s::bigint[], %s::bigint[]) AS given (tenant, month, meter, n, estimated)
    ORDER BY 1, 2, 3
    ON CONFLICT (tenant, month, meter)
    DO UPDATE SET n = known.n + excluded.n, estimated = known.estimated + excluded.estimated, last_at = greatest(known.last_at, excluded.last_at)
"""

_Key = tuple[int, datetime, str, int]
_Sums = dict[_Key, tuple[str, int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """So much of a meter within one hour (UTC); ``dimensions`` in canonical form, ``n`` events made it up."""

    tenant: int
    meter: str
    hour: datetime
    dimensions: str = "{}"
    quantity: int
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What one producer counted, under a number it never uses for anything else."""

    producer: str
    seq: int
    sha256: bytes
    counts: tuple[Count, ...]

    @property
    def n(self) -> int:
        return sum(count.n for count in self.counts)

    @property
    def key(self) -> tuple[str, int]:
        return self.producer, self.seq


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """What became of the batches. ``refused`` bear a number that was used for something else."""

    applied: frozenset[tuple[str, int]]
    repeated: frozenset[tuple[str, int]]
    refused: frozenset[tuple[str, int]]


def tenant_number(scope: Scope) -> int:
    """The number under which usage is kept: the municipality's own, 0 for the association."""
    return scope.number if isinstance(scope, Municipality) else 0


def receive(batches: Sequence[Batch]) -> Received:
    """Count every batch that was not counted before, in one transaction of the association's own.

    Repeating a batch changes nothing. What belongs to a sealed day is kept apart and changes no figure. A number that comes back with other content is refused and logged:
    it means that a producer forgot what it had sent, for instance after a restore.
    """
    with context.enter_association(), transaction.atomic(durable=True):
        applied = _claim(batches)
        fresh = [batch for batch in batches if batch.key in applied]
        if fresh:
            _add(fresh)
        known = [batch for batch in batches if batch.key not in applied]
        same = _same_content(known)
    refused = frozenset(batch.key for batch in known) - same
    for producer, seq in sorted(refused):
        log.error("metering.batch_refused", producer=producer, seq=seq)
    return Received(applied=applied, repeated=same, refused=refused)


def _claim(batches: Sequence[Batch]) -> frozenset[tuple[str, int]]:
    with connection.cursor() as cursor:
        cursor.execute(
            _CLAIM,
            [
                [batch.producer for batch in batches],
                [batch.seq for batch in batches],
                [batch.n for batch in batches],
                [batch.sha256 for batch in batches],
            ],
        )
        return frozenset((str(producer), int(seq)) for producer, seq in cursor.fetchall())


def _same_content(batches: Sequence[Batch]) -> frozenset[tuple[str, int]]:
    if not batches:
        return frozenset()
    with connection.cursor() as cursor:
        cursor.execute(
            _KNOWN,
            [
                [batch.producer for batch in batches],
                [batch.seq for batch in batches],
                [batch.sha256 for batch in batches],
            ],
        )
        return frozenset((str(producer), int(seq)) for producer, seq, is_same in cursor.fetchall() if is_same)


def _add(batches: Sequence[Batch]) -> None:
    sealed = _sealed_until(batches)
    sums: _Sums = {}
    for batch in batches:
        late: _Sums = {}
        for count in batch.counts:
            is_late = sealed is not None and day_of(count.hour) <= sealed
            _sum_up(late if is_late else sums, count)
        if late:
            _keep_late(batch, late)
    if sums:
        _count(sums)
    _arrive(batches, sealed)


def _arrive(batches: Sequence[Batch], sealed: date | None) -> None:
    arrived: dict[tuple[int, date, str], tuple[int, int]] = {}
    for batch in batches:
        for count in batch.counts:
            day = day_of(count.hour)
            key = (count.tenant, day.replace(day=1), count.meter)
            n, estimated = arrived.get(key, (0, 0))
            is_estimated = count.dimensions == ESTIMATED and (sealed is None or day > sealed)
            arrived[key] = (n + count.n, estimated + count.n if is_estimated else estimated)
    rows = sorted((*key, *sums) for key, sums in arrived.items())
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(_ARRIVE, [clock.now(), *(list(column) for column in zip(*rows, strict=True))])


def _sealed_until(batches: Iterable[Batch]) -> date | None:
    """Asked only for what is older than today: no day is sealed before it is over."""
    oldest = min((count.hour for batch in batches for count in batch.counts), default=None)
    return sealed_until() if oldest is not None and day_of(oldest) < clock.today() else None


def _sum_up(sums: _Sums, count: Count) -> None:
    key = (count.tenant, count.hour, count.meter, fingerprint(count.dimensions))
    _, quantity, n = sums.get(key, ("", 0, 0))
    sums[key] = (count.dimensions, quantity + count.quantity, n + count.n)


def _count(sums: _Sums) -> None:
    touched = sorted({(tenant, day_of(hour)) for tenant, hour, _meter, _hash in sums})
    with connection.cursor() as cursor:
        cursor.execute(_TOUCH, [[tenant for tenant, _day in touched], [day for _tenant, day in touched]])
        cursor.execute(_ADD, _columns(sums))


def _keep_late(batch: Batch, late: _Sums) -> None:
    log.warning("metering.late", producer=batch.producer, seq=batch.seq, rows=len(late))
    with connection.cursor() as cursor:
        cursor.execute(_KEEP_LATE, [[batch.producer] * len(late), [batch.seq] * len(late), *_columns(late)])


def _columns(sums: _Sums) -> list[list[Any]]:
    ordered = sorted(sums.items())
    return [list(column) for column in zip(*((*key, *value) for key, value in ordered), strict=True)]
