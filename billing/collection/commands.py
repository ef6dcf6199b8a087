# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""`verbund billing creditor|mandate|collect`: direct debits, on the command line."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path

from billing.collection.collecting import collect, collection_of, due_items, note_return
from billing.collection.mandates import end_mandate, enter_mandate, set_creditor
from billing.collection.models import Scheme
from verbund.kernel import clock, context
from verbund.kernel.actors import Actor
from verbund.kernel.errors import Invalid
from verbund.web.texts import euro_text

_CLI = Actor(kind="system", id="cli", role="finance", name="Kommandozeile")


def add_to(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands below `verbund billing`."""
    creditor = actions.add_parser(
        "creditor", help="Konto und Gläubiger-Identifikationsnummer des Verbands festlegen"
    )
    for name in ("--name", "--iban", "--identifier"):
        creditor.add_argument(name, required=True)
    creditor.set_defaults(run=run_creditor)
    mandate = actions.add_parser("mandate", help="SEPA-Mandat eines Mitglieds eintragen oder beenden")
    mandate.add_argument("--reference", required=True, metavar="REFERENZ")
    mandate.add_argument("--member", metavar="KÜRZEL")
    mandate.add_argument("--signed-on", type=date.fromisoformat, metavar="JJJJ-MM-TT")
    mandate.add_argument("--iban", help="die IBAN des Mitglieds")
    mandate.add_argument("--holder", default="", help="Kontoinhaber, sonst der Name des Mitglieds")
    mandate.add_argument("--scheme", choices=Scheme.values, default=Scheme.CORE.value)
    mandate.add_argument(
        "--end", type=date.fromisoformat, metavar="JJJJ-MM-TT", help="das Mandat endet an diesem Tag"
    )
    mandate.set_defaults(run=run_mandate)
    collecting = actions.add_parser("collect", help="Lastschriften als pain.008 ausgeben, jeden Beleg einmal")
    what = collecting.add_mutually_exclusive_group(required=True)
    what.add_argument("--on", type=date.fromisoformat, metavar="JJJJ-MM-TT", help="Tag des Einzugs")
    what.add_argument("--again", metavar="NAME", help="eine frühere Datei noch einmal, Byte für Byte")
    what.add_argument("--returned", metavar="BELEG", help="die Bank hat diesen Einzug zurückgegeben")
    collecting.add_argument("--out", type=Path, default=Path(), metavar="ORDNER")
    collecting.add_argument("--dry-run", action="store_true", help="nur zeigen, nichts ausgeben")
    collecting.add_argument("--json", action="store_true", help="Ausgabe für Programme")
    collecting.set_defaults(run=run_collect)


def run_creditor(arguments: argparse.Namespace) -> int:
    """Keep who collects."""
    with context.enter_association():
        set_creditor(
            name=arguments.name, iban=arguments.iban, identifier=arguments.identifier, by=_CLI, at=clock.now()
        )
    sys.stdout.write("Eingetragen.\n")
    return 0


def run_mandate(arguments: argparse.Namespace) -> int:
    """Keep or end a mandate."""
    with context.enter_association():
        if arguments.end is not None:
            end_mandate(reference=arguments.reference, on=arguments.end, by=_CLI, at=clock.now())
        else:
            missing = [name for name in ("member", "signed_on", "iban") if not getattr(arguments, name)]
            if missing:
                raise Invalid(f"Es fehlt: {', '.join('--' + name.replace('_', '-') for name in missing)}.")
            enter_mandate(
                slug=arguments.member,
                reference=arguments.reference,
                scheme=arguments.scheme,
                signed_on=arguments.signed_on,
                holder=arguments.holder,
                iban=arguments.iban,
                by=_CLI,
                at=clock.now(),
            )
    sys.stdout.write("Eingetragen.\n")
    return 0


def run_collect(arguments: argparse.Namespace) -> int:
    """Make the files, or hand one out again."""
    with context.enter_association():
        if arguments.returned:
            note_return(number=arguments.returned, by=_CLI, at=clock.now())
            sys.stdout.write("Eingetragen. Der Beleg kann wieder eingezogen werden.\n")
            return 0
        if arguments.dry_run and arguments.on:
            due = due_items(collect_on=arguments.on)
            rows = [
                {"number": entry.item.number, "cents": entry.cents, "mandate": entry.mandate.reference}
                for entry in due
            ]
            _tell(
                rows,
                [
                    f"{row['number']}: {euro_text(int(str(row['cents'])))}, Mandat {row['mandate']}"
                    for row in rows
                ],
                arguments,
            )
            return 0
        made = (
            [collection_of(arguments.again)]
            if arguments.again
            else collect(collect_on=arguments.on, by=_CLI, at=clock.now())
        )
        files = [
            (f"{found.message_id}.xml", found.content.encode(), found.cents, found.sha256) for found in made
        ]
    for name, content, _cents, _hash in files:
        _write(arguments.out / name, content)
    rows = [{"file": name, "cents": cents, "sha256": digest} for name, _content, cents, digest in files]
    _tell(rows, [f"{row['file']}: {euro_text(int(str(row['cents'])))}" for row in rows], arguments)
    return 0


def _tell(rows: list[dict[str, object]], lines: list[str], arguments: argparse.Namespace) -> None:
    if arguments.json:
        sys.stdout.write(
            json.dumps({"dry_run": arguments.dry_run, "rows": rows}, ensure_ascii=False, indent=2) + "\n"
        )
        return
    sys.stdout.writelines(f"{line}\n" for line in lines or ["Nichts einzuziehen."])


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise Invalid(
            f"out: {path} lässt sich nicht schreiben ({error.strerror}). Die Datei ist gespeichert; holen Sie sie mit --again {path.stem}."
        ) from error
