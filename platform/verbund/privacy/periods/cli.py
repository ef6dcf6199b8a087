# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""`verbund privacy due|delete`: what is over by its period, counted or deleted."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict

from tenants import directory
from verbund.kernel import clock, context
from verbund.kernel.actors import Actor
from verbund.kernel.errors import NotFound
from verbund.privacy.offers.offering import waiting
from verbund.privacy.periods.counting import Due, all_rules, due, in_words, rule_of
from verbund.privacy.periods.deleting import delete_due

_OPERATOR = Actor(kind="system", id="cli", role="operator", name="Kommandozeile")


def add_actions(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The two words of `verbund privacy` about periods."""
    counting = actions.add_parser("due", help="zählen, wessen Frist vorbei ist")
    deleting = actions.add_parser("delete", help="löschen, wessen Frist vorbei ist (endgültig)")
    deleting.add_argument("--dry-run", action="store_true", help="nur zählen, nichts löschen")
    for action in (counting, deleting):
        action.add_argument("--slug", required=True, metavar="KÜRZEL", help="die Kommune")
        action.add_argument("--kind", default="", metavar="ART", help="nur diese Art; ohne Angabe alle")
        action.add_argument("--json", action="store_true", help="Ausgabe für Programme")
        action.set_defaults(run=run, dry_run=True)
    deleting.set_defaults(dry_run=False)


def run(arguments: argparse.Namespace) -> int:
    """Counts first, then deletes unless told otherwise."""
    municipality = directory.by_slug(arguments.slug)
    if municipality is None:
        raise NotFound(f"Es gibt keine aktive Kommune „{arguments.slug}“.")
    at = clock.now()
    with context.enter(municipality):
        chosen = [rule_of(arguments.kind)] if arguments.kind else list(all_rules().values())
        found = due(chosen, at=at)
        kept = {rule.slug: waiting(rule, at=at) for rule in chosen}
        deleted = {} if arguments.dry_run else delete_due(slug=arguments.kind, by=_OPERATOR, at=at)
    if arguments.json:
        rows = [
            {
                **asdict(row),
                "label": str(row.label),
                "waiting_for_archive": kept[row.slug],
                "deleted": deleted.get(row.slug, 0),
            }
            for row in found
        ]
        sys.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2, default=str) + "\n")
    else:
        sys.stdout.write("".join(_line(row, kept[row.slug], deleted.get(row.slug)) for row in found))
    return 0


def _line(row: Due, kept: int, deleted: int | None) -> str:
    figures = f"fällig {row.now}, davon beim Archiv {kept}, in 30 Tagen {row.soon}, angehalten {row.held}"
    gone = "" if deleted is None else f", gelöscht {deleted}"
    return f"{row.slug} ({row.label}): {in_words(row.months)}; {figures}{gone}\n"
