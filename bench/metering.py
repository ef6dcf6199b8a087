# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Part: counting beside the usual ways, what it adds to a request, a year verified, the member's page, a month issued."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from typing import Any, Self

from rich.console import Console
from rich.table import Table

from bench import report
from bench.children import Child
from bench.server import Server
from bench.targets import METERING, Kept

MEMBERS = 37
PAGES = ("usage", "a meter's days", "costs")
OURS = "verbund.config.settings.test"
WAYS = {
    "one_by_one": "one INSERT ... ON CONFLICT each",
    "many_at_once": "bulk_create(ignore_conflicts), 1,000",
    "ours": "summed, spooled with fsync, flushed",
}
Tell = Callable[[str], None]


def measure(
    server: Server,
    *,
    members: int = MEMBERS,
    rounds: int = 3,
    seconds: float = 4.0,
    with_year: bool = True,
    tell: Tell = lambda _line: None,
) -> dict[str, Any]:
    """Everything on one server; ``with_year`` False leaves out what needs twelve months, which take minutes to fill."""
    server.members.add("zz_template_municipality")
    found: dict[str, Any] = {"load_before": report.load()}
    with _Counter(server, "metering", members) as ours:
        found["ways"] = _ways(server, ours.child, rounds, seconds, tell)
        tell("metering: added to a request")
        asked = [ours.child.tell(do="request", number=20_000, key=ours.keys[0]) for _round in range(rounds)]
        found["request"] = {
            name: {key: round(median(round_[name][key] for round_ in asked), 1) for key in row}
            for name, row in asked[0].items()
        }
        # Last: it compiles the rules into the process, and seals what was counted.
        tell("metering: a month calculated and issued")
        found["month"] = ours.child.tell(do="month")
    if with_year:
        with _Counter(server, "year", members) as ours:
            found["year"] = _year(ours, rounds, tell)
    return found


class _Counter:
    """A database with members and our process on it."""

    def __init__(self, server: Server, name: str, members: int) -> None:
        database = server.database(name, for_ours=True)
        self.child = Child("bench.metered", server.environment(OURS, database, "cli"))
        self.keys: list[str] = self.child.tell(do="members", number=members)["made"]
        server.members.update(self.keys)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.child.end()


def _ways(server: Server, ours: Child, rounds: int, seconds: float, tell: Tell) -> dict[str, Any]:
    plain = Child(
        "bench.event_table",
        server.environment("bench.stacks.plain", server.database("events", for_ours=False)),
    )
    rates: dict[str, list[float]] = {way: [] for way in WAYS}
    try:
        plain.tell(do="make")
        for number in range(1, rounds + 1):
            tell(f"metering: events, round {number}")
            orders = {
                "one_by_one": lambda: plain.tell(do="one_by_one", number=500),
                "many_at_once": lambda: plain.tell(do="many_at_once", number=20_000),
                "ours": lambda: ours.tell(do="count", seconds=seconds),
            }
            for way, order in orders.items():
                answer = order()
                rates[way].append(answer["events"] / answer["seconds"])
    finally:
        plain.end()
    base = median(rates["one_by_one"])
    return {
        way: {
            "median": round(median(values)),
            "range": [round(min(values)), round(max(values))],
            "ratio": round(median(values) / base, 1),
        }
        for way, values in rates.items()
    }


def _year(ours: _Counter, rounds: int, tell: Tell) -> dict[str, Any]:
    tell("metering: fill twelve months")
    found = ours.child.tell(do="fill")
    verified = []
    for number in range(1, rounds + 1):
        tell(f"metering: verify, round {number}")
        verified.append(ours.child.tell(do="verify"))
    seconds = [round(item["seconds"], 1) for item in verified]
    pages = {}
    for page in PAGES:
        tell(f"metering: page {page}")
        ours.child.tell(do="page", page=page, repeats=5, key=ours.keys[0])
        times = sorted(ours.child.tell(do="page", page=page, repeats=60, key=ours.keys[0])["milliseconds"])
        pages[page] = {
            "median_ms": round(median(times), 1),
            "p95_ms": round(times[int(len(times) * 0.95)], 1),
        }
    return {
        **found,
        "verify_s": median(seconds),
        "verify_range_s": [min(seconds), max(seconds)],
        "pages": pages,
    }


def show(console: Console, figures: dict[str, Any]) -> None:
    table = Table(title="Counting, events/s of one process (median, range)")
    for title in ("way", "events/s", "range", "× the first"):
        table.add_column(title)
    for way, row in figures["ways"].items():
        table.add_row(
            WAYS[way],
            f"{row['median']:,}",
            " to ".join(f"{value:,}" for value in row["range"]),
            str(row["ratio"]),
        )
    console.print(table)
    for name, row in figures["request"].items():
        console.print(
            f"Added to a request, {name}: median {row['median']} µs, p99 {row['p99']} µs; with the "
            f"{row['disturbed_percent']} % in which others were given the processor {row['p99_of_all']} µs"
        )
    month = figures["month"]
    console.print(
        f"Month of {month['members']}: calculated in {month['calculate_s']} s; {month['notices']} notices and "
        f"{month['invoices']} XRechnungen with their PDFs issued in {month['issue_s']} s"
    )
    if "year" in figures:
        year = figures["year"]
        console.print(
            f"Twelve months, {year['counters']:,} counters, {year['batches']:,} batches: verified in {year['verify_s']} s"
        )
        for page, row in year["pages"].items():
            console.print(
                f"Page '{page}' with {year['events_of_member']:,} events behind it: {row['median_ms']} ms, p95 {row['p95_ms']} ms"
            )


def check(figures: dict[str, Any]) -> list[Kept]:
    ours, month = figures["ways"]["ours"], figures["month"]
    whole = round(month["calculate_s"] + month["issue_s"], 2)
    at_least = {
        "times_single": ("counting, × one INSERT each", ours["ratio"], "×"),
        "per_second": ("counting, one process", ours["median"], "events/s"),
    }
    at_most = {
        "request_p99_us": ("metering added to a request, p99", figures["request"]["ours"]["p99"], "µs"),
        "month_s": (f"month of {month['members']} calculated and issued", whole, "s"),
    }
    if "year" in figures:
        year = figures["year"]
        slowest = max(row["p95_ms"] for row in year["pages"].values())
        at_most["verify_s"] = ("twelve months verified", year["verify_s"], "s")
        at_most["page_ms"] = ("member's pages with 10 M events, p95", slowest, "ms")
    return [
        *(
            Kept(name, METERING[key], value, value >= METERING[key], unit)
            for key, (name, value, unit) in at_least.items()
        ),
        *(
            Kept(name, METERING[key], value, value < METERING[key], unit)
            for key, (name, value, unit) in at_most.items()
        ),
    ]
