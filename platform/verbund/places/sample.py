# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Addresses for the demo: every municipality gets 20 streets with 15 houses, always the same ones."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from shapely import wkb
from shapely.geometry import LineString, MultiLineString, Point, Polygon

from verbund.places.basemap import BodyShape
from verbund.places.geometry import Plane, distance_m
from verbund.places.landmarks import LANDMARKS, MEMBER_TOWNS, Landmark
from verbund.places.sample_layout import Lane, Role, green_village, street_village, town
from verbund.places.sample_names import GREENS, MARKETS, PARTS, RINGS, STREETS, VILLAGE_MAIN

STREETS_PER_BODY = 20
HOUSES_PER_STREET = 15
_SMALL_TOWN = 10  # streets from which a settlement looks like a town, not a village
_SET_BACK = 17.0  # metres from a street's middle to a house
_APART = 15.0  # metres between two houses
_VILLAGES_APART = 2_500.0
_IN_ONE_PIECE, _IN_TWO = 20.0, 50.0  # square kilometres up to which a body has one settlement, or two
_NEXT_TOWN = range(6_000, 60_000)  # metres to a town that a road is named after
_ROAD_LEADS_THERE = math.radians(30)
_TO_THE_STATION = 0.25  # of the roads
_WITH_LETTER = 0.04  # of the house numbers, because some plots were divided


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleAddress:
    """One house in EPSG:4326."""

    street: str
    house_number: str
    postal_code: str
    place: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class _Village:
    centre: Point
    radius: float
    streets: int
    place: str


def sample_addresses(body: BodyShape, postal_code: str) -> tuple[SampleAddress, ...]:
    """300 made-up addresses inside the body's outline; the same for the same AGS, at every call."""
    random = Random(f"verbund-{body.ags}")  # noqa: S311 -- repeatable on purpose, nothing secret hangs on it
    plane = Plane(lat=body.label_lat, lon=body.label_lon)
    outline = _outline(body, plane)
    names = _Names(random)
    return tuple(
        SampleAddress(
            street=street, house_number=number, postal_code=postal_code, place=village.place, lat=lat, lon=lon
        )
        for village in _villages(body, outline, plane, random)
        for street, number, lat, lon in _houses(village, plane, names, random)
    )


def _outline(body: BodyShape, plane: Plane) -> Polygon:
    geometry = wkb.loads(body.wkb)
    largest = max(getattr(geometry, "geoms", [geometry]), key=lambda part: part.area)
    return Polygon([plane.to_metres(lat, lon) for lon, lat in largest.exterior.coords])


def _villages(body: BodyShape, outline: Polygon, plane: Plane, random: Random) -> list[_Village]:
    square_km = outline.area / 1e6
    if square_km < _IN_ONE_PIECE:
        shares: tuple[int, ...] = (STREETS_PER_BODY,)
    else:
        shares = (13, 7) if square_km < _IN_TWO else (10, 5, 5)
    places = [body.name, *(f"{body.name} OT {part}" for part in random.sample(PARTS, 2))]
    west, south, east, north = outline.bounds
    spots = [Point(random.uniform(west, east), random.uniform(south, north)) for _ in range(160)]
    spots = [spot for spot in spots if outline.contains(spot)]
    known = next((mark for mark in MEMBER_TOWNS if mark.name == body.name), None)
    villages: list[_Village] = []
    for streets, place in zip(shares, places, strict=False):
        wanted = 30.0 * streets + 120
        centre = _middle(spots, outline, villages, wanted)
        if not villages and known is not None:
            real = Point(*plane.to_metres(known.lat, known.lon))
            if outline.contains(real) and outline.exterior.distance(real) > wanted / 2:
                centre = real
        radius = min(wanted, outline.exterior.distance(centre) * 0.9)
        villages.append(_Village(centre=centre, radius=radius, streets=streets, place=place))
    return villages


def _middle(spots: list[Point], outline: Polygon, others: list[_Village], wanted: float) -> Point:
    """The spot with most room to the outline and to the villages that stand already."""

    def room(spot: Point) -> float:
        to_border: float = min(outline.exterior.distance(spot) / (wanted * 1.2), 1.0)
        to_others: float = min(
            (spot.distance(other.centre) / _VILLAGES_APART for other in others), default=1.0
        )
        off_centre: float = spot.distance(outline.centroid) / 1e6
        return min(to_border, to_others) - off_centre

    return max((*spots, outline.representative_point()), key=room)


