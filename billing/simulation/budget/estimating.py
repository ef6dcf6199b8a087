# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A year estimated: each of its months by the engine, with the keys, prices and memberships that hold then."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from billing.allocation.material import Material, Reading
from billing.allocation.remainder import parts
from billing.allocation.run import Run, calculate
from billing.costs.models import ActualCost, Service
from billing.gathering import materials_of, member_key, meters_of
from billing.plan import plans_of
from billing.refusals import spoken
from billing.simulation.budget.basis import MONTHS, CentreBasis, monthly_usage
from tenants.models import Tenant
from verbund.kernel.sorting import sort_key
from verbund.metering.periods import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A cost centre, or a service with prices; ``service`` is what it is billed under."""

    code: str
    title: str
    service: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberEstimate:
    member: str
    name: str
    cells: Sequence[int]

    @property
    def cents(self) -> int:
        return sum(self.cells)


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """The year by member and column; ``keys`` and ``prices`` name the versions it rests on."""

    columns: Sequence[Column]
    members: Sequence[MemberEstimate]
    keys: Sequence[str]
    prices: Sequence[str]

    @property
    def sums(self) -> list[int]:
        return [sum(row.cells[place] for row in self.members) for place in range(len(self.columns))]

    @property
    def cents(self) -> int:
        return sum(self.sums)

    @property
    def titled_sums(self) -> list[tuple[int, str]]:
        return [(cents, column.title) for cents, column in zip(self.sums, self.columns, strict=True)]


def estimate(
    *, year: int, centres: Sequence[CentreBasis], planned: Mapping[str, int], months: Sequence[Period]
) -> Estimate:
    """Share ``planned``, a year's cents by cost centre, and price an average month's usage twelve times.

    A cost centre that ends in the year costs a twelfth for each of its months. The association must be entered.

    Raises:
        Invalid: a key or price has no version then, or leaves no allocation; the field says which.
    """
    periods = [Period(year, number) for number in range(1, MONTHS + 1)]
    plans = plans_of(periods, costs={period.first: _costs(period, centres, planned) for period in periods})
    materials = materials_of([(period, booked.plan) for period, booked in plans.items()], with_usage=False)
    usage = monthly_usage(months, frozenset().union(*(meters_of(booked.plan) for booked in plans.values())))
    numbers = {member_key(tenant): tenant.number for tenant in Tenant.objects.filter(origin="")}
    with spoken():
        runs = [calculate(_used(material, usage, numbers)) for material in materials]
    return _summed(runs, centres)


def _costs(period: Period, centres: Iterable[CentreBasis], planned: Mapping[str, int]) -> list[ActualCost]:
    """A twelfth of the year for each cost centre, the odd cents first; nothing is saved."""
    return [
        ActualCost(
            centre=item.centre,
            month=period.first,
            cents=_twelfth(planned[item.centre.code], period.month),
            source="",
        )
        for item in centres
        if item.centre.last_month is None or period.first <= item.centre.last_month
    ]


def _twelfth(cents: int, month: int) -> int:
    split = parts(cents, {f"{number:02d}": 1 for number in range(1, MONTHS + 1)})
    return split[f"{month:02d}"].cents


def _used(material: Material, usage: Mapping[tuple[int, str], int], numbers: Mapping[str, int]) -> Material:
    """The average month's usage, on a day on which the member is one and has what it booked."""
    found = []
    for membership in material.memberships:
        days = material.period.within(membership.spans)
        begun = [item.span.first for item in material.bookings if item.member == membership.member]
        latest = max(min(days), *(first for first in begun if first <= material.period.last), date.min)
        day = min((one for one in days if one >= latest), default=max(days))
        found += [
            Reading(member=membership.member, meter=meter, day=day, quantity=quantity)
            for (number, meter), quantity in usage.items()
            if number == numbers[membership.member] and quantity
        ]
    return replace(material, readings=tuple(found))


def _summed(runs: Sequence[Run], centres: Iterable[CentreBasis]) -> Estimate:
    names: dict[str, str] = {}
    cents: dict[tuple[str, str], int] = {}
    for run in runs:
        names |= {item.member: item.name for item in run.material.memberships}
        for share in run.shares:
            place = (share.member, f"centre {share.cost_centre}")
            cents[place] = cents.get(place, 0) + share.cents
        for line in run.charges:
            place = (line.member, f"service {line.service}")
            cents[place] = cents.get(place, 0) + line.cents
    titles = dict(Service.objects.values_list("code", "title"))
    there = {code for _member, code in cents}
    columns = [
        column
        for column in (
            *(
                Column(
                    code=f"centre {one.centre.code}", title=one.centre.title, service=one.centre.service.title
                )
                for one in centres
            ),
            *(
                Column(code=f"service {code}", title=title, service=title)
                for code, title in sorted(titles.items())
            ),
        )
        if column.code in there
    ]
    return Estimate(
        columns=columns,
        members=[
            MemberEstimate(
                member=member, name=name, cells=[cents.get((member, one.code), 0) for one in columns]
            )
            for member, name in sorted(names.items(), key=lambda item: (sort_key(item[1]), item[0]))
        ],
        keys=_versions(key for run in runs for key in run.keys),
        prices=_versions(price for run in runs for price in run.prices),
    )


def _versions(found: Iterable[object]) -> list[str]:
    return sorted({f"{one.name}, {one.version}" for one in found})  # type: ignore[attr-defined]  # both kinds have them
