# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""`verbund isolation-proof`: makes two municipalities, tries everything between them, removes them, writes it down."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from tenants import directory
from verbund.kernel.errors import Conflict
from verbund.proof.document import document
from verbund.proof.ledger import Ledger
from verbund.proof.leftovers import try_commands, try_leftovers
from verbund.proof.municipalities import two_municipalities
from verbund.proof.report import as_report, from_report, lines_of
from verbund.proof.trials import run_trials

_SECONDS = 900


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser(
        "isolation-proof",
        help="Mandantentrennung nachweisen: jede Adresse, jede Rolle, jeder Schlüssel zwischen zwei Kommunen",
    )
    parser.add_argument("--json", type=Path, metavar="DATEI", help="Ergebnis für Programme")
    parser.add_argument("--pdf", type=Path, metavar="DATEI", help="Mandantentrennungs-Nachweis als Dokument")
    parser.add_argument("--erster-fehler", action="store_true", help="beim ersten Fehler aufhören")
    parser.add_argument("--versuche", default="", metavar="NAMEN", help=argparse.SUPPRESS)
    parser.add_argument("--adressen", default="", metavar="TEXT", help=argparse.SUPPRESS)
    parser.add_argument("--zwischen", nargs=2, metavar="KÜRZEL", help=argparse.SUPPRESS)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """0: everything held; 1: something did not."""
    if arguments.zwischen:
        first, second = arguments.zwischen
        ledger = run_trials(
            (first, second),
            stop_at_first=arguments.erster_fehler,
            chosen=frozenset(filter(None, arguments.versuche.split(","))),
            only=arguments.adressen,
        )
        return _finish(ledger, arguments)
    with two_municipalities() as slugs:
        ledger = _as_application(slugs, arguments)
        keys = [found.key for slug in slugs if (found := directory.by_slug(slug))]
        if not arguments.versuche:
            try_commands(slugs, ledger)
    if not arguments.versuche:
        try_leftovers(keys, ledger)
    return _finish(ledger, arguments)


def _finish(ledger: Ledger, arguments: argparse.Namespace) -> int:
    report = as_report(ledger)
    if arguments.json:
        arguments.json.write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    if arguments.versuche or arguments.adressen:
        sys.stdout.write("Nur einzelne Versuche: das ist kein Nachweis.\n")
    elif arguments.pdf:
        arguments.pdf.write_bytes(document(report))
    if not arguments.zwischen:
        sys.stdout.write("\n".join(lines_of(report)) + "\n")
    return 0 if ledger.is_green else 1


def _as_application(slugs: tuple[str, str], arguments: argparse.Namespace) -> Ledger:
    """The trials in a process that holds the application's login, as a web server does; not the owner's."""
    environment = {**os.environ, "VERBUND_ROLE": "web"}
    platform = Path(settings.VERBUND.vault_credentials).with_name("platform.json")
    if platform.exists():
        environment["VERBUND_VAULT_CREDENTIALS"] = str(platform)
    with tempfile.TemporaryDirectory(prefix="verbund-nachweis-") as folder:
        target = Path(folder) / "ergebnis.json"
        command: list[Any] = [
            sys.executable, "-m", "verbund.config.cli", "isolation-proof", "--zwischen", *slugs, "--json", target,
        ]  # fmt: skip
        command += ["--erster-fehler"] if arguments.erster_fehler else []
        command += ["--versuche", arguments.versuche, "--adressen", arguments.adressen]
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=_SECONDS, check=False
        )
        if not target.exists():
            raise Conflict(
                _("Der Nachweis ist abgebrochen: %(reason)s") % {"reason": done.stderr.strip()[-2000:]}
            )
        return from_report(json.loads(target.read_text(encoding="utf-8")))
