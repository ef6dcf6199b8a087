# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Streets as the map draws them, derived from nothing but a list of addresses."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from shapely.geometry import LineString, Point
from shapely.strtree import STRtree

from verbund.places.geometry import Plane, mercator

_GAP = 350.0  # metres without a house after which a street counts as interrupted
_JOINS = (35.0, 110.0)  # metres at least and at most from a street's last houses to the street it leads into
_RING_HOUSES, _RING_GAP = 8, 0.3  # a street of so many houses whose ends lie that close runs in a ring
_STUB = 14.0  # metres a street goes on behind its last house

_NUMBER = re.compile(r"(\d+)\s*(.*)", re.DOTALL)
_Points = list[tuple[float, float]]


class MapAddress(NamedTuple):
    """What the map needs of an address; EPSG:4326."""

    street: str
    house_number: str
    place: str
    lat: float
    lon: float


class House(NamedTuple):
    """Position in Web Mercator's unit square, the street's direction there in radians (screen: y down)."""

    x: float
    y: float
    angle: float
    number: str


@dataclass(frozen=True, slots=True)
class Street:
    """A street's middle line (in parts where it is interrupted) and its houses, in Web Mercator's unit square."""

    name: str
    place: str
    parts: tuple[tuple[tuple[float, float], ...], ...]
    houses: tuple[House, ...]


def house_number_key(number: str) -> str:
    """Text that sorts house numbers as people count: 2 before 10, 8 before 8a."""
    match = _NUMBER.fullmatch(number.strip().lower())
    return f"{int(match[1]):06d}{match[2]}"[:24] if match else number.strip().lower()[:24]


def streets_of(addresses: Iterable[MapAddress]) -> tuple[Street, ...]:
    """Group addresses by street and place, and find each street's course between its houses."""
    groups: dict[tuple[str, str], list[MapAddress]] = {}
    for address in addresses:
        groups.setdefault((address.street, address.place), []).append(address)
    if not groups:
        return ()
    some = next(iter(groups.values()))[0]
    plane = Plane(lat=some.lat, lon=some.lon)
    houses = {key: _in_order(group, plane) for key, group in groups.items()}
    lines = [(key, line) for key, spots in houses.items() for line in _courses(spots)]
    joined = _joined([line for _, line in lines])
    courses: dict[tuple[str, str], list[_Points]] = {}
    for (key, _), course in zip(lines, joined, strict=True):
        courses.setdefault(key, []).append(course)
    return tuple(
        _street(key, group, houses[key], courses.get(key, []), plane) for key, group in groups.items()
    )


def _in_order(group: list[MapAddress], plane: Plane) -> _Points:
    group.sort(key=lambda address: house_number_key(address.house_number))
    return [plane.to_metres(address.lat, address.lon) for address in group]


def _courses(spots: _Points) -> list[_Points]:
    """The line between neighbours: numbers alternate between the sides, so their middles lie on the road."""
    runs: list[_Points] = [[]]
    for here, there in pairwise(spots):
        if math.dist(here, there) > _GAP:
            runs.append([])
        else:
            runs[-1].append(((here[0] + there[0]) / 2, (here[1] + there[1]) / 2))
    return [_smooth(run) for run in runs if len(run) > 1]


def _smooth(line: _Points) -> _Points:
    inner = [
        ((a[0] + 2 * b[0] + c[0]) / 4, (a[1] + 2 * b[1] + c[1]) / 4)
        for a, b, c in zip(line, line[1:], line[2:], strict=False)
    ]
    return [line[0], *inner, line[-1]]


def _joined(lines: Sequence[_Points]) -> list[_Points]:
    """Lead every end into the street it nearly touches, or a little on; close what is nearly a ring."""
    if not lines:
        return []
    closed = [_closed(line) for line in lines]
    shapes = [LineString(line) for line in closed]
    tree = STRtree(shapes)
    found = []
    for index, line in enumerate(closed):
        if line[0] == line[-1]:
            found.append(line)
            continue
        reach = min(max(shapes[index].length / len(line) * 3, _JOINS[0]), _JOINS[1])
        others = [shapes[near] for near in tree.query(shapes[index].buffer(reach)) if near != index]
        ends = ((line[1], line[0]), (line[-2], line[-1]))
        start, finish = (_onward(before, end, reach, others) for before, end in ends)
        found.append([start, *line, finish])
    return found


def _closed(line: _Points) -> _Points:
    """A street that runs in a ring, with its gap shut; any other as it is."""
    if len(line) < _RING_HOUSES or math.dist(line[0], line[-1]) > LineString(line).length * _RING_GAP:
        return line
    return _smooth([*line, line[0]])


def _onward(
    before: tuple[float, float], end: tuple[float, float], reach: float, others: Sequence[LineString]
) -> tuple[float, float]:
    """Where the street goes from its end: straight into another one, else to the nearest one, else a stub."""
    tip = Point(end)
    length = math.dist(before, end) or 1.0
    east, north = (end[0] - before[0]) / length, (end[1] - before[1]) / length
    ahead = LineString([end, (end[0] + east * reach, end[1] + north * reach)])
    for other in sorted((other for other in others if other.intersects(ahead)), key=tip.distance):
        joint = ahead.intersection(other).representative_point()
        return joint.x, joint.y
    touched = min(others, key=tip.distance, default=None)
    if touched is not None and touched.distance(tip) < reach * 0.8:
        joint = touched.interpolate(touched.project(tip))
        return joint.x, joint.y
    return end[0] + east * _STUB, end[1] + north * _STUB


def _street(
    key: tuple[str, str], group: list[MapAddress], spots: _Points, courses: list[_Points], plane: Plane
) -> Street:
    lines = [LineString(course) for course in courses]
    houses = [
        House(*mercator(address.lat, address.lon), _angle(Point(spot), lines), address.house_number)
        for address, spot in zip(group, spots, strict=True)
    ]
    parts = tuple(tuple(mercator(*plane.to_degrees(*point)) for point in course) for course in courses)
    return Street(name=key[0], place=key[1], parts=parts, houses=tuple(houses))


def _angle(spot: Point, lines: Sequence[LineString]) -> float:
    line = min(lines, key=spot.distance, default=None)
    if line is None:
        return 0.0
    along = line.project(spot)
    here, ahead = line.interpolate(max(along - 5, 0)), line.interpolate(along + 5)
    return -math.atan2(ahead.y - here.y, ahead.x - here.x)
