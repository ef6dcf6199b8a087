# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""`verbund migrate`: bring the database to the state of the code."""

from __future__ import annotations

import argparse

from rich.console import Console

from tenants.schema_engine.migrations import migrate_all


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("migrate", help="Datenbank auf den Stand des Programms bringen")
    parser.set_defaults(run=run)


def run(_arguments: argparse.Namespace) -> int:
    console = Console(stderr=True)
    stayed = migrate_all(lambda line: console.print(f"  {line}", style="dim"))
    for slug in stayed:
        console.print(
            f"[red]✗[/] {slug}: nicht auf dem Stand des Programms (verbund tenants list nennt den Grund)"
        )
    return 1 if stayed else 0
