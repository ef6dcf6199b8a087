# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""`verbund tenants …`: who is a member, in which state, and what is done with one."""

from __future__ import annotations

import argparse
from typing import Any

from rich.console import Console
from rich.table import Table

from tenants.commands import archive, backup, change, doctor, leaving, members, tenant_states
from tenants.models import Tenant
from verbund.kernel import context

# Each adds its actions below `verbund tenants`; a new group of them adds its module here.
_GROUPS = (tenant_states, doctor, change, archive, leaving, backup)


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("tenants", help="Mitglieder zeigen und verwalten")
    actions = parser.add_subparsers(required=True, metavar="AKTION")
    listing = actions.add_parser("list", help="alle Mitglieder")
    listing.add_argument("--json", action="store_true", help="Ausgabe für Programme")
    listing.set_defaults(run=show_list)
    showing = actions.add_parser("show", help="ein Mitglied mit Zustand, Hosts und Körperschaften")
    members.add_options(showing)
    showing.set_defaults(run=show_one)
    for group in _GROUPS:
        group.add_actions(actions)


def show_list(arguments: argparse.Namespace) -> int:
    with context.enter_association():
        rows: list[dict[str, Any]] = [
            {
                "slug": tenant.slug,
                "key": tenant.key,
                "name": tenant.name,
                "state": tenant.state,
                "message": tenant.state_message,
                "hosts": [host.domain for host in tenant.domains.all() if host.redirects_until is None],
            }
            for tenant in Tenant.objects.prefetch_related("domains")
        ]
    if arguments.json:
        members.print_json(rows)
        return 0
    table = Table("Kürzel", "Schlüssel", "Name", "Zustand", "Hosts", "Hinweis")
    for row in rows:
        hosts = ", ".join(row["hosts"])
        table.add_row(row["slug"], row["key"], row["name"], row["state"], hosts, row["message"])
    Console().print(table)
    return 0


def show_one(arguments: argparse.Namespace) -> int:
    members.print_member(members.find(arguments.slug).number, as_json=arguments.json)
    return 0
