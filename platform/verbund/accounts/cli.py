# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""`verbund accounts invite`: the way in where nobody can invite yet."""

from __future__ import annotations

import argparse
import sys
from contextlib import AbstractContextManager

from verbund.accounts.services.people import invite_person
from verbund.jobs.directory import active_municipalities
from verbund.kernel import clock, context
from verbund.kernel.actors import Actor
from verbund.kernel.errors import NotFound

_OPERATOR = Actor(kind="system", id="cli", role="operator", name="Kommandozeile")


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("accounts", help="Konten einladen")
    actions = parser.add_subparsers(required=True, metavar="AKTION")
    invite = actions.add_parser("invite", help="einladen; der Link geht nur per E-Mail hinaus")
    invite.add_argument("--email", required=True, help="Adresse der Person")
    invite.add_argument("--name", required=True, help="Name der Person")
    invite.add_argument("--role", required=True, help="Rolle, zum Beispiel operator oder administrator")
    invite.add_argument("--tenant", metavar="KÜRZEL", help="Kommune; ohne Angabe der Verband")
    invite.set_defaults(run=run_invite)


def run_invite(arguments: argparse.Namespace) -> int:
    with _scope(arguments.tenant):
        person = invite_person(
            email=arguments.email, name=arguments.name, role=arguments.role, by=_OPERATOR, at=clock.now()
        )
    sys.stdout.write(f"Die Einladung an {person.email} ist unterwegs.\n")
    return 0


def _scope(slug: str | None) -> AbstractContextManager[object]:
    if slug is None:
        return context.enter_association()
    found = next((member for member in active_municipalities() if member.slug == slug), None)
    if found is None:
        raise NotFound(f"Es gibt keine aktive Kommune {slug}.")
    return context.enter(found)
