# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The folder in which all processes of a start keep their counters for Prometheus; needs no Django."""

from __future__ import annotations

from pathlib import Path

VARIABLE = "PROMETHEUS_MULTIPROC_DIR"


def prepare(folder: Path) -> None:
    """Make the folder, or empty it of former processes' files; only before any process of this start runs."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.glob("*.db"):
        path.unlink()
