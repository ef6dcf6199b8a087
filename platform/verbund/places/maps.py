# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The map tiles of what is entered: a municipality's with its streets, the association's without."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import shapely
from django.db.models import Count, Max
from shapely import wkb

from verbund.kernel import context
from verbund.kernel.context import Municipality
from verbund.kernel.errors import NotFound
from verbund.places import proxied
from verbund.places.basemap import ATTRIBUTION, BodyShape, body_shapes, shape_of
from verbund.places.drawing import BuiltInSource
from verbund.places.geometry import Bounds, grown
from verbund.places.models import Address, Boundary
from verbund.places.queries import bounding_box
from verbund.places.streets import MapAddress, streets_of
from verbund.places.tiles import Tile, TileAddress, TileCache, TileSource

_SURROUNDINGS = 5_000.0  # metres
_FINEST = 0.00002  # degrees: two metres
_cache = TileCache(max_bytes=24_000_000)


def tile(address: TileAddress) -> Tile:
    """The state's map where a service is named and covers it; else as drawn from the present data, once for each state of it.

    Raises:
        NotFound: the scheme has no such tile.
    """
    if not address.exists:
        raise NotFound
    service = proxied.source()
    if service is None or not service.covers(address, _ground()):
        return _drawn(address)
    return service.tile(address) or replace(_drawn(address), is_stand_in=True)


def _drawn(address: TileAddress) -> Tile:
    version = _version()
    found = _cache.get(version, address)
    if found is None:
        found = _source(version).tile(address)
        _cache.put(version, address, found)
    return found


def _ground() -> Bounds:
    """What a map here is about: the municipality and some surroundings; all members where none is known."""
    own = bounding_box() if isinstance(context.current(), Municipality) else None
    return grown(own or _members(), _SURROUNDINGS)


@lru_cache(maxsize=1)
def _members() -> Bounds:
    west, south, east, north = zip(*(shape.bounds for shape in body_shapes().values()), strict=True)
    return min(west), min(south), max(east), max(north)


def _version() -> str:
    """Names whose map it is and the state of what is drawn, so that no municipality sees another's streets."""
    scope = context.current()
    if not isinstance(scope, Municipality):
        return scope.key
    state = Address.objects.aggregate(count=Count("pk"), newest=Max("pk"))
    outlines = Boundary.objects.aggregate(newest=Max("pk"))
    bodies = ",".join(body.ags for body in scope.bodies)
    return f"{scope.key} {bodies} {state['count']}-{state['newest']}-{outlines['newest']}"


@lru_cache(maxsize=8)
def _source(version: str) -> TileSource:  # noqa: ARG001 -- the version is the key; what it names is what is entered
    scope = context.current()
    if not isinstance(scope, Municipality):
        return BuiltInSource()
    rows = Address.objects.values_list("street", "house_number", "place", "lat", "lon")
    streets = streets_of(MapAddress(*row) for row in rows.iterator())
    return BuiltInSource(frozenset(body.ags for body in scope.bodies), streets, _outlines())


def _outlines() -> list[BodyShape]:
    """What the municipality brought itself, without bends nobody sees on a map."""
    return [
        shape_of(boundary.ags, boundary.name, shapely.simplify(wkb.loads(bytes(boundary.wkb)), _FINEST))
        for boundary in Boundary.objects.exclude(source=ATTRIBUTION)
    ]
