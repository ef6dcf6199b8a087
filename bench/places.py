# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Part (d): how long a box of the map takes among many places of one municipality, and that its index is used."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from typing import Any

from rich.console import Console
from rich.table import Table

from bench.children import Child
from bench.server import Server
from bench.targets import Kept

SIZES = {"a street": 0.002, "a village": 0.01, "a quarter of the town": 0.05, "the whole town": 0.25}
INDEX = "places_place_box"
MOST_MS = 20.0
Tell = Callable[[str], None]


def measure(
    server: Server, *, rows: int = 100_000, repeats: int = 200, tell: Tell = lambda _line: None
) -> dict[str, Any]:
    """Milliseconds from the question to the rows in hand, by the size of the box."""
    database = server.database("places", for_ours=True)
    server.members.add("zz_template_municipality")
    child = Child("bench.finding", server.environment("verbund.config.settings.test", database, "cli"))
    found: dict[str, Any] = {"rows": rows, "repeats": repeats, "boxes": {}}
    try:
        tell(f"places: fill with {rows}")
        server.members.add(child.tell(do="fill", rows=rows)["made"])
        for name, size in SIZES.items():
            tell(f"places: {name}")
            child.tell(do="ask", size=size, repeats=20)
            answer = child.tell(do="ask", size=size, repeats=repeats)
            times = sorted(answer["milliseconds"])
            found["boxes"][name] = {
                "degrees": size,
                "found": answer["rows"],
                "median_ms": round(median(times), 2),
                "p95_ms": round(times[int(len(times) * 0.95)], 2),
                "uses_index": any(INDEX in line for line in answer["plan"]),
            }
    finally:
        child.end()
    return found


def show(console: Console, figures: dict[str, Any]) -> None:
    table = Table(title=f"A box of the map among {figures['rows']} places")
    for title in ("box", "found", "median ms", "p95 ms", "index"):
        table.add_column(title)
    for name, box in figures["boxes"].items():
        table.add_row(
            name,
            str(box["found"]),
            str(box["median_ms"]),
            str(box["p95_ms"]),
            "yes" if box["uses_index"] else "NO",
        )
    console.print(table)


def check(figures: dict[str, Any]) -> list[Kept]:
    slowest = max(box["p95_ms"] for box in figures["boxes"].values())
    is_used = all(box["uses_index"] for box in figures["boxes"].values())
    return [Kept("box of the map, p95", MOST_MS, slowest, slowest < MOST_MS and is_used, "ms")]
