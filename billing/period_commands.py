# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""`verbund billing population`: what an allocation needs, on the command line."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path

from billing import population
from billing.population_file import LARGEST_BYTES
from verbund.kernel import clock, context
from verbund.kernel.actors import Actor
from verbund.kernel.errors import Invalid

_CLI = Actor(kind="system", id="cli", role="finance", name="Kommandozeile")


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands to the command line."""
    parser = subparsers.add_parser("billing", help="Kosten verteilen")
    actions = parser.add_subparsers(required=True, metavar="AKTION")
    reading = actions.add_parser("population", help="Einwohnerzahlen des Statistikamts einlesen")
    reading.add_argument("--file", required=True, type=Path, metavar="DATEI", help="Tabelle als CSV")
    reading.add_argument(
        "--reference-date", required=True, type=date.fromisoformat, metavar="JJJJ-MM-TT", help="Stichtag"
    )
    reading.add_argument("--census", required=True, help="Zensusbasis, zum Beispiel „Zensus 2022“")
    reading.add_argument("--source", required=True, help="Veröffentlichung, zum Beispiel „A I 4 – j / 24“")
    reading.add_argument("--dry-run", action="store_true", help="nur prüfen, nichts schreiben")
    reading.add_argument("--json", action="store_true", help="Ausgabe für Programme")
    reading.set_defaults(run=run_population)


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
