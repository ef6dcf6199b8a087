# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where somebody wants to hear of news: around an address, or everywhere in the municipality.

Positions are degrees (EPSG:4326). Distances are metres in the plane that touches the earth at the middle of both points
(`places.geometry.distance_m`), off by less than a metre over two kilometres.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from verbund.kernel import context
from verbund.places import queries as places
from verbund.places.geometry import Bounds, distance_m, grown
from verbund.subscriptions.models import Subscription

RADII = (250, 500, 1000, 2000)
_MOST_SPOTS = 8


@dataclass(frozen=True, slots=True)
class Area:
    """A circle around an address; without one, the whole municipality."""

    address: str = ""
    latitude: float | None = None
    longitude: float | None = None
    radius_m: int | None = None

    @property
    def box(self) -> Bounds | None:
        """The circle's bounding box."""
        if self.latitude is None or self.longitude is None or self.radius_m is None:
            return None
        return grown((self.longitude, self.latitude, self.longitude, self.latitude), self.radius_m)

    def as_columns(self) -> dict[str, Any]:
        """The fields of a subscription."""
        return {
            "address": self.address,
            "latitude": self.latitude,
            "longitude": self.longitude,
            "radius_m": self.radius_m,
            "box": self.box,
        }


@dataclass(frozen=True, slots=True)
class Spot:
    """An address that was found."""

    address: str
    latitude: float
    longitude: float


def spots_for(text: str) -> list[Spot]:
    """What an address may mean, best first; alone, where it is written exactly as we know it."""
    found = [Spot(hit.label, hit.lat, hit.lon) for hit in places.geocode(text)[:_MOST_SPOTS]]
    return [spot for spot in found if spot.address == text.strip()] or found


def address_at(latitude: float, longitude: float) -> str:
    """The house nearest to a point, empty when none is near."""
    hit = places.nearest_address(latitude, longitude)
    return hit.label if hit is not None else ""


def covers(row: Subscription, position: tuple[float, float] | None) -> bool:
    """Whether the position lies in the area; what has none concerns everybody."""
    if position is None or row.radius_m is None or row.latitude is None or row.longitude is None:
        return True
    return distance_m(row.latitude, row.longitude, *position) <= row.radius_m


def name_of(row: Subscription) -> str:
    """The area in words."""
    if row.radius_m is None:
        return _("ganz %(name)s") % {"name": context.current_municipality().name}
    return _("%(radius)s m um %(address)s") % {"radius": row.radius_m, "address": row.address}
