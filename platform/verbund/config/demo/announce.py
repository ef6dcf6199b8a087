# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tells whoever started the demo where to go and with which login."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.panel import Panel
from rich.table import Table

_SHOWN = 3


def announce(console: Console, access_file: Path) -> None:
    """Print addresses and logins of the association and the first municipalities."""
    access = json.loads(access_file.read_text(encoding="utf-8"))
    table = Table(show_header=True, header_style="bold", box=None, pad_edge=False)
    for column in ("Wo", "Wer", "Anmeldung", "Passwort"):
        table.add_column(column, overflow="fold")
    _rows(table, "Verband", access["association"])
    for municipality in access["municipalities"][:_SHOWN]:
        _rows(table, municipality["name"], municipality)
    console.print(Panel(table, title="Verbund läuft", border_style="green"))
    rest = len(access["municipalities"]) - _SHOWN
    more = f"Weitere {rest} Kommunen, " if rest > 0 else ""
    console.print(f"{more}Passwörter und API-Schlüssel: {access_file}")
    console.print(f"Postfach für alle Mails: {access['mail_url']}")
    console.print("Beenden mit Strg-C. Die Daten bleiben erhalten.")


def _rows(table: Table, name: str, part: dict[str, Any]) -> None:
    table.add_row(f"[bold]{name}[/]", "", part["url"], "")
    for account in part["accounts"]:
        table.add_row("", account["role"], account["email"], account["password"])
