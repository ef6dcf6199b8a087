# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keys: by what a cost is shared, in versions that are never edited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from billing.allocation.refusal import Refused
from verbund.kernel.msgids import gettext_noop

INHABITANTS = "inhabitants"


@dataclass(frozen=True, slots=True, kw_only=True)
class EqualShare:
    """Each member the same, for each day of membership."""

    kind: Literal["equal"] = "equal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inhabitants:
    """By inhabitants on a reference date, on the basis of a census, for each day of membership."""

    reference_date: date
    census: str
    kind: Literal["inhabitants"] = "inhabitants"


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenFigures:
    """By figures that were resolved or counted elsewhere (workplaces, agreed percentages), for each day of membership."""

    series: str
    reference_date: date
    kind: Literal["given"] = "given"


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """By what a meter counted on the days of membership."""

    meter: str
    kind: Literal["usage"] = "usage"


Basis = EqualShare | Inhabitants | GivenFigures | Usage


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyPart:
    """A basis and its weight beside the other parts; only the relation of the weights counts."""

    basis: Basis
    weight: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The least and the most one member bears of a cost centre in a whole period; a share is one of the cost."""

    least_cents: int = 0
    most_cents: int | None = None
    most_share: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyVersion:
    """One version of a key. With a module only its users share; ``source`` is what it was resolved by."""

    key: str
    name: str
    version: int
    valid_from: date
    source: str
    parts: tuple[KeyPart, ...]
    module: str = ""
    exempt: tuple[str, ...] = ()
    limits: Limits = Limits()

    def __post_init__(self) -> None:
        named: dict[str, str | int] = {"name": self.name, "version": self.version}
        if not self.parts or any(part.weight <= 0 for part in self.parts):
            raise Refused(
                "parts",
                gettext_noop(
                    "Schlüssel „%(name)s“, Fassung %(version)s: Jeder Teil braucht ein Gewicht über null."
                ),
                named,
            )
        if len({repr(part.basis) for part in self.parts}) < len(self.parts):
            raise Refused(
                "parts",
                gettext_noop(
                    "Schlüssel „%(name)s“, Fassung %(version)s: Ein Teil steht zweimal darin. Fassen Sie die Gewichte zusammen."
                ),
                named,
            )
        limits = self.limits
        most = limits.most_cents
        if (
            limits.least_cents < 0
            or (most is not None and most < limits.least_cents)
            or (limits.most_share is not None and not 0 < limits.most_share <= 1)
        ):
            raise Refused(
                "limits",
                gettext_noop(
                    "Schlüssel „%(name)s“, Fassung %(version)s: Der Mindestbetrag muss zwischen null und dem Höchstbetrag liegen, der Höchstanteil zwischen null und 100 %%."
                ),
                named,
            )
