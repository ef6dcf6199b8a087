# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where things of other packages are: kept for them, and gone with them. Their own audit rows tell of both."""

from __future__ import annotations

from verbund.places.geometry import Bounds, bounds_of_point, distance_m, grown
from verbund.places.models import Location


def locate(*, lat: float, lon: float, address: str, place_id: int | None = None) -> Location:
    """Keep a point with its words, and the place of the register it is about."""
    return Location.objects.create(address=address, box=bounds_of_point(lat, lon), place_id=place_id)


def forget_location(location: Location) -> None:
    """Delete it, after what was there is gone."""
    location.delete()


def square(lat: float, lon: float, *, metres: float) -> Bounds:
    """What to look for with ``box__overlaps``: everything at most that far away lies in it."""
    return grown(bounds_of_point(lat, lon), metres)


def metres_from(location: Location, *, lat: float, lon: float) -> float:
    """How far it is from a point."""
    return distance_m(lat, lon, location.lat, location.lon)
