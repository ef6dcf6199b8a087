# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Distances and projections: EPSG:4326 in, metres or Web Mercator out."""

from __future__ import annotations

import math
from dataclasses import dataclass

_EARTH_RADIUS = 6_371_009.0  # metres
_METRES_PER_DEGREE = math.radians(1) * _EARTH_RADIUS

Bounds = tuple[float, float, float, float]  # west, south, east, north in degrees
EARTH: Bounds = (-180.0, -90.0, 180.0, 90.0)


@dataclass(frozen=True, slots=True)
class Plane:
    """Metres east and north of an origin; good to a few parts in a thousand over a municipality."""

    lat: float
    lon: float

    @property
    def _east(self) -> float:
        return _METRES_PER_DEGREE * math.cos(math.radians(self.lat))

    def to_metres(self, lat: float, lon: float) -> tuple[float, float]:
        """Degrees to (east, north) in metres."""
        return (lon - self.lon) * self._east, (lat - self.lat) * _METRES_PER_DEGREE

    def to_degrees(self, east: float, north: float) -> tuple[float, float]:
        """Metres to (lat, lon) in degrees."""
        return self.lat + north / _METRES_PER_DEGREE, self.lon + east / self._east


def distance_m(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Metres between two points that are at most some tens of kilometres apart."""
    east = math.radians(other_lon - lon) * math.cos(math.radians((lat + other_lat) / 2))
    north = math.radians(other_lat - lat)
    return math.hypot(east, north) * _EARTH_RADIUS


def mercator(lat: float, lon: float) -> tuple[float, float]:
    """Web Mercator scaled to the unit square, origin in the north-west (as tiles count)."""
    sine = math.sin(math.radians(lat))
    return (lon + 180) / 360, 0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)


def from_mercator(x: float, y: float) -> tuple[float, float]:
    """Unit square back to (lat, lon) in degrees."""
    return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y)))), x * 360 - 180


def bounds_of_point(lat: float, lon: float) -> Bounds:
    """A box without extent."""
    return lon, lat, lon, lat


def grown(bounds: Bounds, metres: float) -> Bounds:
    """The bounds with a margin on every side."""
    west, south, east, north = bounds
    plane = Plane(lat=(south + north) / 2, lon=west)
    lat_margin = plane.to_degrees(0, metres)[0] - plane.lat
    lon_margin = plane.to_degrees(metres, 0)[1] - plane.lon
    return west - lon_margin, south - lat_margin, east + lon_margin, north + lat_margin
