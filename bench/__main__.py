# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""`python -m bench`: all parts in one run, on a server of the bench's own."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rich.console import Console

from bench import (
    allocation,
    cases,
    invoices,
    metering,
    migration,
    onboarding,
    places,
    report,
    requests,
    search,
    targets,
)
from bench.server import Server, own_server

# Each measures something by itself, shows it and says whether it was fast enough.
_PARTS: dict[str, Any] = {
    "places": places,
    "cases": cases,
    "search": search,
    "allocation": allocation,
    "invoices": invoices,
    "metering": metering,
}


def main() -> None:
    options = _parser().parse_args()
    console = Console()
    with own_server() as server:
        figures: dict[str, Any] = {
            **report.machine(server.version()),
            "durable": "fsync, full_page_writes and synchronous_commit are on",
        }
        kept: list[targets.Kept] = []
        with console.status("") as status:

            def tell(line: str) -> None:
                status.update(line)

            if options.only in {None, "requests"}:
                figures["requests"] = _requests(server, options, console, kept, tell)
            if options.only in {None, "onboarding"}:
                figures["onboarding"] = _onboarding(server, options, console, kept, tell)
            if options.only in {None, "migration"}:
                figures["migration"] = found = migration.measure(
                    server, schemas=max(options.sizes), tell=tell
                )
                report.show_migration(console, found)
                kept += targets.check_migration(found)
            for name, part in _PARTS.items():
                if options.only in {None, name}:
                    figures[name] = measured = part.measure(server, tell=tell)
                    part.show(console, measured)
                    kept += part.check(measured)
        report.show_targets(console, kept)
        figures["load_after"] = report.load()
        figures["targets"] = [item.as_json() for item in kept]
        written = report.write_part if options.only else report.write
        written(options.out, figures)
        console.print(f"{options.out.name} written.")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument(
        "--only", choices=["requests", "onboarding", "migration", *_PARTS], help="one part only"
    )
    parser.add_argument("--rounds", type=int, default=30, help="rounds of the stacks' turns")
    parser.add_argument("--count", type=int, default=48, help="requests of one turn")
    parser.add_argument("--sizes", type=int, nargs="+", default=[20, 300], help="schemas to onboard at")
    parser.add_argument("--repeats", type=int, default=7, help="tenants made at each size")
    parser.add_argument("--out", type=Path, default=report.RESULTS, help="where the figures go")
    return parser


def _requests(
    server: Server,
    options: argparse.Namespace,
    console: Console,
    kept: list[targets.Kept],
    tell: Callable[[str], None],
) -> dict[str, Any]:
    tell("prepare the stacks")
    prepared = requests.prepare(server)
    found = {}
    for mode in report.MODES:
        times = requests.measure(
            server,
            prepared,
            health_checks=mode == "as_deployed",
            rounds=options.rounds,
            count=options.count,
            tell=tell,
        )
        report.show_requests(console, mode, times)
        kept += targets.check_requests(mode, times)
        found[mode] = report.requests_json(times)
    return {"requests_each": options.rounds * options.count, **found}


def _onboarding(
    server: Server,
    options: argparse.Namespace,
    console: Console,
    kept: list[targets.Kept],
    tell: Callable[[str], None],
) -> dict[str, Any]:
    times = onboarding.measure(server, sizes=tuple(options.sizes), repeats=options.repeats, tell=tell)
    relations = onboarding.relations(server)
    report.show_onboarding(console, times, relations)
    kept += targets.check_onboarding(times)
    return report.onboarding_json(times, relations)


if __name__ == "__main__":
    main()
