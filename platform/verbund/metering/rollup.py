# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Days out of hours: recomputed and replaced, so that doing it again changes nothing."""

from __future__ import annotations

from datetime import date

from django.db import connection, transaction

from verbund.kernel import context
from verbund.metering.periods import bounds_of

_MOST = 2000
# One roll-up at a time; the number only has to be our own.
_LOCK = "SELECT pg_try_advisory_xact_lock(hashtext('metering.roll_up'))"
# Rows that a flush holds right now are left for the next run instead of making it wait.
_STALE = "SELECT tenant, day FROM metering_usagestale ORDER BY tenant, day LIMIT %s FOR UPDATE SKIP LOCKED"
_DAYS = "unnest(%s::bigint[], %s::date[]) AS d (tenant, day)"
_CLEAR = f"DELETE FROM metering_usageday u USING {_DAYS} WHERE u.tenant = d.tenant AND u.day = d.day"  # noqa: S608 (constants only)
# Lateral, so that each day is one range of the index: the planner would rather read all hours there are.
_FILL = """
    INSERT INTO metering_usageday (day, tenant, meter, quantity, n)
    SELECT d.day, d.tenant, u.meter, u.quantity, u.n
    FROM unnest(%s::bigint[], %s::date[], %s::timestamptz[], %s::timestamptz[]) AS d (tenant, day, start, stop)
    CROSS JOIN LATERAL (
        SELECT c.meter, sum(c.quantity) AS quantity, sum(c.n) AS n FROM metering_usagecounter c
        WHERE c.tenant = d.tenant AND c.hour >= d.start AND c.hour < d.stop GROUP BY c.meter
    ) AS u
"""
_FRESH = f"DELETE FROM metering_usagestale s USING {_DAYS} WHERE s.tenant = d.tenant AND s.day = d.day"  # noqa: S608 (constants only)


def roll_up() -> int:
    """Recompute every day whose counters changed; returns how many (tenant, day) were replaced.

    Counting goes on meanwhile: who adds to a day being rolled up waits for it and marks the day anew.
    When another roll-up is at work, this one does nothing.
    """
    done = 0
    while found := _roll_up_some():
        done += found
        if found < _MOST:
            break
    return done


def _roll_up_some() -> int:
    with context.enter_association(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_LOCK)
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(_STALE, [_MOST])
        stale: list[tuple[int, date]] = cursor.fetchall()
        if not stale:
            return 0
        tenants = [tenant for tenant, _day in stale]
        days = [day for _tenant, day in stale]
        bounds = [bounds_of(day) for day in days]
        cursor.execute(_CLEAR, [tenants, days])
        cursor.execute(_FILL, [tenants, days, [start for start, _ in bounds], [stop for _, stop in bounds]])
        cursor.execute(_FRESH, [tenants, days])
    return len(stale)
