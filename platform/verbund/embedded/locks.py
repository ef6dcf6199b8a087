# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A lock on a data folder that the system releases when its holder dies, however it dies."""

from __future__ import annotations

import fcntl
import os
from typing import TYPE_CHECKING

from verbund.embedded.errors import EmbeddedError

if TYPE_CHECKING:
    from pathlib import Path


class FolderLock:
    """Only one process at a time works on a folder; the file stays, only the lock on it counts."""

    def __init__(self, path: Path) -> None:
        """Describe the lock; it is taken by ``acquire``."""
        self._path = path
        self._descriptor: int | None = None

    def acquire(self) -> None:
        """Take the lock at once or not at all.

        Raises:
            EmbeddedError: another process holds it.
        """
        if self._descriptor is not None:
            return
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(descriptor, 20, 0).decode(errors="replace").strip()
            os.close(descriptor)
            raise EmbeddedError(
                f"Mit dem Datenordner {self._path.parent} läuft schon eine Installation (Prozess {holder or 'unbekannt'}).",
                remedy="die laufende mit Strg-C beenden oder DATA=<anderer Ordner> angeben.",
            ) from None
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, str(os.getpid()).encode(), 0)
        self._descriptor = descriptor

    def release(self) -> None:
        """Give the lock back."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
