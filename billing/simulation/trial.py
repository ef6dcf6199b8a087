# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A key tried on the facts of months: the engine runs with the keys that held and with the tried ones, nothing is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from billing.allocation.ground import Ground
from billing.allocation.keys import KeyVersion
from billing.allocation.material import Material, Reading
from billing.allocation.refusal import Refused
from billing.allocation.run import calculate
from billing.allocation.sharing import Share
from verbund.kernel.sorting import sort_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What was shared in a month. The material has the keys that held; ``tried`` are others under the same names.

    ``times`` says for a cost centre how many months like this one are meant; one that is not named counts once.
    """

    material: Material
    tried: tuple[KeyVersion, ...]
    times: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A member's cents by the keys that held and by the tried ones."""

    member: str
    name: str
    now: int
    then: int

    @property
    def difference(self) -> int:
        return self.then - self.now

    @property
    def ratio(self) -> Fraction | None:
        """The difference as a part of what it was; None where it was nothing."""
        return Fraction(self.difference, abs(self.now)) if self.now else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Who pays more comes first; both sums are the same cost."""

    rows: tuple[Row, ...]

    @property
    def now(self) -> int:
        return sum(row.now for row in self.rows)

    @property
    def then(self) -> int:
        return sum(row.then for row in self.rows)

    @property
    def moved(self) -> int:
        """What some pay more and the others less."""
        return sum(row.difference for row in self.rows if row.difference > 0)


def compare(facts: Iterable[Facts]) -> Comparison:
    """Both allocations, summed by member.

    Raises:
        Refused: the month itself (field `period`) or the tried keys leave no allocation.
    """
    names: dict[str, str] = {}
    now: dict[str, int] = defaultdict(int)
    then: dict[str, int] = defaultdict(int)
    for month in facts:
        material, held = _held(month)
        names |= {item.member: item.name for item in material.memberships}
        for share in held:
            now[share.member] += share.cents * month.times.get(share.cost_centre, 1)
        for share in shares(material, month.tried):
            then[share.member] += share.cents * month.times.get(share.cost_centre, 1)
    rows = [
        Row(member=member, name=names[member], now=now[member], then=then[member]) for member in {*now, *then}
    ]
    return Comparison(
        rows=tuple(sorted(rows, key=lambda row: (-row.difference, sort_key(row.name), row.member)))
    )


def shares(material: Material, keys: tuple[KeyVersion, ...]) -> tuple[Share, ...]:
    """What the month's run gives for these keys."""
    return calculate(replace(material, keys=keys, prices=())).shares


def condensed(material: Material, keys: Iterable[KeyVersion]) -> Material:
    """The same material with fewer readings: those of days that count alike for every key are one, so no sum changes."""
    ground = Ground(replace(material, readings=(), snapshots=()))
    counting = [ground.days(module) for module in sorted({"", *(key.module for key in keys)})]
    steady = {
        item.member
        for item in material.memberships
        if all(len(days.get(item.member, ())) == material.period.days for days in counting)
    }
    found: dict[tuple[str, str, tuple[bool, ...]], tuple[date, int]] = {}
    for reading in material.readings:
        alike = (
            ()
            if reading.member in steady
            else tuple(reading.day in days.get(reading.member, ()) for days in counting)
        )
        place = (reading.member, reading.meter, alike)
        day, quantity = found.get(place, (reading.day, 0))
        found[place] = day, quantity + reading.quantity
    return replace(
        material,
        readings=tuple(
            Reading(member=member, meter=meter, day=day, quantity=quantity)
            for (member, meter, _alike), (day, quantity) in found.items()
        ),
    )


def _held(month: Facts) -> tuple[Material, tuple[Share, ...]]:
    """The condensed month and what it gave; that it gives nothing is no fault of what is tried."""
    try:
        material = condensed(month.material, (*month.material.keys, *month.tried))
        return material, shares(material, material.keys)
    except Refused as refused:
        raise Refused("period", refused.sentence, refused.values) from refused
