# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""`verbund tenants doctor`: how one municipality is, or all."""

from __future__ import annotations

import argparse
from typing import Any

from rich.console import Console

from tenants import directory
from tenants.commands.members import find, print_json
from tenants.doctor import Health, examine_and_note, worst
from tenants.states import WITH_DATA
from verbund.kernel.errors import Conflict

_MARKS = {"ok": "[green]✓[/]", "warning": "[yellow]![/]", "error": "[red]✗[/]"}


def add_actions(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = actions.add_parser("doctor", help="prüfen, ob es Kommunen gut geht")
    parser.add_argument("--slug", help="nur diese Kommune; ohne Angabe alle")
    parser.add_argument("--json", action="store_true", help="Ausgabe für Programme")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """0: nothing is broken, at most warnings; 1: something is."""
    members = directory.in_states(WITH_DATA)
    if arguments.slug:
        tenant = find(arguments.slug)
        members = [member for member in members if member.number == tenant.number]
        if not members:
            raise Conflict(f"{tenant.name} ist „{tenant.state_label}“: Da ist nichts zu prüfen.")
    found = [examine_and_note(member) for member in members]
    if arguments.json:
        print_json([_values(health) for health in found])
    else:
        for health in found:
            _print(health)
    return 1 if worst(health.level for health in found) == "error" else 0


def _values(health: Health) -> dict[str, Any]:
    return {
        "slug": health.municipality.slug,
        "key": health.municipality.key,
        "level": health.level,
        "at": health.at.isoformat(),
        "checks": [
            {
                "name": check.name,
                "label": check.label,
                "level": check.level,
                "seconds": round(check.seconds, 3),
                "findings": [
                    {
                        "code": finding.code,
                        "level": finding.level,
                        "message": finding.message,
                        "at": finding.at.isoformat() if finding.at else None,
                    }
                    for finding in check.findings
                ],
            }
            for check in health.checks
        ],
    }


def _print(health: Health) -> None:
    console = Console()
    console.print(f"{_MARKS[health.level]} [bold]{health.municipality.name}[/] ({health.municipality.slug})")
    for check in health.checks:
        for finding in check.findings:
            if finding.level != "ok":
                console.print(f"    {_MARKS[finding.level]} {check.label}: {finding.message}")
