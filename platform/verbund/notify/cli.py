# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""`verbund mail bounced`: what the association's mail server calls with each message to a return address."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

from tenants import directory
from verbund.kernel import clock, context
from verbund.kernel.actors import Actor
from verbund.kernel.errors import NotFound
from verbund.notify import bounces

_SERVER = Actor(kind="system", id="cli", role="operator", name="Mailserver")


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("mail", help="E-Mails, die nicht ankamen")
    actions = parser.add_subparsers(required=True, metavar="AKTION")
    bounced = actions.add_parser(
        "bounced", help="einen Zustellbericht des Mailservers von der Eingabe lesen und vermerken"
    )
    bounced.add_argument("--recipient", default="", help="Adresse, an die der Bericht ging")
    bounced.set_defaults(run=run_bounced)


def run_bounced(arguments: argparse.Namespace) -> int:
    """What the server reports of one mail; the host of the return address says whose it is."""
    bounce = bounces.read(sys.stdin.buffer.read(bounces.LONGEST + 1), recipient=arguments.recipient)
    with _entered(bounce.host):
        is_noted = bounces.note(bounce, by=_SERVER, at=clock.now())
    sys.stdout.write("vermerkt\n" if is_noted else "nichts zu tun\n")
    return 0


@contextmanager
def _entered(host: str) -> Iterator[None]:
    if host == settings.VERBUND.association_host:
        with context.enter_association():
            yield
        return
    municipality = directory.by_host(host)
    if municipality is None:
        raise NotFound(f"Es gibt keine aktive Kommune unter „{host}“.")
    with context.enter(municipality):
        yield
