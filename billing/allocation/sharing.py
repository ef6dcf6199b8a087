# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""One cost centre shared by one version of a key, with what explains each share."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from billing.allocation.ground import Ground, Measured
from billing.allocation.keys import Basis, KeyPart, KeyVersion
from billing.allocation.limits import Bounds, Impossible, Limit, bounded_parts
from billing.allocation.material import CostCentre, Step
from billing.allocation.money import euros
from billing.allocation.refusal import Refused
from verbund.kernel.msgids import gettext_noop


@dataclass(frozen=True, slots=True, kw_only=True)
class SharePart:
    """A member's part of a part of the key: ``numerator`` of ``denominator``, and ``weight`` of the whole cost goes by it."""

    basis: Basis
    weight: Fraction
    numerator: int
    denominator: int
    figure: int
    source: str
    steps: tuple[Step, ...]
    uncounted: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What a member bears of a cost centre, and why.

    ``ratio`` is the member's part of the key, ``rest_ratio`` its part among those that no limit holds, who share
    ``rest_cents``. ``exact`` is the cents before rounding, ``place`` the rank of the remainder and ``extra`` whether
    it got a cent for it.
    """

    cost_centre: str
    member: str
    cents: int
    total_cents: int
    key: str
    key_version: int
    days: int
    period_days: int
    ratio: Fraction
    rest_cents: int
    rest_ratio: Fraction
    exact: Fraction
    place: int
    extra: bool
    limit: Limit
    least_cents: int
    most_cents: int | None
    parts: tuple[SharePart, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Weighed:
    """The parts of a key measured; ``weights`` has one integer for each member, out of ``whole``."""

    parts: tuple[KeyPart, ...]
    figures: tuple[dict[str, Measured], ...]
    sums: tuple[int, ...]
    proportions: tuple[int, ...]
    weights: dict[str, int]
    whole: int


def share(ground: Ground, centre: CostCentre, total: int, key: KeyVersion) -> tuple[Share, ...]:
    """The shares of a cost, in the order of the members' keys; they sum to it.

    Raises:
        Refused: a part of the key sums to zero, a figure is missing, or the limits leave no solution.
    """
    days = {member: found for member, found in ground.days(key.module).items() if member not in key.exempt}
    weighed = _weigh(ground, key, days)
    bounds = {
        member: _bounds(key, total, Fraction(len(found), ground.period.days))
        for member, found in days.items()
    }
    try:
        found = bounded_parts(total, weighed.weights, bounds)
    except Impossible as impossible:
        raise _no_solution(impossible, centre, key, total) from None
    return tuple(
        Share(
            cost_centre=centre.code,
            member=member,
            cents=item.part.cents,
            total_cents=total,
            key=key.key,
            key_version=key.version,
            days=len(days[member]),
            period_days=ground.period.days,
            ratio=Fraction(weighed.weights[member], weighed.whole),
            rest_cents=item.rest_cents,
            rest_ratio=Fraction(weighed.weights[member], item.rest_weights)
            if item.limit is Limit.NONE and item.rest_weights
            else Fraction(0),
            exact=item.part.exact,
            place=item.part.place,
            extra=item.part.extra,
            limit=item.limit,
            least_cents=bounds[member].least,
            most_cents=bounds[member].most,
            parts=_parts(weighed, member),
        )
        for member, item in found.items()
    )


def _weigh(ground: Ground, key: KeyVersion, days: Mapping[str, frozenset[date]]) -> _Weighed:
    """One integer for each member, its exact share of the whole key, so that rounding happens once."""
    ordered = tuple(sorted(key.parts, key=lambda part: repr(part.basis)))
    measured = tuple(
        {member: ground.measure(part.basis, member, found) for member, found in days.items()}
        for part in ordered
    )
    sums = tuple(_sum(key, part, figures) for part, figures in zip(ordered, measured, strict=True))
    proportions = _proportions([part.weight for part in ordered])
    scale = math.lcm(*sums)
    return _Weighed(
        parts=ordered,
        figures=measured,
        sums=sums,
        proportions=proportions,
        weights={
            member: sum(
                proportion * figures[member].numerator * (scale // whole)
                for proportion, figures, whole in zip(proportions, measured, sums, strict=True)
            )
            for member in days
        },
        whole=sum(proportions) * scale,
    )


def _sum(key: KeyVersion, part: KeyPart, figures: Mapping[str, Measured]) -> int:
    whole = sum(item.numerator for item in figures.values())
    if whole == 0:
        raise Refused(
            "keys",
            gettext_noop(
                "Der Schlüssel „%(name)s“ (Fassung %(version)s) ergibt zusammen null: %(part)s zählt bei keinem Mitglied etwas. Prüfen Sie die Zahlen, oder legen Sie eine Fassung ohne diesen Teil an."
            ),
            {"name": key.name, "version": key.version, "part": _named(part.basis)},
        )
    return whole


def _named(basis: Basis) -> str:
    return getattr(basis, "meter", "") or getattr(basis, "series", "") or basis.kind


def _proportions(weights: Iterable[Decimal]) -> tuple[int, ...]:
    fractions = [Fraction(weight) for weight in weights]
    scale = math.lcm(*(fraction.denominator for fraction in fractions))
    return tuple(int(fraction * scale) for fraction in fractions)


def _bounds(key: KeyVersion, total: int, time: Fraction) -> Bounds:
    limits = key.limits
    tops = [
        *([] if limits.most_cents is None else [Fraction(limits.most_cents)]),
        *([] if limits.most_share is None else [Fraction(limits.most_share) * abs(total)]),
    ]
    return Bounds(
        least=math.ceil(limits.least_cents * time), most=math.floor(min(tops) * time) if tops else None
    )


def _no_solution(impossible: Impossible, centre: CostCentre, key: KeyVersion, total: int) -> Refused:
    sentence = (
        gettext_noop(
            "%(centre)s: Die Mindestbeträge des Schlüssels „%(name)s“ ergeben zusammen %(limit)s, zu verteilen sind nur %(total)s. Senken Sie den Mindestbetrag in einer neuen Fassung."
        )
        if impossible.limit is Limit.LEAST
        else gettext_noop(
            "%(centre)s: Die Höchstbeträge des Schlüssels „%(name)s“ lassen zusammen nur %(limit)s zu, zu verteilen sind %(total)s. Heben Sie den Höchstbetrag in einer neuen Fassung an."
        )
    )
    return Refused(
        "limits",
        sentence,
        {"centre": centre.name, "name": key.name, "limit": euros(impossible.cents), "total": euros(total)},
    )


def _parts(weighed: _Weighed, member: str) -> tuple[SharePart, ...]:
    return tuple(
        SharePart(
            basis=part.basis,
            weight=Fraction(proportion, sum(weighed.proportions)),
            numerator=figures[member].numerator,
            denominator=whole,
            figure=figures[member].figure,
            source=figures[member].source,
            steps=figures[member].steps,
            uncounted=figures[member].uncounted,
        )
        for part, proportion, figures, whole in zip(
            weighed.parts, weighed.proportions, weighed.figures, weighed.sums, strict=True
        )
    )
