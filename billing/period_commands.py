# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""`verbund billing population|calculate|verify|approve|close`: costs shared on the command line."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.table import Table

from billing import population, signing
from billing.allocation import reading
from billing.allocation.money import euros
from billing.allocation.run import Run, calculate
from billing.allocation.verifying import first_difference
from billing.closing import commands as closing_commands
from billing.collection import commands as collection_commands
from billing.derivation import derivation
from billing.gathering import Plan, material_of, member_key
from billing.issuing import commands as issuing_commands
from billing.plan import plan_of
from billing.population_file import LARGEST_BYTES
from billing.postings import commands as posting_commands
from billing.receivables import commands as receivable_commands
from billing.refusals import spoken
from billing.usage_report import usage_report
from tenants.models import Tenant
from verbund.kernel import clock, context
from verbund.kernel.actors import Actor
from verbund.kernel.errors import Invalid, NotFound
from verbund.metering.periods import Period, parse_period

_LARGEST_PLAN, _LARGEST_RECORD = 5 * 1024 * 1024, 500 * 1024 * 1024
_DIFFERS = 1
_CLI = Actor(kind="system", id="cli", role="finance", name="Kommandozeile")


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands to the command line."""
    parser = subparsers.add_parser("billing", help="Kosten verteilen")
    actions = parser.add_subparsers(required=True, metavar="AKTION")
    taking = actions.add_parser("population", help="Einwohnerzahlen des Statistikamts einlesen")
    taking.add_argument("--file", required=True, type=Path, metavar="DATEI", help="Tabelle als CSV")
    taking.add_argument(
        "--reference-date", required=True, type=date.fromisoformat, metavar="JJJJ-MM-TT", help="Stichtag"
    )
    taking.add_argument("--census", required=True, help="Zensusbasis, zum Beispiel „Zensus 2022“")
    taking.add_argument("--source", required=True, help="Veröffentlichung, zum Beispiel „A I 4 – j / 24“")
    taking.add_argument("--dry-run", action="store_true", help="nur prüfen, nichts schreiben")
    taking.add_argument("--json", action="store_true", help="Ausgabe für Programme")
    taking.set_defaults(run=run_population)
    calculating = actions.add_parser(
        "calculate", help="die Kosten eines Monats verteilen und den Rechenlauf behalten"
    )
    calculating.add_argument("--period", required=True, metavar="JJJJ-MM", help="Monat, zum Beispiel 2026-11")
    calculating.add_argument(
        "--plan",
        type=Path,
        metavar="DATEI",
        help="nach einer Datei statt nach den Büchern (JSON); nichts wird geschrieben",
    )
    calculating.add_argument("--dry-run", action="store_true", help="nur zeigen, nichts schreiben")
    signing.add_arguments(calculating)
    form = calculating.add_mutually_exclusive_group()
    form.add_argument("--tenant", metavar="KÜRZEL", help="die Herleitung für eine Kommune")
    form.add_argument("--json", action="store_true", help="die ganze Rechnung mit allen Herleitungen")
    calculating.set_defaults(run=run_calculate)
    verifying = actions.add_parser("verify", help="eine gespeicherte Rechnung nachrechnen")
    verifying.add_argument(
        "--file", required=True, type=Path, metavar="DATEI", help="Ausgabe von calculate --json"
    )
    verifying.set_defaults(run=run_verify)
    for commands in (
        closing_commands,
        issuing_commands,
        posting_commands,
        receivable_commands,
        collection_commands,
    ):
        commands.add_to(actions)


def run_population(arguments: argparse.Namespace) -> int:
    """Take the figures in, or only say what that would do."""
    content = read(arguments.file, LARGEST_BYTES)
    with context.enter_association():
        if arguments.dry_run:
            taken = population.look_at(
                content=content,
                reference_date=arguments.reference_date,
                census=arguments.census,
                today=clock.today(),
            )
        else:
            taken = population.read_population(
                content=content,
                reference_date=arguments.reference_date,
                census=arguments.census,
                source=arguments.source,
                by=_CLI,
                at=clock.now(),
            )
    if arguments.json:
        values = {**asdict(taken), "dry_run": arguments.dry_run}
        sys.stdout.write(json.dumps(values, ensure_ascii=False, indent=2) + "\n")
        return 0
    sys.stdout.write(
        f"{taken.municipalities} Gemeinden mit {taken.inhabitants} Einwohnern, {taken.passed_over} Summenzeilen übergangen.\n"
    )
    sys.stdout.writelines(f"Fehlt: {name}.\n" for name in taken.missing)
    if arguments.dry_run:
        sys.stdout.write("Probelauf: Es wurde nichts geschrieben.\n")
    elif not taken.is_new:
        sys.stdout.write("Diese Datei war schon eingelesen; es hat sich nichts geändert.\n")
    return 0


def run_calculate(arguments: argparse.Namespace) -> int:
    """Share the costs of the books, or of a plan, by the real counters; says beside it what is not counted yet."""
    if arguments.plan is None and not arguments.tenant:
        return (closing_commands.run_trial if arguments.dry_run else closing_commands.run_calculate)(
            arguments
        )
    period = parse_period(arguments.period)
    with spoken():
        run = calculate(material_of(period, _plan(period, arguments.plan)))
    if period.after > clock.today():
        sys.stderr.write("Der Monat ist noch nicht zu Ende; die Zahlen sind vorläufig.\n")
    for row in usage_report(period=period).waiting:
        sys.stderr.write(f"Noch nicht gezählt: {row.unpushed} Vorgänge von {row.tenant}.\n")
    if arguments.json:
        sys.stdout.write(run.record().decode())
    elif arguments.tenant:
        _explain(run, arguments.tenant)
    else:
        _table(run)
    return 0


def _plan(period: Period, file: Path | None) -> Plan:
    if file is None:
        with context.enter_association():
            return plan_of(period).plan
    return reading.read(Plan, reading.parsed(read(file, _LARGEST_PLAN)), "plan")


def run_verify(arguments: argparse.Namespace) -> int:
    """Whether the figures of a record follow from what went in."""
    with spoken():
        difference = first_difference(read(arguments.file, _LARGEST_RECORD))
    if difference is not None:
        sys.stderr.write(f"Die Rechnung stimmt nicht: Die erste Abweichung steht bei „{difference}“.\n")
        return _DIFFERS
    sys.stdout.write("Die Rechnung stimmt: Sie ergibt Byte für Byte dasselbe.\n")
    return 0


def _explain(run: Run, slug: str) -> None:
    with context.enter_association():
        tenant = Tenant.objects.filter(slug=slug).first()
    if tenant is None:
        raise NotFound(f"Die Kommune „{slug}“ gibt es nicht.")
    for share in run.shares:
        if share.member == member_key(tenant):
            sys.stdout.writelines(f"{sentence}\n" for sentence in (*derivation(run, share), ""))


def _table(run: Run) -> None:
    names = {item.member: item.name for item in run.material.memberships}
    table = Table("Kommune", "Kostenstelle oder Dienst", "Zähler", "Betrag")
    for share in run.shares:
        table.add_row(names[share.member], share.cost_centre, "", euros(share.cents))
    for line in run.charges:
        table.add_row(names[line.member], line.service, line.meter or "Grundpreis", euros(line.cents))
    Console().print(table)


def read(path: Path, most: int) -> bytes:
    """A file's bytes, one more than allowed at most.

    Raises:
        Invalid: it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return file.read(most + 1)
    except OSError as error:
        raise Invalid(f"Die Datei {path} ist nicht lesbar: {error.strerror}.") from error
