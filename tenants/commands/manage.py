# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""`verbund manage …`: Django's own commands, in the association or in one municipality, as the owner."""

from __future__ import annotations

import argparse

from django.core.management import execute_from_command_line

from tenants.database.targets import as_owner
from tenants.models import Tenant
from verbund.kernel import context
from verbund.kernel.context import ASSOCIATION
from verbund.kernel.errors import NotFound


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("manage", help="Befehle von Django, für die Entwicklung")
    parser.add_argument("--slug", help="in dieser Kommune statt im Verband")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Run a management command; makemigrations needs no database of its own, but Django asks for one."""
    schema = ASSOCIATION.key
    if arguments.slug:
        with context.enter_association():
            tenant = Tenant.objects.filter(slug=arguments.slug).first()
        if tenant is None:
            raise NotFound(f"Die Kommune {arguments.slug} gibt es nicht.")
        schema = tenant.key
    with as_owner(schema):
        execute_from_command_line(["verbund manage", *arguments.command])
    return 0
