# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Is everything that arrived for a member counted, and when did the last of it arrive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils.translation import ngettext

from verbund.kernel import context
from verbund.metering.models import UsageArrival
from verbund.metering.periods import Period, bounds_of
from verbund.metering.queries import BY_DAY

# One statement, so that all of it is of the same moment: what arrives becomes visible together with what it is counted as.
# A full join also shows what was counted and never arrived.
_PROOF = f"""
    WITH counted AS (
        SELECT meter, sum(n) AS n FROM ({BY_DAY}) AS days GROUP BY meter
    ), late AS (
        SELECT meter, sum(n) AS n FROM metering_usagelate
        WHERE tenant = %(tenant)s AND hour >= %(start)s AND hour < %(stop)s GROUP BY meter
    ), arrived AS (
        SELECT meter, n, last_at FROM metering_usagearrival WHERE tenant = %(tenant)s AND month = %(first)s
    )
    SELECT meter, coalesce(a.n, 0)::bigint, coalesce(c.n, 0)::bigint, coalesce(l.n, 0)::bigint, a.last_at
    FROM arrived a FULL JOIN counted c USING (meter) FULL JOIN late l USING (meter) ORDER BY meter
"""  # noqa: S608 (constants only)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """Numbers of events of a meter in a month; ``late`` came after their day was sealed and are in no figure."""

    meter: str
    received: int
    counted: int
    late: int
    last_at: datetime | None

    @property
    def is_exact(self) -> bool:
        return self.received == self.counted + self.late


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """When the last value of a meter arrived, and how many hours of it nobody measured."""

    last_at: datetime | None
    estimated: int


def arrivals(*, tenant: int, period: Period) -> list[Arrival]:
    """Every meter of which something arrived or was counted, by slug; the association must be entered."""
    given: dict[str, Any] = {
        "tenant": tenant,
        "first": period.first,
        "after": period.after,
        "start": bounds_of(period.first)[0],
        "stop": bounds_of(period.after)[0],
    }
    with connection.cursor() as cursor:
        cursor.execute(_PROOF, given)
        return [
            Arrival(meter=meter, received=received, counted=counted, late=late, last_at=last_at)
            for meter, received, counted, late, last_at in cursor.fetchall()
        ]


def marks(*, tenant: int, period: Period) -> dict[str, Mark]:
    """By meter, what a figure of the month is shown with: a few rows by their key."""
    with context.enter_association():
        rows = UsageArrival.objects.filter(tenant=tenant, month=period.first)
        return {
            meter: Mark(last_at=at, estimated=estimated)
            for meter, at, estimated in rows.values_list("meter", "last_at", "estimated")
        }


def estimated_hours(period: Period, *, tenant: int | None = None) -> dict[tuple[int, str], int]:
    """How many hours of a level nobody measured in a month, by tenant and meter: a few rows by their key."""
    with context.enter_association():
        rows = UsageArrival.objects.filter(month=period.first, estimated__gt=0)
        if tenant is not None:
            rows = rows.filter(tenant=tenant)
        return {(number, meter): n for number, meter, n in rows.values_list("tenant", "meter", "estimated")}


def estimated_text(hours: int) -> str:
    """`davon 3 Stunden geschätzt`."""
    return ngettext("davon %(count)s Stunde geschätzt", "davon %(count)s Stunden geschätzt", hours) % {
        "count": hours
    }
