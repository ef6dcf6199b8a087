# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""`verbund usage report`: what was used in a month, as CSV or JSON."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from billing.usage_report import as_csv, as_json, usage_report
from verbund.kernel.errors import DomainError
from verbund.metering.periods import parse_period

_REFUSED = 2
_FAILED = 1


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser("usage", help="Nutzung berichten")
    actions = parser.add_subparsers(required=True, metavar="AKTION")
    report = actions.add_parser("report", help="Nutzung eines Monats")
    report.add_argument("--period", required=True, metavar="JJJJ-MM", help="Monat, zum Beispiel 2026-11")
    report.add_argument(
        "--tenant", metavar="KÜRZEL", help="nur eine Kommune; „verbund“ ist der Verband selbst"
    )
    report.add_argument("--format", choices=("csv", "json"), default="csv", help="Form der Ausgabe")
    report.add_argument("--out", type=Path, metavar="DATEI", help="in diese Datei statt auf die Konsole")
    report.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Write the report; what is not counted yet is said beside it, never silently left out."""
    try:
        report = usage_report(period=parse_period(arguments.period), tenant=arguments.tenant)
    except DomainError as refusal:
        sys.stderr.write(f"{refusal.message}\n")
        return _REFUSED
    text = as_csv(report) if arguments.format == "csv" else as_json(report)
    if arguments.out is None:
        sys.stdout.write(text)
    else:
        try:
            arguments.out.write_text(text, encoding="utf-8")
        except OSError as error:
            sys.stderr.write(f"out: {arguments.out} lässt sich nicht schreiben ({error.strerror}).\n")
            return _FAILED
    for row in report.waiting:
        sys.stderr.write(f"Noch nicht gezählt: {row.unpushed} Vorgänge von {row.tenant}.\n")
    return 0
