# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""`verbund tenants backup`: a backup or a trial of restoring it, now."""

from __future__ import annotations

import argparse
import sys

from tenants.archive import backups
from tenants.commands.archive import by_slug, print_json
from tenants.models import BackupRun
from verbund.kernel import clock


def add_actions(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Beside `tenants list`."""
    parser = actions.add_parser("backup", help="Sicherung jetzt, oder eine Probe-Wiederherstellung")
    parser.add_argument("--slug", help="nur diese Kommune; ohne Angabe alle, deren Sicherung fällig ist")
    parser.add_argument(
        "--try-restore", action="store_true", help="die jüngste Sicherung zur Probe wiederherstellen"
    )
    parser.add_argument("--json", action="store_true", help="Ausgabe für Programme")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    now = clock.now()
    if not arguments.slug:
        done = backups.run_due(at=now, within_seconds=float("inf"))
        sys.stdout.write(f"{done} Sicherungen\n")
        return 0
    municipality = by_slug(arguments.slug)
    work = backups.try_restore if arguments.try_restore else backups.back_up
    found = work(municipality, at=now)
    if arguments.json:
        print_json(_as_json(found))
    else:
        outcome = "in Ordnung" if found.is_ok else found.message
        sys.stdout.write(f"{found.get_kind_display()} {arguments.slug}: {outcome} {found.name}\n")
    return 0 if found.is_ok else 1


def _as_json(found: BackupRun) -> dict[str, object]:
    return {
        "kind": found.kind,
        "ok": found.is_ok,
        "message": found.message,
        "name": found.name,
        "size": found.size_bytes,
        "data_sha256": found.data_sha256,
        "seconds": round((found.finished_at - found.started_at).total_seconds(), 2),
    }
