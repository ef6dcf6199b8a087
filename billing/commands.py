# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""`verbund usage`: what was used in a month, for programs and for people; sealing and checking stand beside it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from django.utils.translation import gettext

from billing import seal_commands
from billing.ingest import commands as ingest_commands
from billing.usage_report import UsageReport, as_csv, as_json, as_listing, usage_report
from verbund.documents.listings.forms import Form, spooled
from verbund.kernel.errors import DomainError
from verbund.metering.periods import parse_period

FORMATS = ("csv", "json", "liste", "xlsx", "pdf")
_BINARY = {"xlsx", "pdf"}
_REFUSED = 2
_FAILED = 1


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser("usage", help="Nutzung berichten, versiegeln und nachrechnen")
    actions = parser.add_subparsers(required=True, metavar="AKTION")
    report = actions.add_parser("report", help="Nutzung eines Monats")
    report.add_argument("--period", required=True, metavar="JJJJ-MM", help="Monat, zum Beispiel 2026-11")
    report.add_argument(
        "--tenant", metavar="KÜRZEL", help="nur eine Kommune; „verbund“ ist der Verband selbst"
    )
    report.add_argument(
        "--format",
        choices=FORMATS,
        default="csv",
        help="csv und json für Programme; liste (CSV mit deutschen Überschriften), xlsx und pdf für Menschen",
    )
    report.add_argument("--out", type=Path, metavar="DATEI", help="in diese Datei statt auf die Konsole")
    report.set_defaults(run=run)
    seal_commands.add_to(actions)
    ingest_commands.add_to(actions)


def run(arguments: argparse.Namespace) -> int:
    """Write the report; what is not counted yet is said beside it, never silently left out."""
    try:
        report = usage_report(period=parse_period(arguments.period), tenant=arguments.tenant)
    except DomainError as refusal:
        sys.stderr.write(f"{refusal.message}\n")
        return _REFUSED
    if arguments.out is None and arguments.format in _BINARY and sys.stdout.isatty():
        sys.stderr.write("out: Nennen Sie eine Datei; diese Form ist nichts für die Konsole.\n")
        return _REFUSED
    try:
        content = _content(report, arguments.format)
    except DomainError as refusal:
        sys.stderr.write(f"{refusal.message}\n")
        return _REFUSED
    if arguments.out is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    else:
        try:
            arguments.out.write_bytes(content)
        except OSError as error:
            sys.stderr.write(f"out: {arguments.out} lässt sich nicht schreiben ({error.strerror}).\n")
            return _FAILED
    for row in report.waiting:
        sys.stderr.write(f"Noch nicht gezählt: {row.unpushed} Vorgänge von {row.tenant}.\n")
    return 0


def _content(report: UsageReport, form: str) -> bytes:
    match form:
        case "csv":
            return as_csv(report).encode()
        case "json":
            return as_json(report).encode()
    wanted = Form.CSV if form == "liste" else Form(form)
    with spooled(as_listing(report), wanted, issuer=gettext("Verband"), at=report.made_at) as file:
        return file.read()
