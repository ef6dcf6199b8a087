# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tiles of the map service on disk: bounded in age and in bytes, shared by the processes of this machine."""

from __future__ import annotations

import contextlib
import hashlib
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Final

from verbund.places.tiles import TileAddress

# Bytes written by one process between two looks at the whole, as a part of what is allowed.
_SHARE: Final = 20
_PART: Final = ".part"


@dataclass(slots=True)
class TileStore:
    """``folder`` holds one folder for each service, named after its address, so that a new one never shows the old one's map."""

    folder: Path
    service: str
    max_bytes: int
    max_seconds: float
    _written: int = field(default=0, init=False)
    _lock: Lock = field(default_factory=Lock, init=False)

    def get(self, address: TileAddress) -> bytes | None:
        """The picture as it came, unless it is too old; a disk that fails counts as empty."""
        path = self._path(address)
        try:
            if time.time() - path.stat().st_mtime > self.max_seconds:
                return None
            return path.read_bytes()
        except OSError:
            return None

    def put(self, address: TileAddress, content: bytes) -> None:
        """Keep a picture, whole or not at all; a full disk keeps nothing and harms nobody."""
        path = self._path(address)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=path.parent, suffix=_PART, delete=False) as target:
                try:
                    target.write(content)
                    target.flush()
                    Path(target.name).replace(path)
                except OSError:
                    Path(target.name).unlink(missing_ok=True)
                    return
        except OSError:
            return
        with self._lock:
            self._written += len(content)
            is_due = self._written * _SHARE >= self.max_bytes
            self._written = 0 if is_due else self._written
        if is_due:
            self.sweep()

    def sweep(self) -> None:
        """Delete what is too old, then the oldest until a tenth of the room is free."""
        left, room = [], self.max_bytes
        for path in self.folder.rglob("*"):
            with contextlib.suppress(OSError):
                if path.is_file():
                    facts = path.stat()
                    left.append((facts.st_mtime, facts.st_size, path))
        total = sum(size for _at, size, _path in left)
        is_full, oldest_kept = total > room, time.time() - self.max_seconds
        for at, size, path in sorted(left):
            if at >= oldest_kept and not (is_full and total > room * 9 // 10):
                break
            path.unlink(missing_ok=True)
            total -= size

    def _path(self, address: TileAddress) -> Path:
        service = hashlib.sha256(self.service.encode()).hexdigest()[:16]
        return self.folder / service / str(address.z) / str(address.x) / str(address.y)
