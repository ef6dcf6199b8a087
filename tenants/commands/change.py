# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""`verbund tenants change`: name, slug, hosts and bodies of a member, from a day on."""

from __future__ import annotations

import argparse
from datetime import date

from tenants.bodies_list import known_body
from tenants.changes import request_change
from tenants.commands import members
from tenants.master_data import Wanted
from tenants.onboarding_input import BodyInput
from verbund.kernel import clock


def add_actions(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = actions.add_parser("change", help="Stammdaten ändern, heute oder ab einem Tag")
    members.add_options(parser)
    parser.add_argument("--name", default="", help="neuer Name")
    parser.add_argument("--new-slug", default="", help="neues Kürzel")
    parser.add_argument("--ars", default="", help="neuer Regionalschlüssel")
    parser.add_argument(
        "--host",
        action="append",
        default=[],
        metavar="+NEU oder =-ALT",
        help="Host dazunehmen (--host +neu.example) oder aufgeben (--host=-alt.example); mehrfach möglich",
    )
    parser.add_argument("--primary-host", default="", help="dieser Host steht in Links und E-Mails")
    parser.add_argument(
        "--body",
        action="append",
        default=[],
        metavar="+AGS[:NAME] oder =-AGS",
        help="Körperschaft dazunehmen (--body +12061219:Heideblick) oder beenden (--body=-12061219)",
    )
    parser.add_argument(
        "--from",
        dest="day",
        type=date.fromisoformat,
        metavar="JJJJ-MM-TT",
        help="gilt ab; ohne Angabe ab heute",
    )
    parser.add_argument("--reason", default="", help="Grund; steht im Protokoll")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    number = members.find(arguments.slug).number
    added, dropped = _signed(arguments.host)
    begun, ended = _signed(arguments.body)
    wanted = Wanted(
        takes_effect_on=arguments.day or clock.today(),
        name=arguments.name.strip(),
        slug=arguments.new_slug,
        ars=arguments.ars,
        primary_host=arguments.primary_host.lower(),
        add_hosts=tuple(host.lower() for host in added),
        drop_hosts=tuple(host.lower() for host in dropped),
        add_bodies=tuple(map(_body, begun)),
        end_bodies=tuple(ended),
    )
    request_change(
        number=number, wanted=wanted, by=members.OPERATOR, at=clock.now(), reason=arguments.reason.strip()
    )
    members.print_member(number, as_json=arguments.json)
    return 0


def _signed(given: list[str]) -> tuple[list[str], list[str]]:
    """What begins with a minus goes, everything else comes; the plus may be left out."""
    return (
        [text.removeprefix("+") for text in given if not text.startswith("-")],
        [text.removeprefix("-") for text in given if text.startswith("-")],
    )


def _body(text: str) -> BodyInput:
    ags, _colon, name = text.strip().partition(":")
    known = known_body(ags.strip())
    return BodyInput(ags=ags.strip(), name=name.strip() or (known.name if known else ""))
