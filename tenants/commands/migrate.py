# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""`verbund migrate`: bring the database to the state of the code."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from dataclasses import asdict

from rich.console import Console

from tenants.schema_engine.migrations import Outcome, migrate_all
from tenants.schema_engine.waves import ATTEMPTS

_WORDS = {
    "current": "schon auf dem Stand",
    "done": "umgestellt",
    "failed": "gescheitert",
    "waiting": "nicht begonnen",
}


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("migrate", help="Datenbank auf den Stand des Programms bringen")
    parser.add_argument(
        "--canary", metavar="KÜRZEL", help="diese Kommune allein und zuerst; scheitert sie, folgt niemand"
    )
    parser.add_argument(
        "--attempts", type=int, default=ATTEMPTS, help="Versuche, wenn eine Tabelle gerade gesperrt ist"
    )
    parser.add_argument("--json", action="store_true", help="Ausgabe für Programme")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    console = Console(stderr=True)
    outcome = migrate_all(
        lambda line: console.print(f"  {line}", style="dim"),
        canary=arguments.canary,
        attempts=max(arguments.attempts, 1),
    )
    if arguments.json:
        sys.stdout.write(json.dumps(asdict(outcome), ensure_ascii=False, indent=2) + "\n")
    else:
        _show(console, outcome)
    return 1 if outcome.stayed else 0


def _show(console: Console, outcome: Outcome) -> None:
    for member in outcome.members:
        if member.state == "failed":
            console.print(f"[red]✗[/] {member.slug} (Versuch {member.attempt}): {member.error}")
        elif member.state == "waiting":
            console.print(f"[yellow]–[/] {member.slug}: nicht begonnen")
        elif member.state == "done":
            console.print(f"[green]✓[/] {member.slug} ({member.duration_ms} ms)", style="dim")
    counts = Counter[str](member.state for member in outcome.members)
    said = ", ".join(f"{counts[state]} {word}" for state, word in _WORDS.items() if counts[state])
    console.print(f"{said or 'Noch keine Kommunen'} in {outcome.seconds:.1f} s")
    if outcome.stayed:
        console.print("Abhilfe: Ursache beheben, dann verbund migrate noch einmal aufrufen.")
