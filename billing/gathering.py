# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Brings together what a month's allocation needs: a plan, members, population and the real counters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from billing.allocation.keys import INHABITANTS, Inhabitants, KeyVersion, Usage
from billing.allocation.material import (
    Booking,
    CostCentre,
    Figure,
    Material,
    Membership,
    Posting,
    Reading,
    Snapshot,
    Step,
)
from billing.allocation.prices import PriceVersion
from billing.allocation.spans import Period as Days
from billing.allocation.spans import Span
from billing.costs.member_days import member_spans
from billing.models import FigureSnapshot
from tenants.models import Body, ModuleActivation, Tenant
from verbund.kernel import context
from verbund.kernel.clock import day_of
from verbund.metering import queries
from verbund.metering.periods import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is decided and booked, not counted: cost centres, what they cost, keys and prices."""

    cost_centres: tuple[CostCentre, ...] = ()
    postings: tuple[Posting, ...] = ()
    keys: tuple[KeyVersion, ...] = ()
    prices: tuple[PriceVersion, ...] = ()
    snapshots: tuple[Snapshot, ...] = ()


def material_of(period: Period, plan: Plan) -> Material:
    """The material of a month, read in the association's context."""
    return materials_of([(period, plan)])[0]


def materials_of(wanted: Sequence[tuple[Period, Plan]], *, with_usage: bool = True) -> list[Material]:
    """The material of each month; what does not change with the month is read once for all of them.

    Without usage the counters are not read: months to come have none.
    """
    with context.enter_association():
        directory = _directory(series={key for _period, plan in wanted for key in _population_of(plan.keys)})
        return [
            _material(period, plan, directory, meters_of(plan) if with_usage else frozenset())
            for period, plan in wanted
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Directory:
    """Who was ever a member and when, what belongs to them, and the population series that are asked for."""

    tenants: dict[int, Tenant]
    spans: dict[int, tuple[Span, ...]]
    bodies: dict[int, list[Body]]
    bookings: tuple[tuple[int, str, date], ...]
    series: dict[tuple[date, str], tuple[FigureSnapshot, dict[str, int]]]


def _directory(series: set[tuple[date, str]]) -> _Directory:
    spans = member_spans()
    bodies: dict[int, list[Body]] = {}
    for body in Body.objects.filter(tenant__in=list(spans)):
        bodies.setdefault(body.tenant_id, []).append(body)
    return _Directory(
        tenants={tenant.number: tenant for tenant in Tenant.objects.filter(number__in=list(spans))},
        spans=spans,
        bodies=bodies,
        bookings=tuple(
            (row.tenant_id, row.module, day_of(row.active_from))
            for row in ModuleActivation.objects.filter(tenant__in=list(spans))
        ),
        series={
            (stored.reference_date, stored.census): (
                stored,
                dict(stored.figures.values_list("ars", "value")),
            )
            for stored in (FigureSnapshot.objects.filter(series=INHABITANTS) if series else ())
            if (stored.reference_date, stored.census) in series
        },
    )


def _material(period: Period, plan: Plan, directory: _Directory, meters: frozenset[str]) -> Material:
    days = Days(first=period.first, last=date.fromordinal(period.after.toordinal() - 1))
    keys = {
        number: member_key(tenant)
        for number, tenant in directory.tenants.items()
        if days.within(directory.spans[number])
    }
    memberships = tuple(
        Membership(member=key, name=directory.tenants[number].name, spans=directory.spans[number])
        for number, key in keys.items()
    )
    return Material(
        period=days,
        memberships=memberships,
        cost_centres=plan.cost_centres,
        postings=plan.postings,
        keys=plan.keys,
        prices=plan.prices,
        snapshots=(*plan.snapshots, *_population(plan.keys, keys, memberships, days, directory)),
        readings=tuple(
            Reading(member=keys[row.tenant], meter=row.meter, day=row.day, quantity=row.quantity)
            for row in (queries.usage_of_days(period, meters=meters) if meters else ())
            if row.tenant in keys and row.quantity
        ),
        bookings=tuple(
            Booking(member=keys[number], module=module, span=Span(first=first))
            for number, module, first in directory.bookings
            if number in keys
        ),
    )


def member_key(tenant: Tenant) -> str:
    """The official key, or the number of a member that has none; those stand behind the others."""
    return tenant.ars or f"tenant:{tenant.number:06d}"


def _population_of(keys: Iterable[KeyVersion]) -> set[tuple[date, str]]:
    """The population series the keys go by: reference date and census."""
    return {
        (part.basis.reference_date, part.basis.census)
        for key in keys
        for part in key.parts
        if isinstance(part.basis, Inhabitants)
    }


def _population(
    keys: Iterable[KeyVersion],
    members: dict[int, str],
    memberships: Iterable[Membership],
    days: Days,
    directory: _Directory,
) -> tuple[Snapshot, ...]:
    begins = {
        item.member: max(days.first, min(span.first for span in item.spans if days.within([span])))
        for item in memberships
    }
    found = []
    for wanted in sorted(_population_of(keys)):
        if wanted in directory.series:
            stored, values = directory.series[wanted]
            figures = (
                _figure(key, directory.bodies.get(number, []), values, begins[key])
                for number, key in members.items()
            )
            found.append(
                Snapshot(
                    series=stored.series,
                    reference_date=stored.reference_date,
                    census=stored.census,
                    source=stored.source,
                    file_sha256=stored.file_sha256,
                    figures=tuple(figure for figure in figures if figure is not None),
                )
            )
    return tuple(found)


def _figure(key: str, bodies: list[Body], values: dict[str, int], day: date) -> Figure | None:
    """The sum of the municipalities a member serves on the day; none if one of them has no figure, as the sum would be wrong.

    Where the registry began later than the membership, those it knew first count.
    """
    day = max(day, min((body.valid_from for body in bodies), default=day))
    served = [
        body for body in bodies if body.valid_from <= day and (body.valid_to is None or day < body.valid_to)
    ]
    if not served or any(body.ars not in values for body in served):
        return None
    steps = tuple(Step(label=f"{body.name} ({body.ars})", quantity=values[body.ars]) for body in served)
    figure = Figure(member=key, value=sum(step.quantity for step in steps))
    return replace(figure, steps=steps) if len(steps) > 1 else figure


def meters_of(plan: Plan) -> frozenset[str]:
    """What has to be counted for the plan."""
    return frozenset(
        part.basis.meter for key in plan.keys for part in key.parts if isinstance(part.basis, Usage)
    ) | frozenset(charge.meter for prices in plan.prices for charge in prices.charges)
