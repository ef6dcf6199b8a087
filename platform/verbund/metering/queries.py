# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What was used: by month, by day, and what is not counted yet.

Read in the association's context, whatever is entered. A day that changed since its roll-up is read from the
hours, every other day from the roll-up, so the figures are always those of the counters.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from tenants.models import Tenant
from verbund.kernel import clock, context, registry
from verbund.metering.models import UsageBacklog
from verbund.metering.periods import Period, period_of
from verbund.metering.pusher import waiting_facts

# How the association itself, tenant 0, is called where municipalities go by their slug (a reserved one).
ASSOCIATION_SLUG = "verbund"

# Sums and numbers of events by day, tenant and meter, for the parameters `first`, `after` and `tenant` (None: all).
# Both halves see the same moment: it is one statement. Lateral: one range of the index for each changed day.
BY_DAY = """
    SELECT u.day, u.tenant, u.meter, u.quantity, u.n FROM metering_usageday u
    WHERE u.day >= %(first)s AND u.day < %(after)s AND (%(tenant)s::bigint IS NULL OR u.tenant = %(tenant)s)
      AND NOT EXISTS (SELECT FROM metering_usagestale s WHERE s.tenant = u.tenant AND s.day = u.day)
  UNION ALL
    SELECT s.day, s.tenant, u.meter, u.quantity, u.n FROM metering_usagestale s
    CROSS JOIN LATERAL (
        SELECT c.meter, sum(c.quantity) AS quantity, sum(c.n) AS n FROM metering_usagecounter c
        WHERE c.tenant = s.tenant AND c.hour >= s.day::timestamp AT TIME ZONE 'Europe/Berlin'
          AND c.hour < (s.day + 1)::timestamp AT TIME ZONE 'Europe/Berlin' GROUP BY c.meter
    ) AS u
    WHERE s.day >= %(first)s AND s.day < %(after)s AND (%(tenant)s::bigint IS NULL OR s.tenant = %(tenant)s)
"""
_SUMS = f"SELECT tenant, meter, sum(quantity)::bigint FROM ({BY_DAY}) AS days GROUP BY tenant, meter"  # noqa: S608 (constants only)
_DAYS = f"SELECT day, quantity::bigint FROM ({BY_DAY}) AS days WHERE meter = %(meter)s"  # noqa: S608 (constants only)
_ALL_DAYS = f"""
    SELECT day, tenant, meter, quantity::bigint FROM ({BY_DAY}) AS days
    WHERE %(meters)s::text[] IS NULL OR meter = ANY(%(meters)s) ORDER BY 2, 1, 3
"""  # noqa: S608 (constants only)
_MONTHS = f"""
    SELECT meter, date_trunc('month', day::timestamp)::date, sum(quantity)::bigint,
           coalesce(sum(quantity) FILTER (WHERE day < %(today)s), 0)::bigint
    FROM ({BY_DAY}) AS days GROUP BY 1, 2
"""  # noqa: S608 (constants only)
_ALL_MONTHS = f"""
    SELECT tenant, meter, date_trunc('month', day::timestamp)::date, sum(quantity)::bigint FROM ({BY_DAY}) AS days
    WHERE meter = ANY(%(meters)s) GROUP BY 1, 2, 3 HAVING sum(quantity) <> 0
"""  # noqa: S608 (constants only)
_SPAN = """
    SELECT min(day), max(day) FROM (
        SELECT min(day) AS day FROM metering_usageday WHERE %(tenant)s::bigint IS NULL OR tenant = %(tenant)s
        UNION ALL
        SELECT max(day) FROM metering_usageday WHERE %(tenant)s::bigint IS NULL OR tenant = %(tenant)s
        UNION ALL
        SELECT day FROM metering_usagestale WHERE %(tenant)s::bigint IS NULL OR tenant = %(tenant)s
    ) AS days
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """How much of a meter a municipality used in a month; ``previous`` is the month before."""

    tenant: int
    meter: str
    quantity: int
    previous: int = 0

    @property
    def unit(self) -> str:
        return unit_of(self.meter)


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthUsage:
    """All usage of a month, ordered by tenant and meter; ``totals`` are the same sums over all tenants."""

    period: Period
    rows: tuple[Usage, ...]
    totals: tuple[Usage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DayUsage:
    day: date
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthSum:
    """What was used in a month, and how much of it before today."""

    quantity: int = 0
    before_today: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TenantDay:
    """What a municipality used of a meter on a day."""

    day: date
    tenant: int
    meter: str
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlog:
    """Facts of a municipality that were not counted yet when its pusher last looked."""

    tenant: int
    unpushed: int
    oldest_at: datetime | None
    checked_at: datetime


def unit_of(meter: str) -> str:
    """The unit people read beside a quantity; empty for a meter no package declares any more."""
    declared = registry.meters().get(meter)
    return str(declared.unit) if declared is not None else ""


def label_of(meter: str) -> str:
    """The meter as people call it; its slug when no package declares it any more."""
    declared = registry.meters().get(meter)
    return str(declared.label) if declared is not None else meter


def months(*, tenant: int | None = None) -> list[Period]:
    """From the first month with usage to the running one (or the last with usage), newest first."""
    with context.enter_association(), connection.cursor() as cursor:
        cursor.execute(_SPAN, {"tenant": tenant})
        first, last = cursor.fetchone()
    period = running = period_of(clock.today())
    if last is not None:
        period = max(running, period_of(last))
    found = [period]
    while first is not None and period > period_of(first):
        period = period.previous
        found.append(period)
    return found


def usage_by_month(period: Period, *, tenant: int | None = None) -> MonthUsage:
    """Usage of all municipalities, or of one, with the month before. Tenant 0 is the association itself."""
    with context.enter_association():
        now = _sums(period, tenant)
        before = _sums(period.previous, tenant)
    rows = tuple(
        Usage(tenant=number, meter=meter, quantity=now.get(key, 0), previous=before.get(key, 0))
        for key in sorted({*now, *before})
        for number, meter in [key]
    )
    return MonthUsage(period=period, rows=rows, totals=_totals(rows))


def usage_by_day(tenant: int, period: Period, meter: str) -> list[DayUsage]:
    """Usage of one municipality and meter on every day of the month, also on those without any."""
    with context.enter_association(), connection.cursor() as cursor:
        cursor.execute(_DAYS, {**_parameters(period, tenant), "meter": meter})
        found = dict(cursor.fetchall())
    return [DayUsage(day=day, quantity=found.get(day, 0)) for day in period.days()]


def usage_by_months(tenant: int, *, since: Period, until: Period) -> dict[tuple[str, Period], MonthSum]:
    """Usage of one municipality by meter and month, both months included, in one statement; months without any are missing."""
    with context.enter_association(), connection.cursor() as cursor:
        cursor.execute(_MONTHS, {**_parameters(since, tenant, until=until), "today": clock.today()})
        return {
            (meter, period_of(month)): MonthSum(quantity=quantity, before_today=before)
            for meter, month, quantity, before in cursor.fetchall()
        }


def usage_of_days(period: Period, *, meters: Collection[str] | None = None) -> list[TenantDay]:
    """Usage of all municipalities on every day of the month on which there was some, of these meters or of all."""
    with context.enter_association(), connection.cursor() as cursor:
        wanted = None if meters is None else sorted(meters)
        cursor.execute(_ALL_DAYS, {**_parameters(period, None), "meters": wanted})
        return [
            TenantDay(day=day, tenant=number, meter=meter, quantity=quantity)
            for day, number, meter, quantity in cursor.fetchall()
        ]


def usage_of_all_by_months(
    *, since: Period, until: Period, meters: Collection[str]
) -> dict[tuple[int, str, Period], int]:
    """Usage of all municipalities by number, meter and month, both months included, in one statement."""
    with context.enter_association(), connection.cursor() as cursor:
        cursor.execute(_ALL_MONTHS, {**_parameters(since, None, until=until), "meters": sorted(meters)})
        return {
            (number, meter, period_of(month)): quantity
            for number, meter, month, quantity in cursor.fetchall()
        }


def backlog() -> list[Backlog]:
    """For every municipality that ever pushed: what is waiting, and when that was looked at."""
    with context.enter_association():
        return [
            Backlog(
                tenant=row.tenant, unpushed=row.unpushed, oldest_at=row.oldest_at, checked_at=row.checked_at
            )
            for row in UsageBacklog.objects.order_by("tenant")
        ]


def slugs_of_all() -> dict[int, str]:
    """What every member that ever was is called now, by its number; usage outlives membership."""
    with context.enter_association():
        members = dict(Tenant.objects.values_list("number", "slug"))
    return {0: ASSOCIATION_SLUG, **members}


def waiting_here() -> int:
    """Facts of the entered scope that are not counted yet, as of now."""
    return waiting_facts().count()


def _sums(period: Period, tenant: int | None) -> dict[tuple[int, str], int]:
    with connection.cursor() as cursor:
        cursor.execute(_SUMS, _parameters(period, tenant))
        return {(number, meter): quantity for number, meter, quantity in cursor.fetchall()}


def _parameters(period: Period, tenant: int | None, *, until: Period | None = None) -> dict[str, Any]:
    return {"first": period.first, "after": (until or period).after, "tenant": tenant}


def _totals(rows: tuple[Usage, ...]) -> tuple[Usage, ...]:
    sums: dict[str, tuple[int, int]] = {}
    for row in rows:
        quantity, previous = sums.get(row.meter, (0, 0))
        sums[row.meter] = (quantity + row.quantity, previous + row.previous)
    return tuple(
        Usage(tenant=-1, meter=meter, quantity=quantity, previous=previous)
        for meter, (quantity, previous) in sorted(sums.items())
    )
