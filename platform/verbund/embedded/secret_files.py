# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Files that only their owner may read, written whole or not at all."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from verbund.embedded.errors import EmbeddedError

if TYPE_CHECKING:
    from pathlib import Path


def write_secret(path: Path, content: str | bytes) -> None:
    """Write a file with mode 0600 that is never seen half written or with a wider mode."""
    new = path.with_name(f"{path.name}.new")
    new.unlink(missing_ok=True)
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "wb") as file:  # noqa: PTH123 - the descriptor carries the mode
        file.write(content.encode() if isinstance(content, str) else content)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)


def read_secret(path: Path) -> str:
    """Read such a file.

    Raises:
        EmbeddedError: it is gone.
    """
    try:
        return path.read_text()
    except FileNotFoundError:
        raise EmbeddedError(
            f"Die Datei {path} fehlt; ohne sie ist der Tresor nicht zugänglich.",
            remedy="die Datei zurückbringen, oder mit leerem Datenordner neu beginnen: DATA=<anderer Ordner>.",
        ) from None
