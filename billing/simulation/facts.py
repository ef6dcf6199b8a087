# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The facts a key is tried on: read and put together by the same functions as for the month's run."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from billing.allocation.keys import KeyVersion as EngineKey
from billing.costs.models import CostCentre, KeyVersion
from billing.costs.versions import key_of
from billing.gathering import Plan, materials_of
from billing.plan import BookedPlan, engine_key, for_centre, plans_of
from billing.simulation.reach import Reach
from billing.simulation.trial import Facts
from verbund.metering.periods import Period


def facts_of(*, key: str, draft: EngineKey, reach: Reach) -> list[Facts]:
    """Each month with costs, and its likes for the months ahead; the association must be entered.

    Raises:
        Invalid: the draft and a cost centre name different modules, or a version that held does not hold.
    """
    plans = {period: _narrowed(booked, key) for period, booked in plans_of(reach.booked).items()}
    to_come = _to_come(key, reach.ahead)
    tried = {period: _tried(booked, draft, period) for period, booked in plans.items()}
    materials = materials_of(
        [
            (period, replace(booked.plan, keys=(*booked.plan.keys, *tried[period], *set(to_come.values()))))
            for period, booked in plans.items()
        ]
    )
    months = [
        Facts(material=replace(material, keys=booked.plan.keys), tried=tried[period], times={})
        for (period, booked), material in zip(plans.items(), materials, strict=True)
    ]
    return [*months, *_ahead(months[-1], plans[reach.booked[-1]], to_come)]


def _narrowed(booked: BookedPlan, key: str) -> BookedPlan:
    """Only what the key shares: a cost centre's shares depend on nothing else."""
    centres = {code: centre for code, centre in booked.centres.items() if centre.key == key}
    names = {engine_key(centre) for centre in centres.values()}
    plan = booked.plan
    return replace(
        booked,
        centres=centres,
        plan=Plan(
            cost_centres=tuple(item for item in plan.cost_centres if item.code in centres),
            postings=tuple(item for item in plan.postings if item.cost_centre in centres),
            keys=tuple(item for item in plan.keys if item.key in names),
        ),
    )


def _tried(booked: BookedPlan, draft: EngineKey, period: Period) -> tuple[EngineKey, ...]:
    """The draft under the names of the keys of the month, once for each module."""
    from_then = replace(draft, valid_from=period.first)
    by_name = {engine_key(centre): centre for _code, centre in sorted(booked.centres.items())}
    return tuple(for_centre(from_then, centre) for centre in by_name.values())


def _to_come(key: str, months: tuple[Period, ...]) -> dict[Period, EngineKey]:
    """The version that holds in each of the months ahead."""
    versions = list(KeyVersion.objects.filter(key=key).order_by("valid_from", "version")) if months else []
    rows = {
        month: next((row for row in reversed(versions) if row.valid_from <= month.first), None)
        for month in months
    }
    engines = {row.pk: key_of(row) for row in rows.values() if row is not None}
    return {month: engines[row.pk] for month, row in rows.items() if row is not None}


def _ahead(last: Facts, booked: BookedPlan, to_come: dict[Period, EngineKey]) -> list[Facts]:
    """The last month again for those to come, with the version that holds in each; ended cost centres are left out."""
    times: dict[EngineKey, Counter[str]] = {}
    for month, held in to_come.items():
        for code, centre in booked.centres.items():
            if _goes_on(centre, month):
                times.setdefault(held, Counter())[code] += 1
    return [_like(last, booked, held, counted) for held, counted in times.items()]


def _like(last: Facts, booked: BookedPlan, held: EngineKey, times: Counter[str]) -> Facts:
    from_then = replace(held, valid_from=last.material.period.first)
    by_name = {engine_key(centre): centre for code, centre in sorted(booked.centres.items()) if times[code]}
    return Facts(
        material=replace(
            last.material,
            cost_centres=tuple(item for item in last.material.cost_centres if times[item.code]),
            postings=tuple(item for item in last.material.postings if times[item.cost_centre]),
            keys=tuple(for_centre(from_then, centre) for centre in by_name.values()),
        ),
        tried=last.tried,
        times=dict(times),
    )


def _goes_on(centre: CostCentre, month: Period) -> bool:
    return centre.last_month is None or month.first <= centre.last_month
