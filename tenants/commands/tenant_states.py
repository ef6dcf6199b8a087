# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""`verbund tenants suspend|resume`: stop a member from serving, and let it serve again."""

from __future__ import annotations

import argparse

from tenants.commands import members
from tenants.suspension import resume, suspend
from verbund.kernel import clock


def add_actions(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    for name, run, text in (
        ("suspend", run_suspend, "Seiten schließen; die Daten bleiben"),
        ("resume", run_resume, "eine ausgesetzte Kommune wieder öffnen"),
    ):
        parser = actions.add_parser(name, help=text)
        members.add_options(parser)
        parser.add_argument("--reason", default="", help="Grund; steht im Protokoll und beim Mitglied")
        parser.set_defaults(run=run)


def run_suspend(arguments: argparse.Namespace) -> int:
    return _moved(arguments, suspend)


def run_resume(arguments: argparse.Namespace) -> int:
    return _moved(arguments, resume)


def _moved(arguments: argparse.Namespace, service: members.Service) -> int:
    """Asking for the state it is in is no mistake: the answer shows the member either way."""
    number = members.find(arguments.slug).number
    service(number=number, by=members.OPERATOR, at=clock.now(), reason=arguments.reason.strip())
    members.print_member(number, as_json=arguments.json)
    return 0
