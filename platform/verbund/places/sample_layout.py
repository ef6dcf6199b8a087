# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Ground plans of the demo's villages: streets as lines in a circle of radius 1, most important first."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from random import Random

Point = tuple[float, float]


class Role(StrEnum):
    """What a street is in its village; decides which names suit it."""

    THROUGH = "through"
    MARKET = "market"
    GREEN = "green"
    RING = "ring"
    MAIN = "main"
    LANE = "lane"


@dataclass(frozen=True, slots=True)
class Lane:
    """A street's middle line."""

    role: Role
    points: tuple[Point, ...]


def _curve(start: Point, end: Point, bend: float, steps: int = 8) -> tuple[Point, ...]:
    """A quadratic arc; ``bend`` is how far its middle leans to the left, as a share of its length."""
    (x0, y0), (x1, y1) = start, end
    control = ((x0 + x1) / 2 - (y1 - y0) * bend * 2, (y0 + y1) / 2 + (x1 - x0) * bend * 2)
    points = []
    for step in range(steps + 1):
        t = step / steps
        a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t * t
        points.append((a * x0 + b * control[0] + c * x1, a * y0 + b * control[1] + c * y1))
    return tuple(points)


def _polar(radius: float, angle: float) -> Point:
    return radius * math.cos(angle), radius * math.sin(angle)


def _arc(radius: float, start: float, end: float) -> tuple[Point, ...]:
    steps = max(6, round((end - start) * 6))
    return tuple(_polar(radius, start + (end - start) * step / steps) for step in range(steps + 1))


def town(random: Random) -> list[Lane]:
    """A small town: six roads into a market place, a ring where the wall was, newer lanes further out."""
    angles = [math.radians(60 * sector + random.uniform(-9, 9)) for sector in range(6)]
    ends = [*angles[1:], angles[0] + 2 * math.pi]
    wall, outer = random.uniform(0.40, 0.46), random.uniform(0.72, 0.78)
    roads = [
        Lane(
            Role.THROUGH,
            _curve(
                _polar(0.13, angle),
                _polar(0.98, angle + random.uniform(-0.1, 0.1)),
                random.uniform(-0.05, 0.05),
            ),
        )
        for angle in angles
    ]
    market = Lane(Role.MARKET, _arc(0.13, angles[0], angles[0] + 2 * math.pi))
    ring = [Lane(Role.RING, _arc(wall, angles[first], ends[first + 1])) for first in (0, 2, 4)]
    middles = [(start + end) / 2 for start, end in zip(angles, ends, strict=True)]
    lanes = [
        Lane(Role.LANE, _curve(_polar(wall, middle), _polar(outer, middle), random.uniform(-0.08, 0.08)))
        for middle in middles[:5]
    ]
    suburbs = [Lane(Role.LANE, _arc(outer, angles[sector], ends[sector])) for sector in range(5)]
    return [*roads, market, *ring, *(lane for pair in zip(lanes, suburbs, strict=True) for lane in pair)]


def green_village(random: Random) -> list[Lane]:
    """An Angerdorf: the road parts round a green with church and pond."""
    lens = random.uniform(0.14, 0.20)
    north: tuple[Point, ...] = (*_curve((-0.45, 0), (0.45, 0), lens), (0.97, random.uniform(-0.1, 0.1)))
    return [
        Lane(Role.MAIN, ((-0.97, random.uniform(-0.1, 0.1)), *north)),
        Lane(Role.GREEN, _curve((-0.45, 0), (0.45, 0), -lens)),
        Lane(Role.THROUGH, _curve((0, lens), (random.uniform(-0.1, 0.2), 0.95), 0.05)),
        Lane(Role.THROUGH, _curve((0.05, -lens), (random.uniform(-0.2, 0.1), -0.95), -0.06)),
        Lane(Role.LANE, _curve((-0.62, 0), (-0.60, 0.62), 0.08)),
        Lane(Role.LANE, _curve((0.62, 0), (0.66, -0.62), 0.06)),
        Lane(Role.LANE, _curve((-0.60, 0.62), (0.05, 0.60), 0.06)),
    ]


def street_village(random: Random) -> list[Lane]:
    """A Straßendorf: one winding road, a crossing, a few lanes behind the farms."""
    sway = random.uniform(0.08, 0.16)
    road = (*_curve((-0.97, -0.05), (0, 0), sway), *_curve((0, 0), (0.97, 0.1), -sway)[1:])
    return [
        Lane(Role.MAIN, road),
        Lane(Role.THROUGH, _curve((0, 0), (random.uniform(-0.1, 0.1), 0.95), 0.07)),
        Lane(Role.THROUGH, _curve((0, 0), (random.uniform(-0.1, 0.1), -0.95), 0.07)),
        Lane(Role.LANE, _curve((-0.58, 0.55), (0.02, 0.50), 0.07)),
        Lane(Role.LANE, _curve((-0.55, 0.08), (-0.58, 0.55), -0.04)),
        Lane(Role.LANE, _curve((0.02, -0.52), (0.58, -0.45), 0.05)),
        Lane(Role.LANE, _curve((0.58, -0.45), (0.55, -0.04), 0.04)),
    ]
