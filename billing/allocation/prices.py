# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Prices of a service: a base fee, what is included, and tiers, in versions that are never edited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from billing.allocation.refusal import Refused
from verbund.kernel.msgids import gettext_noop


class Scheme(StrEnum):
    """How tiers count: each unit at the price of its own tier, or all at the price of the tier the last one reaches."""

    GRADUATED = "graduated"
    VOLUME = "volume"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tier:
    """A price in euros for units up to a limit, the limit included; the last tier has none."""

    price: Decimal
    up_to: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """What is paid for a meter: ``per`` base units cost the tier's price (advisory days: 480 minutes).

    ``included`` base units are free in each month. Tiers are counted in base units after that.
    """

    meter: str
    tiers: tuple[Tier, ...]
    per: int = 1
    included: int = 0
    scheme: Scheme = Scheme.GRADUATED

    @property
    def ordered(self) -> tuple[Tier, ...]:
        """The tiers from the first unit on."""
        return tuple(sorted(self.tiers, key=lambda tier: (tier.up_to is None, tier.up_to or 0)))


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceVersion:
    """One version of a service's prices; who has booked the module pays them. The base fee is in euros a month."""

    service: str
    name: str
    version: int
    valid_from: date
    source: str
    module: str
    base_fee: Decimal = Decimal(0)
    charges: tuple[Charge, ...] = ()

    def __post_init__(self) -> None:
        named: dict[str, str | int] = {"name": self.name, "version": self.version}
        meters = [charge.meter for charge in self.charges]
        if len(set(meters)) < len(meters):
            raise Refused(
                "charges",
                gettext_noop(
                    "Preise „%(name)s“, Fassung %(version)s: Ein Zähler steht zweimal darin. Fassen Sie die Preise als Staffel zusammen."
                ),
                named,
            )
        for charge in self.charges:
            limits = [tier.up_to for tier in charge.ordered]
            bounded = [limit for limit in limits if limit is not None]
            if (
                not limits
                or len(bounded) != len(limits) - 1
                or len(set(bounded)) < len(bounded)
                or any(limit <= 0 for limit in bounded)
                or charge.per <= 0
                or charge.included < 0
            ):
                raise Refused(
                    "charges",
                    gettext_noop(
                        "Preise „%(name)s“, Fassung %(version)s: Die Staffel für „%(meter)s“ braucht steigende Grenzen und genau eine letzte Stufe ohne Grenze; Einheit und Freimenge dürfen nicht negativ sein."
                    ),
                    {**named, "meter": charge.meter},
                )
