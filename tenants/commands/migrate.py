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
    migrate_all(lambda line: console.print(f"  {line}", style="dim"))
    return 0
