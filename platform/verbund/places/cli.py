# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""`verbund places import`: a municipality's address list on the command line."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from tenants import directory
from verbund.kernel import clock, context
from verbund.kernel.actors import Actor
from verbund.kernel.errors import NotFound
from verbund.places import importing
from verbund.places.importing import ImportResult

_OPERATOR = Actor(kind="system", id="cli", role="operator", name="Kommandozeile")


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("places", help="Adressen einer Kommune")
    actions = parser.add_subparsers(required=True, metavar="AKTION")
    taking = actions.add_parser(
        "import", help="eine Adressliste einspielen; sie ersetzt die bisherige (zurück: die alte einspielen)"
    )
    taking.add_argument("--tenant", required=True, metavar="KÜRZEL", help="die Kommune")
    taking.add_argument(
        "--file",
        required=True,
        type=Path,
        help="amtliche Hauskoordinaten, oder eine Liste mit street;number;postcode;place;lat;lon",
    )
    taking.add_argument("--dry-run", action="store_true", help="nur zählen, nichts ändern")
    taking.add_argument("--skip-refused", action="store_true", help="fehlerhafte Zeilen weglassen")
    taking.add_argument("--json", action="store_true", help="Ausgabe für Programme")
    taking.set_defaults(run=run_import)


def run_import(arguments: argparse.Namespace) -> int:
    """Without --skip-refused a single wrong line stops the import; the exit code is then 1."""
    municipality = directory.by_slug(arguments.tenant)
    if municipality is None:
        raise NotFound(f"Es gibt keine aktive Kommune „{arguments.tenant}“.")
    content = arguments.file.read_bytes()
    with context.enter(municipality):
        result = importing.preview_addresses(content)
        is_stopped = bool(result.refused) and not arguments.skip_refused
        if not arguments.dry_run and not is_stopped:
            result = importing.import_addresses(
                content=content, skip_refused=True, by=_OPERATOR, at=clock.now()
            )
    if arguments.json:
        sys.stdout.write(json.dumps(asdict(result), ensure_ascii=False, indent=2) + "\n")
    else:
        sys.stdout.write(_words(result))
    return 1 if is_stopped else 0


def _words(result: ImportResult) -> str:
    lines = [
        f"neu {result.added}, verschoben {result.changed}, unverändert {result.kept}, entfallen {result.removed}",
        f"andere Kommune oder gelöscht {result.passed_over}, fehlerhaft {result.refused}",
        *(
            f"  Zeile {error.row}, {error.column or 'ganze Zeile'}: {error.message}"
            for error in result.errors
        ),
        "eingespielt" if result.is_saved else "nichts geändert",
    ]
    return "\n".join(lines) + "\n"
