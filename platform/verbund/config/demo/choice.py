# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which of the demo's municipalities are wanted: `ONLY=heideblick,luckau` makes a start that takes seconds.

Knows no Django, so that a wrong name is refused before anything starts.
"""

from __future__ import annotations

import csv
import os
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[4] / "demo"


class UnknownMember(Exception):
    """ONLY names somebody the demo does not know; the text is one sentence for people."""


def chosen_slugs() -> frozenset[str]:
    """What ONLY of the environment names; all 37 when it is empty.

    Raises:
        UnknownMember: a name is none of the demo's.
    """
    known = frozenset(row["slug"] for row in rows("municipalities.csv"))
    wanted = frozenset(filter(None, map(str.strip, os.environ.get("ONLY", "").split(","))))
    if wanted - known:
        unknown = ", ".join(sorted(wanted - known))
        raise UnknownMember(
            f"ONLY nennt {unknown}; die Kürzel der Demo stehen in {FOLDER / 'municipalities.csv'}."
        )
    return wanted or known


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one of the demo's lists."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
