# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""`verbund vault …`: new passwords and new keys, with the provisioner's identity."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from rich.console import Console

from tenants.commands.members import OPERATOR
from tenants.keys.passwords import LOGINS, rotate_password
from verbund.kernel import clock
from verbund.kernel.errors import DomainError


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("vault", help="Passwörter und Schlüssel erneuern")
    actions = parser.add_subparsers(required=True, metavar="AKTION")
    rotate = actions.add_parser(
        "rotate", help="Passwörter der Datenbankanmeldungen wechseln, im laufenden Betrieb"
    )
    rotate.add_argument(
        "--login", choices=sorted(LOGINS), help="nur diese Anmeldung: app (Anwendung) oder owner (Struktur)"
    )
    rotate.add_argument("--json", action="store_true", help="Ausgabe für Programme")
    rotate.set_defaults(run=run_rotate)


def run_rotate(arguments: argparse.Namespace) -> int:
    """Change one login's password or both; one that fails does not keep the other from its turn."""
    results: list[dict[str, Any]] = []
    for name in [arguments.login] if arguments.login else LOGINS:
        result = {"login": name, "role": LOGINS[name].role, "state": "rotated", "message": ""}
        try:
            rotate_password(name, by=OPERATOR, at=clock.now())
        except DomainError as error:
            result |= {"state": "failed", "message": error.message}
        results.append(result)
    if arguments.json:
        sys.stdout.write(json.dumps({"logins": results}, ensure_ascii=False, indent=2) + "\n")
    else:
        for result in results:
            done = result["state"] == "rotated"
            Console(stderr=not done).print(
                f"[green]✓[/] {result['role']}: neues Passwort gilt"
                if done
                else f"[red]✗[/] {result['role']}: {result['message']}"
            )
    return 0 if all(result["state"] == "rotated" for result in results) else 1
