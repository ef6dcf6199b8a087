# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the entered municipality used: this month, the one before, and day by day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from billing.member.reading import own_rows
from billing.member.seals import month_seal
from billing.member.usage_outlook import MeterOutlook, usage_outlook
from verbund.documents.listings.listing import Listing
from verbund.kernel import clock, context, registry
from verbund.metering import queries
from verbund.metering.arrivals import estimated_hours
from verbund.metering.periods import Period, period_of
from verbund.metering.queries import DayUsage, Usage
from verbund.metering.usage_listing import usage_listing


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnUsage:
    """``waiting`` facts are recorded here but not in the figures yet; ``outlook`` is of the running month, by meter.

    ``seal`` is the value of the month's seal, empty before it is sealed.
    """

    period: Period
    rows: tuple[Usage, ...]
    days: tuple[DayUsage, ...]
    waiting: int
    outlook: Mapping[str, MeterOutlook]
    seal: str


def own_usage(*, period: Period, meter: str) -> OwnUsage:
    """Figures of the entered municipality and of no other, with the days of one meter."""
    with own_rows() as number:
        rows = queries.usage_by_month(period, tenant=number).rows
        days = queries.usage_by_day(number, period, meter)
        seal = month_seal(period)
    return OwnUsage(
        period=period,
        rows=tuple(sorted(rows, key=_order)),
        days=tuple(days),
        waiting=queries.waiting_here(),
        outlook=usage_outlook() if period == period_of(clock.today()) else {},
        seal=seal,
    )


def own_listing(period: Period) -> Listing:
    """The figures of a month as a list the entered municipality takes along."""
    here = context.current_municipality()
    found = own_usage(period=period, meter="")
    return usage_listing(
        period=period,
        rows=found.rows,
        names={here.number: (here.slug, here.name)},
        estimated=estimated_hours(period, tenant=here.number),
        notes=[_("Noch nicht gezählt: %(count)s Vorgänge.") % {"count": found.waiting}]
        if found.waiting
        else (),
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
