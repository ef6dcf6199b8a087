# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""`verbund billing issue|documents|cancel|issuer|recipients`: documents on the command line."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict, fields
from pathlib import Path

from rich.console import Console
from rich.progress import track
from rich.table import Table

from billing import signing
from billing.allocation.money import euros
from billing.issuing.cancelling import cancel_document
from billing.issuing.details import IssuerDetails, change_issuer
from billing.issuing.draft import Draft
from billing.issuing.issuing import issue_period, preview_period
from billing.issuing.models import Document
from billing.issuing.paper.letters import TITLES
from billing.issuing.recipients_file import LARGEST_BYTES, take_recipients
from billing.issuing.waiting import Failure
from billing.permissions import BillingPermission
from verbund.kernel import clock, context
from verbund.kernel.actors import SYSTEM
from verbund.kernel.errors import Invalid, NotFound
from verbund.metering.periods import parse_period

_FAILED = 1


def add_to(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands below `verbund billing`."""
    issuing = actions.add_parser("issue", help="die Dokumente eines freigegebenen Monats ausstellen")
    issuing.add_argument("--period", required=True, metavar="JJJJ-MM", help="Monat, zum Beispiel 2026-10")
    issuing.add_argument(
        "--dry-run", action="store_true", help="nur prüfen und zeigen, keine Nummer vergeben"
    )
    issuing.add_argument("--json", action="store_true", help="Ausgabe für Programme")
    signing.add_arguments(issuing)
    issuing.set_defaults(run=run_issue)
    listing = actions.add_parser("documents", help="ausgestellte Dokumente zeigen oder speichern")
    listing.add_argument("--period", required=True, metavar="JJJJ-MM", help="abgerechneter Monat")
    listing.add_argument("--out", type=Path, metavar="ORDNER", help="PDF und XML dorthin speichern")
    listing.add_argument("--json", action="store_true", help="Ausgabe für Programme")
    listing.set_defaults(run=run_documents)
    cancelling = actions.add_parser("cancel", help="ein Dokument zurücknehmen, auf Wunsch neu ausstellen")
    cancelling.add_argument("number", metavar="NUMMER", help="zum Beispiel RE-2026-00012")
    cancelling.add_argument(
        "--reason", required=True, metavar="GRUND", help="steht auf der Rechnungskorrektur"
    )
    cancelling.add_argument(
        "--replace", action="store_true", help="mit den heutigen Stammdaten neu ausstellen"
    )
    cancelling.add_argument("--json", action="store_true", help="Ausgabe für Programme")
    signing.add_arguments(cancelling)
    cancelling.set_defaults(run=run_cancel)
    sender = actions.add_parser("issuer", help="wie der Verband auf seinen Dokumenten steht")
    sender.add_argument("--file", required=True, type=Path, metavar="DATEI", help="Angaben als JSON")
    signing.add_arguments(sender)
    sender.set_defaults(run=run_issuer)
    taking = actions.add_parser("recipients", help="Anschriften und Leitweg-IDs der Mitglieder einlesen")
    taking.add_argument(
        "--file", required=True, type=Path, metavar="DATEI", help="Tabelle als CSV (UTF-8, Semikolon)"
    )
    taking.add_argument("--dry-run", action="store_true", help="nur prüfen, nichts schreiben")
    signing.add_arguments(taking)
    taking.set_defaults(run=run_recipients)


def run_issue(arguments: argparse.Namespace) -> int:
    """Issue what is missing; members whose document failed are listed, the others have theirs."""
    period, at, today = parse_period(arguments.period), clock.now(), clock.today()
    with context.enter_association():
        if arguments.dry_run:
            seen = preview_period(period=period, by=SYSTEM, at=at, today=today)
            done, failures = [_drafted(draft) for draft in seen.drafts], seen.failures
            already = seen.already
        else:
            by = signing.signed_by(arguments, BillingPermission.ISSUE, at=at)
            made = issue_period(period=period, by=by, at=at, today=today)
            done, failures = [_issued(row) for row in made.documents], made.failures
            already = made.already
    if arguments.json:
        _write(
            {
                "period": str(period),
                "dry_run": arguments.dry_run,
                "already": already,
                "documents": done,
                "failures": [asdict(failure) for failure in failures],
            }
        )
    else:
        _table(done)
        said = "Probelauf: Es wurde nichts ausgestellt." if arguments.dry_run else f"{len(done)} ausgestellt."
        sys.stdout.write(f"{said} {already} gab es schon.\n")
    _complain(failures)
    return _FAILED if failures else 0


def run_documents(arguments: argparse.Namespace) -> int:
    """The month's documents; with a folder also their files."""
    period = parse_period(arguments.period)
    with context.enter_association():
        rows = list(
            Document.objects.filter(period__month=period.first).select_related("tenant").order_by("number")
        )
        if not rows:
            raise NotFound(f"Für {period} ist noch kein Dokument ausgestellt.")
        if arguments.out is not None:
            for row in track(rows, description="Speichern …", transient=True):
                _save(arguments.out, row)
    if arguments.json:
        _write({"period": str(period), "documents": [_issued(row) for row in rows]})
    else:
        _table([_issued(row) for row in rows])
    return 0


def run_cancel(arguments: argparse.Namespace) -> int:
    """Take the document back."""
    at = clock.now()
    with context.enter_association():
        by = signing.signed_by(arguments, BillingPermission.ISSUE, at=at)
        done = cancel_document(
            number=arguments.number,
            reason=arguments.reason,
            is_replaced=arguments.replace,
            by=by,
            at=at,
            today=clock.today(),
        )
        made = [_issued(row) for row in (done.correction, done.replacement) if row is not None]
    if arguments.json:
        _write({"cancelled": arguments.number, "documents": made})
    else:
        _table(made)
    return 0


def run_issuer(arguments: argparse.Namespace) -> int:
    """Keep the association's details."""
    try:
        given = json.loads(_read(arguments.file))
    except ValueError as error:
        raise Invalid(f"{arguments.file} ist kein JSON: {error}.") from error
    known = {item.name for item in fields(IssuerDetails)}
    if not isinstance(given, dict) or set(given) - known:
        raise Invalid(f"Die Datei nennt genau diese Angaben: {', '.join(sorted(known))}.")
    at = clock.now()
    with context.enter_association():
        by = signing.signed_by(arguments, BillingPermission.EDIT_COSTS, at=at)
        try:
            details = IssuerDetails(**given)
        except TypeError as error:
            raise Invalid(f"In der Datei fehlt etwas: {error}.") from error
        change_issuer(details=details, by=by, at=at)
    sys.stdout.write("Die Angaben gelten ab dem nächsten Dokument.\n")
    return 0


def run_recipients(arguments: argparse.Namespace) -> int:
    """Take the members' details in, or only say what that would do."""
    content, at = _read(arguments.file), clock.now()
    with context.enter_association():
        by = signing.signed_by(arguments, BillingPermission.EDIT_COSTS, at=at)
        taken = take_recipients(content=content, is_dry_run=arguments.dry_run, by=by, at=at)
    sys.stdout.write(f"{taken.changed} geändert, {taken.same} wie vorher.\n")
    sys.stdout.writelines(f"Fehlt noch: {name}.\n" for name in taken.missing)
    if arguments.dry_run:
        sys.stdout.write("Probelauf: Es wurde nichts geschrieben.\n")
    return 0


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_BYTES + 1)
    except OSError as error:
        raise Invalid(f"Die Datei {path} ist nicht lesbar: {error.strerror}.") from error


