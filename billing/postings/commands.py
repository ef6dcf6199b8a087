# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""`verbund billing export|account`: postings for the accounting program, on the command line."""

from __future__ import annotations

import argparse
import json
import sys
from hashlib import sha256
from pathlib import Path

from billing.costs.models import Regime
from billing.postings import accounts
from billing.postings.exporting import batch_of, export, preview
from billing.postings.profiles import SHIPPED
from verbund.kernel import clock, context
from verbund.kernel.actors import Actor
from verbund.kernel.errors import Invalid
from verbund.metering.periods import parse_period

_CLI = Actor(kind="system", id="cli", role="finance", name="Kommandozeile")


def add_to(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands below `verbund billing`."""
    exporting = actions.add_parser("export", help="Buchungen eines Monats ausgeben, jeden Beleg einmal")
    exporting.add_argument("--period", metavar="JJJJ-MM", help="abgerechneter Monat, zum Beispiel 2026-11")
    exporting.add_argument(
        "--profile", default="datev-extf", metavar="PROFIL", help=f"{', '.join(SHIPPED)} oder ein eigenes"
    )
    exporting.add_argument(
        "--out", type=Path, default=Path(), metavar="ORDNER", help="wohin die Dateien kommen"
    )
    exporting.add_argument(
        "--batch", type=int, metavar="NUMMER", help="eine frühere Ausgabe noch einmal, Byte für Byte"
    )
    exporting.add_argument("--dry-run", action="store_true", help="nur zeigen, nichts ausgeben")
    exporting.add_argument("--json", action="store_true", help="Ausgabe für Programme")
    exporting.set_defaults(run=run_export)
    account = actions.add_parser("account", help="Personenkonto eines Mitglieds oder Erlöskonto festlegen")
    whose = account.add_mutually_exclusive_group(required=True)
    whose.add_argument("--member", metavar="KÜRZEL", help="das Mitglied")
    whose.add_argument("--regime", choices=Regime.values, help="die Steuerart der Erlöse")
    account.add_argument("--service", default="", metavar="DIENST", help="nur für diesen Dienst")
    account.add_argument("--account", required=True, metavar="KONTO")
    account.add_argument(
        "--tax-key", default="", metavar="SCHLÜSSEL", help="Steuerschlüssel (BU), bis vier Ziffern"
    )
    account.add_argument("--product", default="", metavar="PRODUKT", help="Produkt im Haushalt")
    account.set_defaults(run=run_account)


def run_export(arguments: argparse.Namespace) -> int:
    """Write the files of what is waiting, or one of before."""
    with context.enter_association():
        if arguments.batch is not None:
            found = batch_of(arguments.batch)
            files = [_entry(found.filename, bytes(found.content), found.postings, found.cents, found.pk)]
            contents = [bytes(found.content)]
        else:
            if not arguments.period:
                raise Invalid("period: Nennen Sie den Monat, zum Beispiel --period 2026-11.")
            month, now = parse_period(arguments.period).first, clock.now()
            if arguments.dry_run:
                shown = preview(month=month, profile=arguments.profile, exported_by=_CLI.name, at=now)
                files = [
                    _entry(file.filename, file.content, file.postings, file.cents, None) for file in shown
                ]
                contents = []
            else:
                made = export(month=month, profile=arguments.profile, by=_CLI, at=now)
                contents = [bytes(batch.content) for batch in made]
                files = [
                    _entry(batch.filename, bytes(batch.content), batch.postings, batch.cents, batch.pk)
                    for batch in made
                ]
    for file, content in zip(files, contents, strict=False):
        _write(arguments.out / str(file["file"]), content, file["batch"])
    _tell(files, as_json=arguments.json, is_dry=arguments.dry_run)
    return 0


def run_account(arguments: argparse.Namespace) -> int:
    """Keep the account."""
    with context.enter_association():
        if arguments.member:
            accounts.set_member_account(
                slug=arguments.member, account=arguments.account, by=_CLI, at=clock.now()
            )
        else:
            accounts.set_income_account(
                regime=arguments.regime,
                service=arguments.service,
                account=arguments.account,
                tax_key=arguments.tax_key,
                product=arguments.product,
                by=_CLI,
                at=clock.now(),
            )
    sys.stdout.write("Das Konto ist eingetragen.\n")
    return 0


def _entry(name: str, content: bytes, postings: int, cents: int, batch: int | None) -> dict[str, object]:
    return {
        "file": name,
        "batch": batch,
        "postings": postings,
        "cents": cents,
        "sha256": sha256(content).hexdigest(),
    }


def _write(path: Path, content: bytes, batch: object) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise Invalid(
            f"out: {path} lässt sich nicht schreiben ({error.strerror}). Die Ausgabe ist gespeichert; holen Sie sie mit --batch {batch}."
        ) from error


def _tell(files: list[dict[str, object]], *, as_json: bool, is_dry: bool) -> None:
    if as_json:
        sys.stdout.write(json.dumps({"dry_run": is_dry, "files": files}, ensure_ascii=False, indent=2) + "\n")
        return
    if not files:
        sys.stdout.write("Nichts Neues: Alle Belege dieses Monats sind mit diesem Profil schon ausgegeben.\n")
    for file in files:
        number = f", Ausgabe {file['batch']}" if file["batch"] else ""
        sys.stdout.write(f"{file['file']}: {file['postings']} Buchungen{number}.\n")
    if is_dry:
        sys.stdout.write("Probelauf: Es wurde nichts geschrieben.\n")
