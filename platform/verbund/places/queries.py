# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads of the entered municipality's ground: find an address, name a point, tell whose a point is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import shapely
from django.db.models import Count, Max, Min, Q, QuerySet
from shapely import wkb
from shapely.geometry import Point

from verbund.kernel.sorting import sort_key
from verbund.places.geometry import Bounds, Plane, distance_m, grown
from verbund.places.models import Address, Boundary
from verbund.places.streets import house_number_key

MOST_HITS = 20
NEAR_METRES = 2_000.0  # shipped outlines are generalised by up to about this much
_LONGEST_QUERY = 200
_WITH_NUMBER = re.compile(
    r"(?P<street>.*?\S)[\s,]+(?P<number>\d+\s?[a-z]?)(?![a-z0-9])[\s,]*(?P<place>.*)", re.IGNORECASE
)
_SHORT_STREET = re.compile(r"str\.?(?=\s|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressHit:
    """An address that was found; a whole street (its first house's position) has no house number."""

    street: str
    house_number: str
    postal_code: str
    place: str
    lat: float
    lon: float

    @property
    def label(self) -> str:
        """One line, as on an envelope."""
        return f"{self.street} {self.house_number}".strip() + f", {self.postal_code} {self.place}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Containment:
    """How a point lies to the municipality: 0 metres means inside the body named."""

    ags: str
    name: str
    distance_m: float

    @property
    def is_inside(self) -> bool:
        return self.distance_m == 0

    @property
    def is_near(self) -> bool:
        """Inside, or so little outside that the generalised outline cannot tell."""
        return self.distance_m <= NEAR_METRES


def geocode(text: str) -> list[AddressHit]:
    """What a person may mean by `Dorfstr. 12`, `bahnhof` or `Am Markt 3, Luckau`; at most twenty, best first.

    Without a house number streets are offered; a single street that fits comes with its houses.
    """
    text = "".join(character for character in text[:_LONGEST_QUERY] if character.isprintable()).strip()
    if not text:
        return []
    for street, number, place in _readings(text):
        found = _found(street, number, place)
        if found:
            return found
    return []


def _readings(text: str) -> Iterator[tuple[str, str, str]]:
    match = _WITH_NUMBER.fullmatch(text)
    if match:
        yield match["street"], match["number"], match["place"]
    street, comma, place = text.partition(",")
    if comma:
        yield street, "", place.strip()
    yield text, "", ""


def _found(street: str, number: str, place: str) -> list[AddressHit]:
    key = _street_key(street)
    if not key:
        return []
    spelled = (
        key.replace("ae", "a").replace("oe", "o").replace("ue", "u")
    )  # who has no umlauts types Muehlenweg
    for lookup, value in (("startswith", key), ("contains", key), ("startswith", spelled)):
        addresses = Address.objects.filter(**{f"street_sort_key__{lookup}": value})
        if place:
            addresses = addresses.filter(place__icontains=place.lstrip("0123456789 ") or place)
        hits = _houses(addresses, number) if number else _streets(addresses)
        if hits:
            return hits
    return []


def _street_key(street: str) -> str:
    return sort_key(_SHORT_STREET.sub("straße", street.strip(" ,").lower())).partition("\x01")[0]


def _houses(addresses: QuerySet[Address], number: str) -> list[AddressHit]:
    key = house_number_key(number.replace(" ", ""))
    return [_hit(address) for address in addresses.filter(number_sort_key__startswith=key)[:MOST_HITS]]


def _streets(addresses: QuerySet[Address]) -> list[AddressHit]:
    streets = list(addresses.distinct("street_sort_key", "place")[:MOST_HITS])
    hits = [_hit(address, is_street=True) for address in streets]
    if len(streets) == 1:
        street = streets[0]
        houses = addresses.filter(street_sort_key=street.street_sort_key, place=street.place)
        hits.extend(_hit(address) for address in houses[: MOST_HITS - 1])
    return hits


def _hit(address: Address, *, is_street: bool = False) -> AddressHit:
    return AddressHit(
        street=address.street,
        house_number="" if is_street else address.house_number,
        postal_code=address.postal_code,
        place=address.place,
        lat=address.lat,
        lon=address.lon,
    )


def address_counts() -> dict[str, int]:
    """How many addresses there are, and how many of them are made up."""
    found: dict[str, int] = Address.objects.aggregate(
        count=Count("pk"), demo=Count("pk", filter=Q(is_demo=True))
    )
    return found


def nearest_address(lat: float, lon: float, *, within_m: float = 250) -> AddressHit | None:
    """The house nearest to a point, or None when none is that near."""
    west, south, east, north = grown((lon, lat, lon, lat), within_m)
    box = Address.objects.filter(lat__gte=south, lat__lte=north, lon__gte=west, lon__lte=east)
    found = [(distance_m(lat, lon, address.lat, address.lon), address.pk, address) for address in box]
    away, _pk, address = min(found, default=(within_m + 1, 0, None))
    return _hit(address) if address is not None and away <= within_m else None


def contains(lat: float, lon: float) -> Containment | None:
    """How the point lies to the nearest of the municipality's bodies; None when no outline is known."""
    plane = Plane(lat=lat, lon=lon)

    found = [
        Containment(
            ags=boundary.ags,
            name=boundary.name,
            distance_m=_metres_to(boundary, plane),
        )
        for boundary in Boundary.objects.all()
    ]
    return min(found, key=lambda containment: containment.distance_m, default=None)


def _metres_to(boundary: Boundary, plane: Plane) -> float:
    outline = shapely.transform(
        wkb.loads(bytes(boundary.wkb)), lambda lon, lat: plane.to_metres(lat, lon), interleaved=False
    )
    return float(outline.distance(Point(0, 0)))


def bounding_box() -> Bounds | None:
    """West, south, east, north of the municipality in degrees; None when no outline is known."""
    box = Boundary.objects.aggregate(
        west=Min("min_lon"), south=Min("min_lat"), east=Max("max_lon"), north=Max("max_lat")
    )
    if box["west"] is None:
        return None
    return box["west"], box["south"], box["east"], box["north"]
