# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""`make bench-crash`: a thousand processes killed while they count, at every gap, and the totals compared."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from typing import Any

from rich.console import Console
from rich.table import Table

from bench import report
from bench.children import Child
from bench.server import Server, own_server

KILLS, AT_ONCE = 1_000, 20
MOST_S = 15 * 60
SETTINGS = "verbund.config.settings.test"
Tell = Callable[[str], None]


def measure(
    server: Server, *, kills: int = KILLS, seed: int = 20261128, most_s: float = MOST_S, tell: Tell
) -> dict[str, Any]:
    """Kill until there were enough or the time is over; what was done until then is compared all the same."""
    server.members.add("zz_template_municipality")
    database = server.database("crash", for_ours=True)
    child = Child("bench.dying_town", server.environment(SETTINGS, database, "cli"))
    begin, done = time.monotonic(), 0
    try:
        tell("crash: make a municipality")
        server.members.update(child.tell(do="start", seed=seed)["made"])
        while done < kills and time.monotonic() - begin < most_s:
            done = child.tell(do="kill", number=min(AT_ONCE, kills - done))["killed"]
            tell(f"crash: {done} of {kills} killed, {time.monotonic() - begin:.0f} s")
        found = child.tell(do="result")
    finally:
        child.end()
    return {**found, "seconds": round(time.monotonic() - begin), "wanted": kills}


def show(console: Console, figures: dict[str, Any]) -> None:
    table = Table(title=f"{figures['kills']} kills in {figures['seconds']} s")
    for title in ("class and gap", "kills"):
        table.add_column(title)
    for gap, number in figures["by_gap"].items():
        table.add_row(gap, str(number))
    console.print(table)
    events, facts = figures["events"], figures["facts"]
    console.print(
        f"Requests: {events['added']} in memory, {events['kept']} certainly on disk, {events['counted']} counted; lost with "
        f"memory {events['lost']}, at most {figures['lost_most']} of one process (allowed: {figures['lost_allowed']})."
    )
    console.print(
        f"Business facts: {facts['acknowledged']} acknowledged, {facts['committed']} committed, {facts['counted']} counted."
    )
    console.print("[green]exact[/]" if figures["is_exact"] else "[red]NOT exact[/]")


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.crash", description=__doc__)
    parser.add_argument("--kills", type=int, default=KILLS)
    parser.add_argument("--seed", type=int, default=20261128)
    options = parser.parse_args()
    console = Console()
    with own_server() as server:
        about = report.machine(server.version())
        figures = measure(server, kills=options.kills, seed=options.seed, tell=console.print)
    show(console, figures)
    if options.kills >= KILLS:
        report.write_part(
            report.RESULTS, {**about, "load_after": report.load(), "crash": figures, "targets": []}
        )
    console.print(json.dumps(figures))
    sys.exit(0 if figures["is_exact"] and figures["kills"] >= options.kills else 1)


if __name__ == "__main__":
    main()
