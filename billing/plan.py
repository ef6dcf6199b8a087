# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The plan of a month from the tables: what was booked and which versions hold on its first day."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from billing.allocation import material
from billing.allocation.keys import KeyVersion as EngineKey
from billing.costs.models import ActualCost, CostCentre, KeyVersion, PriceVersion, Regime, RegimeVersion
from billing.costs.versions import key_of, prices_of
from billing.gathering import Plan
from verbund.kernel.errors import Invalid
from verbund.metering.periods import Period

# Between a key and the module of a cost centre, which only its users share.
_OF_MODULE = "@"


@dataclass(frozen=True, kw_only=True)
class BookedPlan:
    """The plan, and the rows its codes and versions stand for."""

    plan: Plan
    centres: dict[str, CostCentre]
    keys: dict[tuple[str, int], KeyVersion]
    prices: dict[tuple[str, int], PriceVersion]


def plan_of(period: Period) -> BookedPlan:
    """What the month is calculated from; the association must be entered.

    Raises:
        Invalid: a cost centre and its key name different modules, or a version does not hold.
    """
    return plans_of([period])[period]


def plans_of(
    periods: Collection[Period], *, costs: Mapping[date, list[ActualCost]] | None = None
) -> dict[Period, BookedPlan]:
    """As `plan_of` for several months, read at once; with ``costs``, by month, those are shared instead of what is booked.

    Raises:
        Invalid: a cost centre and its key name different modules, or a version does not hold.
    """
    if costs is None:
        costs = _booked(periods)
    keys = list(KeyVersion.objects.order_by("valid_from", "version"))
    prices = list(
        PriceVersion.objects.select_related("service").order_by("service__code", "valid_from", "version")
    )
    return {
        period: _plan(
            costs.get(period.first, []),
            {row.key: row for row in keys if row.valid_from <= period.first},
            list({row.service_id: row for row in prices if row.valid_from <= period.first}.values()),
        )
        for period in periods
    }


def _booked(periods: Collection[Period]) -> dict[date, list[ActualCost]]:
    costs: dict[date, list[ActualCost]] = {}
    for cost in (
        ActualCost.objects.filter(month__in=[period.first for period in periods], replaced_by=None)
        .select_related("centre__service")
        .order_by("pk")
    ):
        costs.setdefault(cost.month, []).append(cost)
    return costs


def _plan(costs: list[ActualCost], rows: dict[str, KeyVersion], prices: list[PriceVersion]) -> BookedPlan:
    """By key and by service the version that holds; of two that begin on the same day the later one."""
    centres = {cost.centre.code: cost.centre for cost in costs}
    names = {code: engine_key(centre) for code, centre in centres.items()}
    return BookedPlan(
        plan=Plan(
            cost_centres=tuple(
                material.CostCentre(code=code, name=centre.title, key=names[code])
                for code, centre in sorted(centres.items())
            ),
            postings=tuple(
                material.Posting(cost_centre=cost.centre.code, cents=cost.cents, source=cost.source)
                for cost in costs
            ),
            keys=tuple(
                for_centre(key_of(rows[centre.key]), centre)
                for centre in {names[code]: centre for code, centre in sorted(centres.items())}.values()
                if centre.key in rows
            ),
            prices=tuple(prices_of(row) for row in prices),
        ),
        centres=centres,
        keys={
            (names[code], rows[centre.key].version): rows[centre.key]
            for code, centre in centres.items()
            if centre.key in rows
        },
        prices={(row.service.code, row.version): row for row in prices},
    )


def engine_key(centre: CostCentre) -> str:
    """The key as the engine knows it: one of its own for the users of a module."""
    return f"{centre.key}{_OF_MODULE}{centre.module}" if centre.module else centre.key


def regimes_on(day: date) -> dict[int, Regime]:
    """Which regime holds for each service, by the service's key."""
    rows = RegimeVersion.objects.filter(valid_from__lte=day).order_by("valid_from", "version")
    return {row.service_id: Regime(row.regime) for row in rows}


def for_centre(key: EngineKey, centre: CostCentre) -> EngineKey:
    """The key as this cost centre uses it.

    Raises:
        Invalid: they name different modules.
    """
    if not centre.module:
        return key
    if key.module not in {"", centre.module}:
        sentence = _(
            "Die Kostenstelle „%(centre)s“ ist nur für das Modul „%(module)s“, ihr Schlüssel für „%(other)s“. Legen Sie eine Fassung des Schlüssels ohne Modul an."
        ) % {"centre": centre.title, "module": centre.module, "other": key.module}
        raise Invalid(sentence, fields={"keys": sentence})
    return replace(key, key=engine_key(centre), module=centre.module)
