# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What services cost a member by their prices: base fee, what is included, tiers; each line is rounded once."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from billing.allocation.ground import Ground
from billing.allocation.material import Step
from billing.allocation.money import rounded
from billing.allocation.prices import Charge, PriceVersion, Scheme
from billing.allocation.spans import months


@dataclass(frozen=True, slots=True, kw_only=True)
class TierLine:
    """Base units at one price."""

    quantity: int
    price: Decimal
    per: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargeLine:
    """A line of a member's statement: the base fee (no meter) or what a meter counted; ``exact`` is in cents."""

    service: str
    price_version: int
    member: str
    meter: str
    cents: int
    exact: Fraction
    months: Fraction
    quantity: int = 0
    included: int = 0
    uncounted: int = 0
    tiers: tuple[TierLine, ...] = ()
    steps: tuple[Step, ...] = ()


def charge(ground: Ground, prices: PriceVersion) -> tuple[ChargeLine, ...]:
    """The lines of everybody who has booked the service's module, by member and meter."""
    found: list[ChargeLine] = []
    for member, days in ground.days(prices.module).items():
        time = months(days)
        if prices.base_fee:
            fee = Fraction(prices.base_fee) * 100 * time
            found.append(_line(prices, member, "", fee, time))
        for item in sorted(prices.charges, key=lambda item: item.meter):
            used = ground.used(item.meter, member, days)
            included = math.ceil(item.included * time)
            tiers = tiered(item, max(0, used.numerator - included))
            exact = sum((_cents(tier) for tier in tiers), Fraction(0))
            found.append(
                _line(
                    prices,
                    member,
                    item.meter,
                    exact,
                    time,
                    quantity=used.numerator,
                    included=included,
                    uncounted=used.uncounted,
                    tiers=tiers,
                    steps=used.steps,
                )
            )
    return tuple(found)


def tiered(charge: Charge, quantity: int) -> tuple[TierLine, ...]:
    """What of the quantity falls into which tier; together they are the quantity."""
    tiers = charge.ordered
    if charge.scheme is Scheme.VOLUME:
        reached = next(tier for tier in tiers if tier.up_to is None or quantity <= tier.up_to)
        return (TierLine(quantity=quantity, price=reached.price, per=charge.per),) if quantity else ()
    found: list[TierLine] = []
    below = 0
    for tier in tiers:
        upper = quantity if tier.up_to is None else min(quantity, tier.up_to)
        if upper > below:
            found.append(TierLine(quantity=upper - below, price=tier.price, per=charge.per))
            below = upper
    return tuple(found)


def _cents(tier: TierLine) -> Fraction:
    return Fraction(tier.price) * 100 * tier.quantity / tier.per


def _line(
    prices: PriceVersion,
    member: str,
    meter: str,
    exact: Fraction,
    time: Fraction,
    *,
    quantity: int = 0,
    included: int = 0,
    uncounted: int = 0,
    tiers: tuple[TierLine, ...] = (),
    steps: tuple[Step, ...] = (),
) -> ChargeLine:
    return ChargeLine(
        service=prices.service,
        price_version=prices.version,
        member=member,
        meter=meter,
        cents=rounded(exact),
        exact=exact,
        months=time,
        quantity=quantity,
        included=included,
        uncounted=uncounted,
        tiers=tiers,
        steps=steps,
    )
