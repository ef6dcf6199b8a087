# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the entered municipality used: this month, the one before, and day by day."""

from __future__ import annotations

from dataclasses import dataclass

from verbund.kernel import context, registry
from verbund.metering import queries
from verbund.metering.periods import Period
from verbund.metering.queries import DayUsage, Usage


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnUsage:
    """``waiting`` facts are recorded here but not in the figures yet."""

    period: Period
    rows: tuple[Usage, ...]
    days: tuple[DayUsage, ...]
    waiting: int


def own_usage(*, period: Period, meter: str) -> OwnUsage:
    """Figures of the entered municipality and of no other, with the days of one meter."""
    number = context.current_municipality().number
    return OwnUsage(
        period=period,
        rows=tuple(sorted(queries.usage_by_month(period, tenant=number).rows, key=_order)),
        days=tuple(queries.usage_by_day(number, period, meter)),
        waiting=queries.waiting_here(),
    )


def _order(row: Usage) -> tuple[int, str]:
    slugs = [slug for slug, _label in countable()]
    return (slugs.index(row.meter) if row.meter in slugs else len(slugs), row.meter)


def own_months() -> list[Period]:
    """The months the entered municipality has figures for, newest first."""
    return queries.months(tenant=context.current_municipality().number)


def countable() -> list[tuple[str, str]]:
    """Slug and label of every meter, business facts first."""
    meters = sorted(registry.meters().values(), key=lambda meter: (not meter.exact, str(meter.label)))
    return [(meter.slug, str(meter.label)) for meter in meters]
