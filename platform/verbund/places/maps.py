# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The map tiles of what is entered: a municipality's with its streets, the association's without."""

from __future__ import annotations

from functools import lru_cache

from django.db.models import Count, Max

from verbund.kernel import context
from verbund.kernel.context import Municipality
from verbund.kernel.errors import NotFound
from verbund.places.drawing import BuiltInSource
from verbund.places.models import Address
from verbund.places.streets import MapAddress, streets_of
from verbund.places.tiles import Tile, TileAddress, TileCache, TileSource

_cache = TileCache(max_bytes=24_000_000)


def tile(address: TileAddress) -> Tile:
    """The tile as drawn from the present data; drawn once for each state of the data.

    Raises:
        NotFound: the scheme has no such tile.
    """
    if not address.exists:
        raise NotFound
    version = _version()
    found = _cache.get(version, address)
    if found is None:
        found = _source(version).tile(address)
        _cache.put(version, address, found)
    return found


def _version() -> str:
    """Names whose map it is and the state of what is drawn, so that no municipality sees another's streets."""
    scope = context.current()
    if not isinstance(scope, Municipality):
        return scope.key
    state = Address.objects.aggregate(count=Count("pk"), newest=Max("pk"))
    bodies = ",".join(body.ags for body in scope.bodies)
    return f"{scope.key} {bodies} {state['count']}-{state['newest']}"


@lru_cache(maxsize=8)
def _source(version: str) -> TileSource:  # noqa: ARG001 -- the version is the key; what it names is what is entered
    scope = context.current()
    if not isinstance(scope, Municipality):
        return BuiltInSource()
    rows = Address.objects.values_list("street", "house_number", "place", "lat", "lon")
    streets = streets_of(MapAddress(*row) for row in rows.iterator())
    return BuiltInSource(frozenset(body.ags for body in scope.bodies), streets)