class _Names:
    """Hands out street names; no name twice in a municipality but the villages' main streets."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._free = list(STREETS)
        random.shuffle(self._free)
        self._used: set[str] = set()
        self._station_given = False

    def name(self, lane: Lane, lat: float, lon: float, bearing: float) -> str:
        """A name that suits the street; ``bearing`` is where it leads, in radians from east."""
        if lane.role is Role.MAIN:
            return self._random.choice(VILLAGE_MAIN)
        if lane.role is Role.THROUGH:
            return self._towards(lat, lon, bearing) or self._next(())
        return self._next({Role.MARKET: MARKETS, Role.GREEN: GREENS, Role.RING: RINGS}.get(lane.role, ()))

    def _next(self, preferred: tuple[str, ...]) -> str:
        choices = [name for name in preferred if name not in self._used]
        name = self._random.choice(choices) if choices else self._free.pop()
        self._used.add(name)
        return name

    def _towards(self, lat: float, lon: float, bearing: float) -> str | None:
        if not self._station_given and self._random.random() < _TO_THE_STATION:
            self._station_given = True
            return "Bahnhofstraße"
        here = Plane(lat=lat, lon=lon)
        found: list[tuple[float, str]] = []
        for mark in (*LANDMARKS, *MEMBER_TOWNS):
            away = distance_m(lat, lon, mark.lat, mark.lon)
            name = f"{mark.adjective} Straße"
            is_near = int(away) in _NEXT_TOWN and _off(here, mark, bearing) < _ROAD_LEADS_THERE
            if is_near and name not in self._used:
                found.append((away, name))
        if not found:
            return None
        self._used.add(min(found)[1])
        return min(found)[1]


def _off(here: Plane, mark: Landmark, bearing: float) -> float:
    east, north = here.to_metres(mark.lat, mark.lon)
    return abs((math.atan2(north, east) - bearing + math.pi) % (2 * math.pi) - math.pi)


def _houses(
    village: _Village, plane: Plane, names: _Names, random: Random
) -> Iterator[tuple[str, str, float, float]]:
    plan = town if village.streets >= _SMALL_TOWN else random.choice((green_village, street_village))
    lanes = plan(random)[: village.streets]
    turn = random.uniform(0, 2 * math.pi)
    lines = [_placed(lane, village, turn) for lane in lanes]
    taken: list[tuple[float, float]] = []
    middle = plane.to_degrees(village.centre.x, village.centre.y)
    for index, (lane, line) in enumerate(zip(lanes, lines, strict=True)):
        end = line.coords[-1]
        name = names.name(lane, *middle, math.atan2(end[1] - village.centre.y, end[0] - village.centre.x))
        others = MultiLineString(lines[:index] + lines[index + 1 :])
        for number in range(1, HOUSES_PER_STREET + 1):
            spot = _spot(line, number, others, taken, random)
            taken.append(spot)
            letter = "a" if random.random() < _WITH_LETTER else ""
            lat, lon = plane.to_degrees(*spot)
            yield name, f"{number}{letter}", round(lat, 6), round(lon, 6)


def _placed(lane: Lane, village: _Village, turn: float) -> LineString:
    cosine, sine = math.cos(turn) * village.radius * 0.94, math.sin(turn) * village.radius * 0.94
    return LineString(
        [
            (village.centre.x + x * cosine - y * sine, village.centre.y + x * sine + y * cosine)
            for x, y in lane.points
        ]
    )


def _spot(
    line: LineString, number: int, others: MultiLineString, taken: list[tuple[float, float]], random: Random
) -> tuple[float, float]:
    """Where the house stands: odd numbers left, even right, off other streets and houses if there is room."""
    side = 1 if number % 2 else -1
    pitch = line.length / (HOUSES_PER_STREET + 1)
    spot = (0.0, 0.0)
    for attempt in (0.0, 0.3, -0.3, 0.55, -0.55):
        along = pitch * (number + attempt + random.uniform(-0.12, 0.12))
        here, ahead = line.interpolate(along), line.interpolate(along + 1)
        behind = line.interpolate(along - 1)
        east, north = ahead.x - behind.x, ahead.y - behind.y
        length = math.hypot(east, north) or 1.0
        back = _SET_BACK * side / length
        spot = (here.x - north * back, here.y + east * back)
        is_free = all(abs(spot[0] - x) + abs(spot[1] - y) > _APART for x, y in taken)
        if is_free and others.distance(Point(spot)) > _SET_BACK * 0.8:
            break
    return spot
