# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Small disks in memory that can be filled up and freed again. Mounting needs root."""

from __future__ import annotations

import errno
import os
import subprocess
from pathlib import Path
from typing import Self


class SmallDisk:
    """A tmpfs at a folder, away at the end of the block; what lay in the folder before is seen again then."""

    def __init__(self, folder: Path, *, kilobytes: int) -> None:
        self.folder = folder
        self._kilobytes = kilobytes

    def __enter__(self) -> Self:
        self.folder.mkdir(exist_ok=True, parents=True)
        before = self.folder.stat()
        options = (
            f"size={self._kilobytes}k,mode={before.st_mode & 0o777:o},uid={before.st_uid},gid={before.st_gid}"
        )
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", options, "verbund-resilience", str(self.folder)],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"Mounting needs root: {done.stderr}"
        return self

    def __exit__(self, *_error: object) -> None:
        # Lazily: somebody may still hold a file in it.
        subprocess.run(["umount", "-l", str(self.folder)], check=True)

    def fill(self) -> None:
        """Take every byte that is free."""
        descriptor = os.open(self.folder / "filler", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            for size in (1 << 16, 1 << 12, 1):
                while _write(descriptor, size):
                    pass
        finally:
            os.close(descriptor)

    def free(self) -> None:
        (self.folder / "filler").unlink()


def _write(descriptor: int, size: int) -> bool:
    try:
        return os.write(descriptor, b"\0" * size) == size
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        return False
