# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""`verbund audit verify`: does every row of the record still hold, and is it all still there?"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Collection, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from verbund.audit import anchoring, chain, restarts
from verbund.kernel import clock, context
from verbund.kernel.context import Municipality
from verbund.kernel.errors import Invalid
from verbund.kernel.ports import port

# A record outlives the service: it is checked as long as it is there.
_WITH_DATA = frozenset({"ACTIVE", "SUSPENDED", "LEAVING"})


class _Directory(Protocol):
    def in_states(self, states: Collection[str]) -> list[Municipality]: ...


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("audit", help="Protokoll prüfen")
    actions = parser.add_subparsers(required=True, metavar="AKTION")
    verify = actions.add_parser("verify", help="die Kette der Einträge nachrechnen")
    verify.add_argument("--tenant", metavar="KÜRZEL", help="nur diese Kommune; `association` für den Verband")
    verify.add_argument("--since", type=date.fromisoformat, metavar="JJJJ-MM-TT", help="ab diesem Tag")
    verify.add_argument("--until", type=date.fromisoformat, metavar="JJJJ-MM-TT", help="bis zu diesem Tag")
    verify.add_argument(
        "--anchors",
        type=Path,
        metavar="DATEI",
        help="zusätzlich mit Ankern vergleichen, die anderswo aufbewahrt werden",
    )
    verify.add_argument("--json", action="store_true", help="Ausgabe für Programme")
    verify.set_defaults(run=run_verify)
    export = actions.add_parser(
        "anchors", help="jetzt verankern und alle Anker ausgeben, um sie anderswo aufzubewahren"
    )
    export.add_argument("--tenant", metavar="KÜRZEL", help="nur diese Kommune; `association` für den Verband")
    export.set_defaults(run=run_anchors)


def run_verify(arguments: argparse.Namespace) -> int:
    """0: every row holds; 1: the first broken row of each schema is named; 2: no such municipality."""
    results = []
    elsewhere = _read(arguments.anchors) if arguments.anchors else []
    for name, entered in _scopes(arguments.tenant):
        with entered:
            broken = (
                chain.verify(arguments.since, arguments.until)
                or anchoring.compare(anchoring.kept(context.current().key))
                or anchoring.compare(elsewhere)
            )
            known = restarts.of_scope(context.current().key)
        result = _result(name, broken)
        results.append(result | {"restarts": [_restart(restart) for restart in known]} if known else result)
        if not arguments.json:
            sys.stdout.write("".join(f"{line}\n" for line in _lines(name, broken, known)))
    if not results:
        sys.stderr.write(f"Es gibt keine Kommune {arguments.tenant}.\n")
        return 2
    if arguments.json:
        sys.stdout.write(json.dumps(results, ensure_ascii=False, indent=2) + "\n")
    return 0 if all(result["ok"] for result in results) else 1


def run_anchors(arguments: argparse.Namespace) -> int:
    """One anchor on each line, as JSON."""
    is_known = False
    for _name, entered in _scopes(arguments.tenant):
        is_known = True
        with entered:
            anchoring.take(at=clock.now())
            for anchor in anchoring.kept(context.current().key):
                sys.stdout.write(anchoring.written(anchor) + "\n")
    if not is_known:
        sys.stderr.write(f"Es gibt keine aktive Kommune {arguments.tenant}.\n")
    return 0 if is_known else 2


def _read(file: Path) -> list[anchoring.Anchor]:
    try:
        return anchoring.read(file.read_text(encoding="utf-8").splitlines())
    except (OSError, UnicodeDecodeError) as error:
        raise Invalid(f"{file} lässt sich nicht lesen.") from error


def _scopes(wanted: str | None) -> Iterator[tuple[str, AbstractContextManager[object]]]:
    if wanted in {None, context.ASSOCIATION.key}:
        yield context.ASSOCIATION.key, context.enter_association()
    with context.enter_association():
        directory: _Directory = port("MunicipalityDirectory")  # type: ignore[assignment]  # named by the spec
        members = directory.in_states(_WITH_DATA)
    for member in members:
        if wanted in {None, member.slug, member.key}:
            yield member.slug, context.enter(member)


def _result(name: str, broken: chain.Broken | None) -> dict[str, Any]:
    if broken is None:
        return {"tenant": name, "ok": True}
    return {
        "tenant": name,
        "ok": False,
        "position": broken.position,
        "day": broken.day.isoformat(),
        "entry": broken.entry,
        "reason": broken.reason,
    }


def _restart(restart: restarts.Restart) -> dict[str, Any]:
    return {**asdict(restart), "at": restart.at.isoformat()}


def _lines(name: str, broken: chain.Broken | None, known: Sequence[restarts.Restart]) -> Iterator[str]:
    yield _line(name, broken)
    for restart in known:
        yield f"    {restart.told()}"


def _line(name: str, broken: chain.Broken | None) -> str:
    if broken is None:
        return f"{name}: in Ordnung"
    entry = f"Eintrag {broken.entry}" if broken.entry is not None else "Eintrag fehlt"
    return f"{name}: gebrochen an Stelle {broken.position} ({entry}, {broken.day:%d.%m.%Y}): {broken.reason}"
