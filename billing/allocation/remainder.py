# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Largest remainder: parts in whole cents that always sum to the whole.

The rules are those of docs/adr/0015: one rounding, equal remainders in the order of the members' keys, a negative
whole as the mirror of the positive one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one member bears: ``exact`` is the ideal, ``place`` the rank of its remainder, ``extra`` the cent it got for it."""

    cents: int
    numerator: int
    denominator: int
    place: int
    extra: bool

    @property
    def exact(self) -> Fraction:
        """The ideal in cents, before rounding."""
        return Fraction(self.numerator, self.denominator)


def split(total: int, weights: Mapping[str, int]) -> dict[str, int]:
    """Whole cents for each key; the weights are not negative and do not all vanish."""
    return {key: part.cents for key, part in parts(total, weights).items()}


def parts(total: int, weights: Mapping[str, int]) -> dict[str, Part]:
    """As `split`, with what explains each figure.

    Everybody gets the whole cents of the ideal; the cents left go one each to the largest remainders. Nobody with a
    weight of zero gets one: fewer cents are left than there are remainders.
    """
    whole = sum(weights.values())
    if whole <= 0 or min(weights.values()) < 0:
        message = "weights must not be negative and must not all be zero"
        raise ValueError(message)
    size, sign = abs(total), (-1 if total < 0 else 1)
    floors = {key: divmod(size * weights[key], whole) for key in sorted(weights)}
    left = size - sum(floor for floor, _rest in floors.values())
    # `sorted` is stable: equal remainders stay in the order of the keys.
    ranking = sorted(floors, key=lambda key: -floors[key][1])
    places = {key: place for place, key in enumerate(ranking, start=1)}
    return {
        key: Part(
            cents=sign * (floor + (places[key] <= left)),
            numerator=total * weights[key],
            denominator=whole,
            place=places[key],
            extra=places[key] <= left,
        )
        for key, (floor, _rest) in floors.items()
    }
