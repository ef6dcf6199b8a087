# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""`verbund privacy export|erase`: what is kept of one person, for programs and for who works at the console."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tenants import directory
from tenants.models import Tenant
from verbund.audit import api as audit
from verbund.kernel import clock, context
from verbund.kernel.actors import Actor
from verbund.kernel.errors import Invalid, NotFound
from verbund.privacy.incidents.cli import add_action
from verbund.privacy.periods.cli import add_actions
from verbund.privacy.persons.looking import Held, Line, erase_person, look

OPERATOR = Actor(kind="system", role="operator", name="Kommandozeile")


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser(
        "privacy", help="Auskunft und Löschung zu einer Person, Datenpannen, Fristen"
    )
    actions = parser.add_subparsers(required=True, metavar="AKTION")
    export = _action(actions, "export", "alles ausgeben, was zu einer Person gespeichert ist")
    export.set_defaults(run=run_export)
    erase = _action(actions, "erase", "löschen, was zu einer Person gelöscht werden darf")
    erase.add_argument("--dry-run", action="store_true", help="nur zeigen, was geschähe")
    erase.add_argument("--confirm", default="", help="das Kürzel noch einmal; ohne Angabe wird gefragt")
    erase.set_defaults(run=run_erase)
    add_action(actions)
    add_actions(actions)


def run_export(arguments: argparse.Namespace) -> int:
    """Everything with its contents; the reading is recorded."""
    with _entered(arguments.slug):
        at = clock.now()
        held = look(arguments.person, at=at)
        audit.record_read(
            action="privacy.person.exported", subject="privacy.person:", by=OPERATOR, at=at, fields=("all",)
        )
        _write(held, as_json=arguments.json, with_fields=True)
    return 0


def run_erase(arguments: argparse.Namespace) -> int:
    """What goes and what stays. 0 also when there was nothing."""
    with _entered(arguments.slug):
        if arguments.dry_run:
            held = look(arguments.person, at=clock.now())
        else:
            _confirm(arguments)
            held = erase_person(email=arguments.person, by=OPERATOR, at=clock.now())
        _write(held, as_json=arguments.json, with_fields=False)
    return 0


def _confirm(arguments: argparse.Namespace) -> None:
    confirmation = arguments.confirm
    if not confirmation and sys.stdin.isatty():
        sys.stderr.write("Das lässt sich nicht zurücknehmen. Zur Bestätigung das Kürzel eingeben: ")
        sys.stderr.flush()
        confirmation = sys.stdin.readline()
    if confirmation.strip() != arguments.slug:
        raise Invalid("Zur Bestätigung fehlt das Kürzel (--confirm). Es wurde nichts gelöscht.")


def _write(held: Held, *, as_json: bool, with_fields: bool) -> None:
    if as_json:
        content = {
            "records": [_as_values(line, with_fields=with_fields) for line in held.lines],
            "apart": [
                {"area": str(apart.area), "purpose": str(apart.purpose), "note": str(apart.said)}
                for apart in held.apart
            ],
            "backups_until": held.backups_until.isoformat(),
        }
        sys.stdout.write(json.dumps(content, ensure_ascii=False, indent=2) + "\n")
        return
    for line in held.lines:
        sys.stdout.write("".join(f"{text}\n" for text in _lines(line, with_fields=with_fields)))
    sys.stdout.write(f"{len(held.going)} löschbar, {len(held.staying)} bleiben.\n")
    sys.stdout.write(f"In Sicherungen steht es noch bis {held.backups_until:%d.%m.%Y}.\n")


def _as_values(line: Line, *, with_fields: bool) -> dict[str, Any]:
    record = line.record
    return {
        "area": str(line.source),
        "kind": str(record.kind),
        "reference": record.reference,
        "count": record.count,
        "at": record.at.isoformat() if record.at else None,
        "erasable": not line.stays,
        "kept_because": str(record.kept_because),
        "remains": str(record.remains),
        **({"fields": [[str(label), value] for label, value in record.fields]} if with_fields else {}),
    }


def _lines(line: Line, *, with_fields: bool) -> Iterator[str]:
    record = line.record
    when = f", {record.at.astimezone(clock.BERLIN):%d.%m.%Y}" if record.at else ""
    fate = "bleibt" if line.stays else "löschbar"
    number = f" ({record.count})" if record.count > 1 else ""
    yield f"{fate:9} {line.source}: {record.kind} {record.reference}".rstrip() + when + number
    if record.kept_because:
        yield f"          {record.kept_because}"
    if with_fields:
        yield from (f"          {label}: {value}" for label, value in record.fields if value)


def _action(actions: Any, name: str, text: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = actions.add_parser(name, help=text)
    parser.add_argument("--person", metavar="E-MAIL", required=True, help="E-Mail-Adresse der Person")
    parser.add_argument(
        "--slug", metavar="KÜRZEL", required=True, help="die Kommune; `association`: der Verband"
    )
    parser.add_argument("--json", action="store_true", help="Ausgabe für Programme")
    return parser


@contextmanager
def _entered(slug: str) -> Iterator[None]:
    """The municipality in whatever state it is, as long as it has data; or the association."""
    with context.enter_association():
        if slug == context.ASSOCIATION.key:
            yield
            return
        tenant = Tenant.objects.prefetch_related("domains", "bodies", "activations").filter(slug=slug).first()
        if tenant is None:
            raise NotFound(f"Es gibt keine Kommune „{slug}“.")
        municipality = directory.describe(tenant)
    with context.enter(municipality):
        yield