def _save(folder: Path, row: Document) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{row.number}.pdf").write_bytes(row.pdf)
        if row.xml is not None:
            (folder / f"{row.number}.xml").write_bytes(row.xml)
    except OSError as error:
        raise Invalid(f"out: {folder} lässt sich nicht schreiben ({error.strerror}).") from error


def _issued(row: Document) -> dict[str, object]:
    return {
        "number": row.number,
        "kind": row.kind,
        "title": row.kind_label,
        "regime": row.regime,
        "name": row.content["buyer"]["name"],
        "due_on": row.due_on.isoformat(),
        "gross_cents": row.gross_cents,
        "files": list(row.forms),
        "pdf_sha256": row.pdf_sha256,
        "xml_sha256": row.xml_sha256,
    }


def _drafted(draft: Draft) -> dict[str, object]:
    return {
        "number": "",
        "kind": draft.kind.value,
        "title": TITLES[draft.kind],
        "regime": draft.regime.value,
        "name": draft.buyer.name,
        "due_on": draft.due_on.isoformat(),
        "gross_cents": draft.gross_cents,
    }


def _table(rows: list[dict[str, object]]) -> None:
    table = Table("Nummer", "Was", "An", "Fällig", "Betrag")
    for row in rows:
        table.add_row(
            str(row["number"]) or "–",
            str(row["title"]),
            str(row["name"]),
            str(row["due_on"]),
            euros(int(str(row["gross_cents"]))),
        )
    Console().print(table)


def _complain(failures: tuple[Failure, ...]) -> None:
    for failure in failures:
        sys.stderr.write(f"{failure.name}, {failure.regime}: {failure.sentence}\n")


def _write(values: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(values, ensure_ascii=False, indent=2) + "\n")
