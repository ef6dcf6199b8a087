# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads of the entered municipality's places: in a box of the map, near a point, by number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import attrgetter, or_

import shapely
from django.db.models import Q, QuerySet
from shapely import wkb
from shapely.geometry import Point

from verbund.kernel.errors import NotFound
from verbund.places.boxes import AwayFromMiddle
from verbund.places.geometry import Bounds, Plane, grown
from verbund.places.kinds import PlaceKind, parse_reference
from verbund.places.models import Place
from verbund.places.shapes import to_geojson

MOST_ON_MAP = 500
_LONGEST_QUERY = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a list of places is narrowed to; empty values narrow nothing."""

    text: str = ""
    kind: str = ""
    is_retired: bool = False


def matching(wanted: Wanted) -> QuerySet[Place]:
    """Places by number; words are looked for in name, what it is, and where."""
    found = Place.objects.filter(retired_at__isnull=not wanted.is_retired)
    if wanted.kind in PlaceKind.values:
        found = found.filter(kind=wanted.kind)
    text = wanted.text.strip()[:_LONGEST_QUERY]
    number = parse_reference(text)
    for word in text.split():
        fits = reduce(or_, (Q(**{f"{name}__icontains": word}) for name in ("name", "category", "address")))
        found = found.filter(fits if number is None else fits | Q(pk=number))
    return found


def within(
    bounds: Bounds, *, kinds: Iterable[PlaceKind] = (), is_public: bool = False, most: int = MOST_ON_MAP
) -> list[Place]:
    """What stands in a box of the map and was not taken down, by number; beyond ``most`` those nearest its middle.

    The index gives them out by distance and stops; without an order PostgreSQL would look at a whole town to show a few.
    """
    found = in_box(bounds).order_by(AwayFromMiddle("box", bounds))
    if wanted := list(kinds):
        found = found.filter(kind__in=wanted)
    if is_public:
        found = found.filter(is_public=True)
    return sorted(found[:most], key=attrgetter("pk"))


def in_box(bounds: Bounds) -> QuerySet[Place]:
    """What stands in a box of the map and was not taken down."""
    return Place.objects.filter(box__overlaps=bounds, retired_at__isnull=True)


def near(lat: float, lon: float, *, within_m: float, is_public: bool = False) -> list[tuple[float, Place]]:
    """Places at most that far from a point with their distance in metres, the nearest first."""
    plane = Plane(lat=lat, lon=lon)
    found = [
        (_metres_to(place, plane), place)
        for place in within(grown((lon, lat, lon, lat), within_m), is_public=is_public)
    ]
    return sorted(
        ((away, place) for away, place in found if away <= within_m), key=lambda pair: (pair[0], pair[1].pk)
    )


def get_place(reference: str) -> Place:
    """For the office, also what was taken down.

    Raises:
        NotFound: no place has that number.
    """
    number = parse_reference(reference)
    place = Place.objects.filter(pk=number).first() if number is not None else None
    if place is None:
        raise NotFound
    return place


def get_public_place(reference: str) -> Place:
    """For everybody.

    Raises:
        NotFound: there is none, or it is not public; both look the same.
    """
    place = get_place(reference)
    if not place.is_public:
        raise NotFound
    return place


def feature_of(place: Place, *, url: str = "", state: str = "") -> dict[str, object]:
    """A place as a feature of the map (RFC 7946)."""
    return {
        "type": "Feature",
        "id": place.reference,
        "geometry": to_geojson(bytes(place.wkb)),
        "properties": {"title": place.name, "url": url, "state": state, "row": f"ort-{place.reference}"},
    }


def _metres_to(place: Place, plane: Plane) -> float:
    geometry = shapely.transform(
        wkb.loads(bytes(place.wkb)), lambda lon, lat: plane.to_metres(lat, lon), interleaved=False
    )
    return float(geometry.distance(Point(0, 0)))
