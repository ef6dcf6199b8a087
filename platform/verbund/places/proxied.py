# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Base maps of the state through us: the citizen's browser speaks to nobody else. Off unless a setting names a service."""

from __future__ import annotations

import time
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Final

import structlog
from django.conf import settings
from prometheus_client import Counter

from verbund.places.geometry import Bounds
from verbund.places.tile_store import TileStore
from verbund.places.tiles import Tile, TileAddress
from verbund.places.upstream import NoTile, Upstream, UpstreamFailed

log = structlog.get_logger()

PAUSE_SECONDS: Final = 30.0
_TILES: Final = Counter("verbund_map_tiles", "Tiles of the state's base map", ["source"])


class ProxiedSource:
    """Tiles of a map service, remembered on disk. After a failure nobody waits for it again for PAUSE_SECONDS."""

    def __init__(self, upstream: Upstream, store: TileStore, *, zooms: range) -> None:
        self._upstream = upstream
        self._store = store
        self._zooms = zooms
        self._silent_until = 0.0
        self._lock = Lock()

    def covers(self, address: TileAddress, ground: Bounds) -> bool:
        """Whether it is asked for this tile at all: nobody shall fetch the world through us."""
        return address.z in self._zooms and _touch(address.bounds, ground)

    def tile(self, address: TileAddress) -> Tile | None:
        """The tile; None when the built-in map has to do. Fine displays get the plain one."""
        plain = TileAddress(address.z, address.x, address.y)
        content = self._store.get(plain)
        if content is not None:
            _TILES.labels("cache").inc()
            return Tile.of(content)
        content = self._fetched(plain)
        if content is None:
            _TILES.labels("failed").inc()
            return None
        _TILES.labels("service").inc()
        self._store.put(plain, content)
        return Tile.of(content)

    def _fetched(self, address: TileAddress) -> bytes | None:
        with self._lock:
            if time.monotonic() < self._silent_until:
                return None
        try:
            return self._upstream.fetch(address)
        except NoTile:
            return None
        except UpstreamFailed as failure:
            with self._lock:
                self._silent_until = time.monotonic() + PAUSE_SECONDS
            log.warning("places.map_service_failed", reason=str(failure))
            return None


def source() -> ProxiedSource | None:
    """The service that the settings name."""
    given = settings.VERBUND
    if not given.tiles_url:
        return None
    return _made(
        Upstream(
            template=given.tiles_url, seconds=given.tiles_timeout_seconds, networks=given.tiles_networks
        ),
        given.data / "tiles",
        given.tiles_cache_megabytes * 1_000_000,
        given.tiles_cache_days * 86_400.0,
        range(given.tiles_min_zoom, given.tiles_max_zoom + 1),
    )


@lru_cache(maxsize=1)
def _made(
    upstream: Upstream, folder: Path, max_bytes: int, max_seconds: float, zooms: range
) -> ProxiedSource:
    """One for the process: it remembers that the service is silent."""
    store = TileStore(folder, upstream.template, max_bytes=max_bytes, max_seconds=max_seconds)
    return ProxiedSource(upstream, store, zooms=zooms)


def _touch(one: Bounds, other: Bounds) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]
