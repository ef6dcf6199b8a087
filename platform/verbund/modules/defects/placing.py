# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where a report is: from an address somebody typed or a point somebody chose, always inside the municipality."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from shapely import from_wkb
from shapely.geometry import Point

from verbund.places import queries as places
from verbund.places.basemap import body_shapes

__all__ = ["Spot", "address_near", "distances", "is_inside", "map_bounds", "spots_for"]

_GERMANY = "47.2,5.8,55.1,15.1"
_MOST_SPOTS = 8


@dataclass(frozen=True, slots=True)
class Spot:
    """A place with the words for it; EPSG:4326."""

    latitude: float
    longitude: float
    address: str


def spots_for(text: str) -> list[Spot]:
    """What an address may mean, best first."""
    return [Spot(hit.lat, hit.lon, hit.label) for hit in places.geocode(text)[:_MOST_SPOTS]]


def address_near(latitude: float, longitude: float) -> str:
    """Words for a point, kept in the official language: the nearest house, else the body it lies in."""
    hit = places.nearest_address(latitude, longitude)
    if hit is not None:
        return f"bei {hit.label}"
    area = places.contains(latitude, longitude)
    return area.name if area is not None else "auf der Karte gewählt"


def is_inside(latitude: float, longitude: float) -> bool:
    """Whether the point lies in the municipality or just outside; anywhere, while its outline is unknown."""
    area = places.contains(latitude, longitude)
    return area is None or area.is_near


def map_bounds() -> str:
    """South, west, north, east of the municipality, as the map wants them."""
    box = places.bounding_box()
    if box is None:
        return _GERMANY
    west, south, east, north = box
    return f"{south:.5f},{west:.5f},{north:.5f},{east:.5f}"


def bounds_around(latitude: float, longitude: float) -> str:
    """A few streets around a point."""
    return f"{latitude - 0.002:.5f},{longitude - 0.003:.5f},{latitude + 0.002:.5f},{longitude + 0.003:.5f}"


def distances(latitude: float, longitude: float, bodies: Iterable[str]) -> dict[str, float]:
    """How far a point lies from bodies whose outline is known, in degrees: 0 inside; only to be compared."""
    point, shapes = Point(longitude, latitude), body_shapes()
    return {ags: from_wkb(shapes[ags].wkb).distance(point) for ags in bodies if ags in shapes}
