# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""`verbund privacy incident`: the same sheet over several municipalities."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Protocol

from verbund.kernel import clock, context
from verbund.kernel.actors import Actor
from verbund.kernel.context import Municipality
from verbund.kernel.errors import NotFound
from verbund.kernel.ports import port
from verbund.privacy.incidents.sheet import Member, Wanted, areas_of, as_pdf

_OPERATOR: Final = Actor(kind="system", role="operator", name="Kommandozeile")
_WITH_DATA: Final = frozenset({"ACTIVE", "SUSPENDED", "LEAVING"})


class _Directory(Protocol):
    def in_states(self, states: Collection[str]) -> list[Municipality]: ...


def add_action(actions: Any) -> None:
    """Beside `export` and `erase`."""
    parser = actions.add_parser("incident", help="Blatt für die Meldung einer Datenpanne (Art. 33 DSGVO)")
    parser.add_argument("--slug", metavar="KÜRZEL", default="", help="nur diese Kommune; ohne Angabe alle")
    for name, text in (("since", "Beginn"), ("until", "Ende"), ("noticed", "bekannt geworden")):
        parser.add_argument(
            f"--{name}", type=_moment, required=True, metavar="ZEIT", help=f"{text}, 2026-11-22T09:05"
        )
    parser.add_argument("--description", required=True, help="was geschehen ist")
    parser.add_argument("--out", type=Path, metavar="DATEI", help="das Blatt als PDF in diese Datei")
    parser.add_argument("--json", action="store_true", help="Ausgabe für Programme")
    parser.set_defaults(run=run_incident)


def run_incident(arguments: argparse.Namespace) -> int:
    """Which municipalities, which kinds of data; members without any entry are left out."""
    at = clock.now()
    wanted = Wanted(
        since=arguments.since,
        until=arguments.until,
        noticed_at=arguments.noticed,
        description=arguments.description,
    )
    members = []
    for municipality in _members(arguments.slug):
        with context.enter(municipality):
            areas = areas_of(wanted=wanted, by=_OPERATOR, at=at)
        if areas:
            members.append(Member(name=municipality.name, areas=areas))
    if arguments.out:
        issuer = members[0].name if arguments.slug and members else "Verband"
        arguments.out.write_bytes(as_pdf(wanted, members, issuer=issuer, at=at))
    if arguments.json:
        values = {
            "report_until": wanted.report_until.isoformat(),
            "members": [asdict(one) for one in members],
        }
        sys.stdout.write(json.dumps(values, ensure_ascii=False, indent=2) + "\n")
        return 0
    sys.stdout.write(f"Zu melden bis {wanted.report_until.astimezone(clock.BERLIN):%d.%m.%Y %H:%M}\n")
    for member in members:
        for area in member.areas:
            sys.stdout.write(f"{member.name}: {area.label}: {area.objects} Vorgänge, {area.actions}\n")
    return 0


def _members(slug: str) -> list[Municipality]:
    with context.enter_association():
        directory: _Directory = port("MunicipalityDirectory")  # type: ignore[assignment]  # named by the spec
        members = directory.in_states(_WITH_DATA)
    chosen = [member for member in members if slug in {"", member.slug}]
    if slug and not chosen:
        raise NotFound(f"Es gibt keine Kommune „{slug}“.")
    return chosen


def _moment(text: str) -> datetime:
    """In Berlin, where nothing else is said."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=clock.BERLIN)
