# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""`verbund search rebuild`: the index of one municipality or of all on the command line."""

from __future__ import annotations

import argparse
import json
import sys
import time

from rich.console import Console
from rich.progress import Progress

from tenants import directory
from tenants.states import WITH_DATA
from verbund.kernel import context
from verbund.kernel.context import Municipality
from verbund.kernel.errors import NotFound
from verbund.search import index


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("search", help="Suche der Kommunen")
    actions = parser.add_subparsers(required=True, metavar="AKTION")
    rebuilding = actions.add_parser(
        "rebuild", help="den Suchindex neu aufbauen; gesucht werden kann auch währenddessen"
    )
    whose = rebuilding.add_mutually_exclusive_group(required=True)
    whose.add_argument("--slug", metavar="KÜRZEL", help="eine Kommune")
    whose.add_argument("--all", action="store_true", help="alle Kommunen mit Daten")
    rebuilding.add_argument("--json", action="store_true", help="Ausgabe für Programme")
    rebuilding.set_defaults(run=run_rebuild)


def run_rebuild(arguments: argparse.Namespace) -> int:
    """Progress goes to the error output, what was done to the output."""
    rows = []
    with Progress(console=Console(stderr=True), transient=True) as progress:
        for municipality in _chosen(arguments.slug):
            row = _rebuild(municipality, progress)
            rows.append(row)
            if not arguments.json:
                progress.stop()
                sys.stdout.write("{slug}: {documents} Einträge in {seconds} s\n".format(**row))
                progress.start()
    if arguments.json:
        sys.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2) + "\n")
    return 0


def _chosen(slug: str | None) -> list[Municipality]:
    found = [
        municipality for municipality in directory.in_states(WITH_DATA) if slug in {None, municipality.slug}
    ]
    if slug is not None and not found:
        raise NotFound(
            f"Es gibt keine Kommune „{slug}“ mit Daten. Abhilfe: verbund tenants list nennt alle Kürzel."
        )
    return found


def _rebuild(municipality: Municipality, progress: Progress) -> dict[str, str | int | float]:
    begin, task = time.perf_counter(), progress.add_task(municipality.slug, total=None)
    with context.enter(municipality):
        documents = index.rebuild(lambda done, whole: progress.update(task, completed=done, total=whole))
    progress.remove_task(task)
    return {
        "slug": municipality.slug,
        "documents": documents,
        "seconds": round(time.perf_counter() - begin, 1),
    }
