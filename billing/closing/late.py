# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Usage that arrived after its month was sealed and that nobody has decided about: proposals for corrections."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Max, Q, Sum
from django.db.models.functions import TruncDate

from billing.closing.models import LateDecision
from tenants.models import Tenant
from verbund.kernel.clock import BERLIN
from verbund.kernel.errors import NotFound
from verbund.metering.models import UsageLate
from verbund.metering.periods import Period, period_of
from verbund.metering.queries import label_of, unit_of


@dataclass(frozen=True, slots=True, kw_only=True)
class LateUsage:
    """What came late of a meter of a member in a month, by day in base units; ``received_at`` is when the last of it came."""

    period: Period
    tenant: Tenant
    meter: str
    days: Mapping[date, int]
    received_at: datetime

    @property
    def quantity(self) -> int:
        return sum(self.days.values())

    @property
    def label(self) -> str:
        return label_of(self.meter)

    @property
    def unit(self) -> str:
        return unit_of(self.meter)


def late_usage(**only: int | str) -> list[LateUsage]:
    """All that is undecided, the oldest month first; what the association used itself is nobody's to pay.

    The association must be entered. The number of queries does not grow with what came late.
    """
    decided = _decided()
    tenants = {tenant.pk: tenant for tenant in Tenant.objects.all()}
    days: dict[tuple[Period, int, str], dict[date, int]] = {}
    received: dict[tuple[Period, int, str], datetime] = {}
    for row in _arrived(only):
        left = row["sum"] - decided.get((row["tenant"], row["meter"], row["day"]), 0)
        if not left or row["tenant"] not in tenants:
            continue
        key = (period_of(row["day"]), row["tenant"], row["meter"])
        days.setdefault(key, {})[row["day"]] = left
        received[key] = max(row["last"], received.get(key, row["last"]))
    return [
        LateUsage(
            period=period,
            tenant=tenants[number],
            meter=meter,
            days=dict(sorted(found.items())),
            received_at=received[period, number, meter],
        )
        for (period, number, meter), found in sorted(days.items())
    ]


def find_late(period: Period, slug: str, meter: str) -> LateUsage:
    """One of them.

    Raises:
        NotFound: nothing came late there, or all of it is decided.
    """
    tenant = Tenant.objects.filter(slug=slug).first()
    if tenant is None:
        raise NotFound
    for found in late_usage(tenant=tenant.pk, meter=meter):
        if found.period == period:
            return found
    raise NotFound


def left_out() -> list[LateUsage]:
    """What somebody decided not to bill, the newest month first; ``received_at`` is when that was."""
    tenants = {tenant.pk: tenant for tenant in Tenant.objects.all()}
    days: dict[tuple[Period, int, str], dict[date, int]] = {}
    decided: dict[tuple[Period, int, str], datetime] = {}
    rows = (
        LateDecision.objects.filter(adjustment=None)
        .values("tenant", "meter", "day")
        .annotate(sum=Sum("quantity"), last=Max("decided_at"))
        .order_by("day")
    )
    for row in rows:
        if row["sum"]:
            key = (period_of(row["day"]), row["tenant"], row["meter"])
            days.setdefault(key, {})[row["day"]] = row["sum"]
            decided[key] = max(row["last"], decided.get(key, row["last"]))
    return [
        LateUsage(
            period=period,
            tenant=tenants[number],
            meter=meter,
            days=found,
            received_at=decided[period, number, meter],
        )
        for (period, number, meter), found in sorted(days.items(), reverse=True)
    ]


def _arrived(only: Mapping[str, int | str]) -> Iterable[Mapping[str, Any]]:
    rows: Iterable[Mapping[str, Any]] = (
        UsageLate.objects.filter(**only)
        .annotate(day=TruncDate("hour", tzinfo=BERLIN))
        .values("tenant", "meter", "day")
        .annotate(sum=Sum("quantity"), last=Max("received_at"))
        .order_by("day", "tenant", "meter")
    )
    return rows


def _decided() -> dict[tuple[int, str, date], int]:
    counting = LateDecision.objects.filter(Q(adjustment=None) | Q(adjustment__withdrawn_at=None))
    rows = counting.values("tenant", "meter", "day").annotate(sum=Sum("quantity")).order_by()
    return {(row["tenant"], row["meter"], row["day"]): row["sum"] for row in rows}
