# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""`verbund tenants list`: who is a member and in which state."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from rich.console import Console
from rich.table import Table

from tenants.models import Tenant
from verbund.kernel import context


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("tenants", help="Mitglieder zeigen")
    actions = parser.add_subparsers(required=True, metavar="AKTION")
    listing = actions.add_parser("list", help="alle Mitglieder")
    listing.add_argument("--json", action="store_true", help="Ausgabe für Programme")
    listing.set_defaults(run=show_list)


def show_list(arguments: argparse.Namespace) -> int:
    with context.enter_association():
        rows: list[dict[str, Any]] = [
            {
                "slug": tenant.slug,
                "key": tenant.key,
                "name": tenant.name,
                "state": tenant.state,
                "message": tenant.state_message,
                "hosts": [host.domain for host in tenant.domains.all()],
            }
            for tenant in Tenant.objects.prefetch_related("domains")
        ]
    if arguments.json:
        sys.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2) + "\n")
        return 0
    table = Table("Kürzel", "Schlüssel", "Name", "Zustand", "Hosts", "Hinweis")
    for row in rows:
        hosts = ", ".join(row["hosts"])
        table.add_row(row["slug"], row["key"], row["name"], row["state"], hosts, row["message"])
    Console().print(table)
    return 0
