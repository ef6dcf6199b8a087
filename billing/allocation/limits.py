# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Shares between a least and a most: what one does not bear, or bears more, the others share by the same key.

The result is the only one where everybody in between bears the same multiple of the key.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from billing.allocation.remainder import Part, parts


class Limit(StrEnum):
    """What holds a member's share; the value is what stands in the record of a run."""

    NONE = "none"
    LEAST = "least"
    MOST = "most"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """The least and the most in whole cents, as magnitudes; None for no most."""

    least: int = 0
    most: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounded:
    """A part, the limit that holds it, and what those that none holds share: ``rest_cents`` by ``rest_weights``."""

    part: Part
    limit: Limit
    rest_cents: int
    rest_weights: int


class Impossible(ValueError):
    """The limits leave no solution: ``limit`` says which side, ``cents`` what they come to together."""

    def __init__(self, limit: Limit, cents: int) -> None:
        self.limit = limit
        self.cents = cents
        super().__init__(f"{limit}: {cents}")


def bounded_parts(total: int, weights: Mapping[str, int], bounds: Mapping[str, Bounds]) -> dict[str, Bounded]:
    """Parts that keep their bounds and sum to the whole. Who has no weight bears nothing, whatever the least says.

    A negative whole is the mirror of the positive one, so that taking back a share takes back all of it.

    Raises:
        Impossible: the least together are more than the whole, or the most together less.
    """
    sign = -1 if total < 0 else 1
    size = abs(total)
    sharing = {key: bounds.get(key, Bounds()) for key, weight in weights.items() if weight}
    _check(size, sharing)
    held: dict[str, Limit] = {}
    while True:
        free = {key: weights[key] for key in sharing if key not in held}
        rest = size - sum(_held_cents(sharing[key], limit) for key, limit in held.items())
        if not free:
            break
        crossing = _crossing(rest, free, sharing)
        if not crossing:
            break
        held.update(crossing)
    shared = parts(sign * rest, free) if free else {}
    return {
        key: Bounded(
            part=shared.get(key) or _fixed(key, sign, sharing, held),
            limit=held.get(key, Limit.NONE),
            rest_cents=sign * rest,
            rest_weights=sum(free.values()),
        )
        for key in sorted(weights)
    }


def _check(size: int, sharing: Mapping[str, Bounds]) -> None:
    least = sum(bound.least for bound in sharing.values())
    if least > size:
        raise Impossible(Limit.LEAST, least)
    tops = [bound.most for bound in sharing.values()]
    if all(top is not None for top in tops):
        most = sum(top for top in tops if top is not None)
        if most < size:
            raise Impossible(Limit.MOST, most)


def _crossing(rest: int, free: Mapping[str, int], sharing: Mapping[str, Bounds]) -> dict[str, Limit]:
    """Who has to be held next: of those below the least and those above the most the side that is further out.

    Holding the heavier side first never has to be taken back, as the rest moves the others away from it.
    """
    whole = sum(free.values())
    below, above = 0, 0
    held: dict[str, Limit] = {}
    for key, weight in free.items():
        bound, share = sharing[key], rest * weight
        if share < bound.least * whole:
            held[key] = Limit.LEAST
            below += bound.least * whole - share
        elif bound.most is not None and share > bound.most * whole:
            held[key] = Limit.MOST
            above += share - bound.most * whole
    if below == above:
        return held
    further = Limit.LEAST if below > above else Limit.MOST
    return {key: limit for key, limit in held.items() if limit is further}


def _held_cents(bound: Bounds, limit: Limit) -> int:
    return bound.least if limit is Limit.LEAST or bound.most is None else bound.most


def _fixed(key: str, sign: int, sharing: Mapping[str, Bounds], held: Mapping[str, Limit]) -> Part:
    cents = sign * _held_cents(sharing[key], held[key]) if key in held else 0
    return Part(cents=cents, numerator=cents, denominator=1, place=0, extra=False)
