# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Map tiles: their addresses, where they come from, and a bounded memory of those that were drawn."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import Protocol

from verbund.places.geometry import Bounds, from_mercator

TILE_SIZE = 256
MIN_ZOOM = 8
MAX_ZOOM = 18
SCALES = (1, 2)
_KINDS = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


@dataclass(frozen=True, slots=True)
class TileAddress:
    """A tile in the usual scheme: Web Mercator, origin in the north-west; ``scale`` 2 for fine displays."""

    z: int
    x: int
    y: int
    scale: int = 1

    @property
    def exists(self) -> bool:
        """Whether there is such a tile."""
        count = 1 << self.z if MIN_ZOOM <= self.z <= MAX_ZOOM else 0
        return 0 <= self.x < count and 0 <= self.y < count and self.scale in SCALES

    @property
    def bounds(self) -> Bounds:
        """West, south, east, north in degrees."""
        count = 1 << self.z
        north, west = from_mercator(self.x / count, self.y / count)
        south, east = from_mercator((self.x + 1) / count, (self.y + 1) / count)
        return west, south, east, north


@dataclass(frozen=True, slots=True)
class Tile:
    """A picture ready to be sent; ``is_stand_in`` while the map service that should have drawn it is silent."""

    content: bytes
    etag: str
    is_stand_in: bool = False

    @classmethod
    def of(cls, content: bytes) -> Tile:
        """A tile whose ETag follows from its content."""
        return cls(content=content, etag=f'"{hashlib.sha256(content).hexdigest()[:20]}"')

    @property
    def media_type(self) -> str:
        """As its first bytes say."""
        return media_type_of(self.content)


def media_type_of(content: bytes) -> str:
    """The media type of a picture a map may show, empty for everything else."""
    return next((kind for start, kind in _KINDS.items() if content.startswith(start)), "")


class TileSource(Protocol):
    """Where tiles come from: drawn here, or fetched from a state's map service on the citizens' behalf."""

    attribution: str

    def tile(self, address: TileAddress) -> Tile:
        """The tile at an address that exists."""


class TileCache:
    """The most recently used tiles, at most ``max_bytes`` of them; safe for threads."""

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._bytes = 0
        self._tiles: OrderedDict[tuple[str, TileAddress], Tile] = OrderedDict()
        self._lock = Lock()

    def get(self, version: str, address: TileAddress) -> Tile | None:
        """The remembered tile; ``version`` names municipality and state of its data."""
        with self._lock:
            tile = self._tiles.get((version, address))
            if tile is not None:
                self._tiles.move_to_end((version, address))
            return tile

    def put(self, version: str, address: TileAddress, tile: Tile) -> None:
        """Remember a tile and forget the oldest ones beyond the limit."""
        with self._lock:
            before = self._tiles.pop((version, address), None)
            self._bytes += len(tile.content) - (len(before.content) if before else 0)
            self._tiles[version, address] = tile
            while self._bytes > self._max_bytes and self._tiles:
                _, dropped = self._tiles.popitem(last=False)
                self._bytes -= len(dropped.content)

    def __len__(self) -> int:
        return len(self._tiles)
