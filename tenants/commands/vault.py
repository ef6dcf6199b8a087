# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""`verbund vault …`: new passwords and new keys, with the provisioner's identity."""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from rich.console import Console

from tenants.commands.members import OPERATOR
from tenants.keys.passwords import LOGINS, rotate_password
from tenants.keys.renewal import request_all, request_renewal, run_renewal
from verbund.jobs.models import Job
from verbund.kernel import clock, context
from verbund.kernel.errors import DomainError
from verbund.vault.readiness import silent_devices

_LEAST_DEVICES: Final = 2
_LOOK_AGAIN_SECONDS: Final = 0.5


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
    keys = actions.add_parser("rotate-keys", help="Hauptschlüssel erneuern und Datenschlüssel neu verpacken")
    whose = keys.add_mutually_exclusive_group(required=True)
    whose.add_argument("--slug", help="eine Kommune, oder association für den Verband")
    whose.add_argument("--all", action="store_true", help="der Verband und alle Kommunen")
    keys.add_argument(
        "--with-data",
        action="store_true",
        help="auch einen neuen Datenschlüssel, und alle Angaben damit neu verschlüsseln",
    )
    keys.add_argument("--json", action="store_true", help="Ausgabe für Programme")
    keys.set_defaults(run=run_rotate_keys)
    audit = actions.add_parser(
        "audit-check", help="prüfen, ob jedes Protokoll des Geheimnisspeichers schreibt"
    )
    audit.add_argument(
        "--file",
        action="append",
        type=Path,
        help="Protokolldatei; mehrfach möglich, ohne Angabe die der Einstellungen",
    )
    audit.add_argument("--json", action="store_true", help="Ausgabe für Programme")
    audit.set_defaults(run=run_audit_check)


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


def run_rotate_keys(arguments: argparse.Namespace) -> int:
    """Ask for the renewals and carry them out one after another; where a worker was faster, wait for it."""
    at, with_data = clock.now(), arguments.with_data
    with context.enter_association():
        if arguments.all:
            jobs = request_all(with_data=with_data, by=OPERATOR, at=at)
        else:
            jobs = [request_renewal(slug=arguments.slug, with_data=with_data, by=OPERATOR, at=at)]
    console = Console(stderr=arguments.json)
    results = []
    for job in jobs:
        try:
            while not run_renewal(job.pk) and _is_open(job):
                time.sleep(_LOOK_AGAIN_SECONDS)
        except Exception as error:  # noqa: BLE001 (a process border: the others go on, the reason is shown)
            console.print(f"[red]{job.title}: {error}[/]")
        results.append(_result(job))
        if not arguments.json:
            done = results[-1]["state"] == "DONE"
            console.print(f"{'[green]✓[/]' if done else '[red]✗[/]'} {job.title} {results[-1]['message']}")
    if arguments.json:
        sys.stdout.write(json.dumps({"renewals": results}, ensure_ascii=False, indent=2) + "\n")
    return 0 if all(result["state"] == "DONE" for result in results) else 1


def run_audit_check(arguments: argparse.Namespace) -> int:
    """Ask Vault something and look for it in each file; with fewer than two files that is a finding, too."""
    files = arguments.file or list(settings.VERBUND.vault_audit_files)
    silent = silent_devices(files)
    is_fine = len(files) >= _LEAST_DEVICES and not silent
    if arguments.json:
        rows = [{"file": str(file), "writes": file not in silent} for file in files]
        sys.stdout.write(json.dumps({"ok": is_fine, "devices": rows}, ensure_ascii=False, indent=2) + "\n")
        return 0 if is_fine else 1
    console = Console(stderr=not is_fine)
    for file in files:
        console.print(f"[red]✗[/] {file} schweigt" if file in silent else f"[green]✓[/] {file} schreibt")
    if len(files) < _LEAST_DEVICES:
        console.print("Es braucht zwei Protokolle: fällt das einzige aus, steht der Geheimnisspeicher still.")
    return 0 if is_fine else 1


def _is_open(job: Job) -> bool:
    with context.enter_association():
        return Job.objects.get(pk=job.pk).is_open


def _result(job: Job) -> dict[str, Any]:
    with context.enter_association():
        now = Job.objects.get(pk=job.pk)
        steps = [{"name": step.name, "state": step.state} for step in now.steps.all()]
        return {"key": now.subject, "state": now.state, "message": now.message, "steps": steps}
