# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Part (e): the staff inbox and a citizen's status page, whole requests, beside as many cases as a town ever has.

The same pages with few cases stand beside it: what grows with the number of cases is seen at once.
"""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from typing import Any

from rich.console import Console
from rich.table import Table

from bench.children import Child
from bench.server import Server
from bench.targets import Kept

FEW, MANY = 1_000, 100_000
MEMBERS = 37
# By the name of the page: its most milliseconds at the 95th percentile.
MOST_MS = {
    "inbox": 150.0,
    "inbox, own cases": 150.0,
    "inbox, overdue": 150.0,
    "inbox, words looked for": 150.0,
    "status page": 100.0,
}
Tell = Callable[[str], None]


def measure(server: Server, *, repeats: int = 60, tell: Tell = lambda _line: None) -> dict[str, Any]:
    """Milliseconds from the request to the whole page, by page and number of cases, half of them open."""
    database = server.database("cases", for_ours=True)
    server.members.add("zz_template_municipality")
    child = Child("bench.caseload", server.environment("verbund.config.settings.test", database, "cli"))
    found: dict[str, Any] = {"members": MEMBERS, "repeats": repeats, "pages": {}}
    try:
        tell("cases: 37 municipalities")
        server.members.update(child.tell(do="members", number=MEMBERS)["made"])
        for rows in (FEW, MANY):
            tell(f"cases: fill with {rows}")
            child.tell(do="fill", rows=rows)
            for page in MOST_MS:
                tell(f"cases: {page} with {rows}")
                child.tell(do="ask", page=page, repeats=10)
                times = sorted(child.tell(do="ask", page=page, repeats=repeats)["milliseconds"])
                found["pages"].setdefault(page, {})[str(rows)] = {
                    "median_ms": round(median(times), 1),
                    "p95_ms": round(times[int(len(times) * 0.95)], 1),
                }
    finally:
        child.end()
    return found


def show(console: Console, figures: dict[str, Any]) -> None:
    table = Table(title="Pages beside few and many cases (whole requests)")
    for title in ("page", f"{FEW} median", f"{FEW} p95", f"{MANY} median", f"{MANY} p95"):
        table.add_column(title)
    for name, sizes in figures["pages"].items():
        cells = [str(sizes[str(rows)][key]) for rows in (FEW, MANY) for key in ("median_ms", "p95_ms")]
        table.add_row(name, *cells)
    console.print(table)


def check(figures: dict[str, Any]) -> list[Kept]:
    return [
        Kept(
            f"{name} with {MANY} cases, p95",
            most,
            slowest := figures["pages"][name][str(MANY)]["p95_ms"],
            slowest < most,
            "ms",
        )
        for name, most in MOST_MS.items()
    ]
