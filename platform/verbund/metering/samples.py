# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Once an hour: how much is stored for whom. A level held for an hour is so many unit-hours, and adds up like any count."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.db.models import Sum

from verbund.kernel import context, registry
from verbund.metering import ledger
from verbund.metering.aggregate import hour_number
from verbund.metering.dimensions import ESTIMATED
from verbund.metering.ledger import Batch, Count, tenant_number
from verbund.metering.models import UsageBatch, UsageCounter
from verbund.metering.periods import Period, bounds_of, hour_of

_SECONDS = 3600
_FARTHEST = 31 * 24
_SCHEMA = """
    SELECT coalesce(sum(pg_total_relation_size(oid)), 0)::bigint FROM pg_class
    WHERE relnamespace = current_schema()::text::regnamespace AND relkind IN ('r', 'm')
"""
_LEVELS = """
    SELECT tenant, meter, max(level)::bigint, round(avg(level))::bigint, count(*), count(*) FILTER (WHERE is_estimated) FROM (
        SELECT tenant, meter, hour, sum(quantity) AS level, bool_or(dimensions = %(estimated)s::jsonb) AS is_estimated
        FROM metering_usagecounter
        WHERE hour >= %(start)s AND hour < %(stop)s AND meter = ANY(%(meters)s)
          AND (%(tenant)s::bigint IS NULL OR tenant = %(tenant)s)
        GROUP BY tenant, meter, hour
    ) AS hours GROUP BY tenant, meter ORDER BY tenant, meter
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """Highest and mean level of a month, in the unit without its hours, over ``hours``; ``estimated`` of them nobody measured."""

    tenant: int
    meter: str
    peak: int
    average: int
    hours: int
    estimated: int = 0


def take(*, at: datetime) -> int:
    """Sample the levels of the entered municipality for this hour; returns how many are new.

    The key in the ledger is (tenant, meter, hour): the first sample of an hour counts, doing it again changes nothing.
    Hours since the last sample in which nobody measured are estimated, and marked so (`ESTIMATED`).
    """
    scope, number = context.current(), hour_number(at.timestamp())
    meters = {f"{scope.key}/{meter.slug}": meter for meter in registry.meters().values() if meter.sample}
    with context.enter_association():
        done = set(
            UsageBatch.objects.filter(producer__in=meters, seq=number).values_list("producer", flat=True)
        )
    batches = []
    for producer, meter in meters.items():
        if producer not in done:
            level = int(registry.load(meter.sample)())  # type: ignore[operator]  # checked by a conformance test
            count = Count(
                tenant=tenant_number(scope), meter=meter.slug, hour=hour_of(at), quantity=level, n=1
            )
            digest = hashlib.sha256(f"{producer}|{number}|{level}".encode()).digest()
            batches.append(Batch(producer=producer, seq=number, sha256=digest, counts=(count,)))
            batches += _between(producer, number, count)
    return len(ledger.receive(batches).applied) if batches else 0


def _between(producer: str, number: int, after: Count) -> list[Batch]:
    """The hours between the last sample and this one, on a straight line between the two levels.

    What is further apart than a month is left out: nobody knows what was there. The checksum does not hold the level, so
    that two workers who come back at once agree.
    """
    with context.enter_association():
        last = (
            UsageBatch.objects.filter(producer=producer, seq__lt=number, seq__gte=number - _FARTHEST)
            .order_by("-seq")
            .values_list("seq", flat=True)
            .first()
        )
        if last is None or last == number - 1:
            return []
        before = UsageCounter.objects.filter(
            tenant=after.tenant, meter=after.meter, hour=_hour(last)
        ).aggregate(level=Sum("quantity"))["level"]
    if before is None:
        return []
    return [
        Batch(
            producer=producer,
            seq=hour,
            sha256=hashlib.sha256(f"{producer}|{hour}|estimated".encode()).digest(),
            counts=(
                Count(
                    tenant=after.tenant,
                    meter=after.meter,
                    hour=_hour(hour),
                    dimensions=ESTIMATED,
                    quantity=on_the_line(before, after.quantity, step=hour - last, steps=number - last),
                    n=1,
                ),
            ),
        )
        for hour in range(last + 1, number)
    ]


def on_the_line(before: int, after: int, *, step: int, steps: int) -> int:
    """The level after so many of the steps between two levels, rounded half up."""
    return before + (2 * (after - before) * step + steps) // (2 * steps)


def _hour(number: int) -> datetime:
    return datetime.fromtimestamp(number * _SECONDS, tz=UTC)


def bytes_of_schema() -> int:
    """What the tables of the entered municipality take on disk, with their indexes and long values."""
    with connection.cursor() as cursor:
        cursor.execute(_SCHEMA)
        return int(cursor.fetchone()[0])


def modules_switched_on() -> int:
    """How many service modules the entered municipality has switched on."""
    return len(context.current_municipality().modules)


def levels_of(period: Period, *, tenant: int | None = None) -> list[Level]:
    """Peak and mean of every sampled meter in a month, of all municipalities or of one."""
    given: dict[str, Any] = {
        "start": bounds_of(period.first)[0],
        "stop": bounds_of(period.after)[0],
        "meters": [slug for slug, meter in registry.meters().items() if meter.sample],
        "tenant": tenant,
        "estimated": ESTIMATED,
    }
    with context.enter_association(), connection.cursor() as cursor:
        cursor.execute(_LEVELS, given)
        return [
            Level(tenant=number, meter=meter, peak=peak, average=average, hours=hours, estimated=estimated)
            for number, meter, peak, average, hours, estimated in cursor.fetchall()
        ]
