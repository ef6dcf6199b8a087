# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""`verbund billing open-items|payments|assign`: what is open and what was paid, on the command line."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from django.utils.translation import gettext

from billing.receivables.entry import LARGEST_BYTES
from billing.receivables.open_items import items_listing, unassigned_payments
from billing.receivables.payments import assign, take_payments
from verbund.documents.listings.forms import Form, spooled
from verbund.kernel import clock, context
from verbund.kernel.actors import Actor
from verbund.kernel.errors import Invalid
from verbund.web.texts import day_text, euro_text

_CLI = Actor(kind="system", id="cli", role="finance", name="Kommandozeile")


def add_to(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands below `verbund billing`."""
    listing = actions.add_parser("open-items", help="offene Posten oder Zahlungserinnerungen als Liste")
    listing.add_argument("--overdue", action="store_true", help="nur, was überfällig ist")
    listing.add_argument(
        "--format", choices=[form.value for form in Form], default="csv", help="Form der Liste"
    )
    listing.add_argument("--out", type=Path, metavar="DATEI", help="in diese Datei statt auf die Konsole")
    listing.set_defaults(run=run_listing)
    taking = actions.add_parser("payments", help="Kontoauszug einlesen (camt.053 oder CSV) und zuordnen")
    taking.add_argument("--file", type=Path, metavar="DATEI", help="ohne Datei: was noch zuzuordnen ist")
    taking.add_argument("--json", action="store_true", help="Ausgabe für Programme")
    taking.set_defaults(run=run_payments)
    assigning = actions.add_parser("assign", help="eine Zahlung von Hand zuordnen")
    assigning.add_argument("--payment", required=True, type=int, metavar="NUMMER")
    assigning.add_argument("--document", required=True, metavar="BELEG")
    assigning.add_argument("--cents", required=True, type=int, metavar="CENT", help="Betrag in Cent")
    assigning.add_argument("--reason", default="", metavar="GRUND")
    assigning.set_defaults(run=run_assign)


def run_listing(arguments: argparse.Namespace) -> int:
    """Write the list."""
    form = Form(arguments.format)
    with context.enter_association():
        listing = items_listing(today=clock.today(), overdue=arguments.overdue)
        with spooled(listing, form, issuer=gettext("Verband"), at=clock.now()) as file:
            content = file.read()
    if arguments.out is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return 0
    try:
        arguments.out.write_bytes(content)
    except OSError as error:
        raise Invalid(f"out: {arguments.out} lässt sich nicht schreiben ({error.strerror}).") from error
    return 0


def run_payments(arguments: argparse.Namespace) -> int:
    """Take a statement in, or list what somebody has to look at."""
    with context.enter_association():
        if arguments.file is not None:
            taken = take_payments(content=_read(arguments.file), by=_CLI, at=clock.now())
            if arguments.json:
                sys.stdout.write(json.dumps(asdict(taken), indent=2) + "\n")
            else:
                sys.stdout.write(
                    f"{taken.entries} Umsätze, davon {taken.known} schon bekannt, {taken.matched} zugeordnet, {taken.unmatched} von Hand zuzuordnen.\n"
                )
            return 0
        waiting = [
            {
                "payment": payment.pk,
                "booked_on": payment.booked_on.isoformat(),
                "left_cents": payment.left_cents,
                "payer": payment.payer,
                "text": payment.text,
            }
            for payment in unassigned_payments()
        ]
        if arguments.json:
            sys.stdout.write(json.dumps(waiting, ensure_ascii=False, indent=2) + "\n")
        else:
            sys.stdout.writelines(
                f"{payment.pk}: {day_text(payment.booked_on)} {euro_text(payment.left_cents)} {payment.payer}: {payment.text}\n"
                for payment in unassigned_payments()
            )
    return 0


def run_assign(arguments: argparse.Namespace) -> int:
    """Settle so much of a document with a payment."""
    with context.enter_association():
        assign(
            payment_id=arguments.payment,
            number=arguments.document,
            cents=arguments.cents,
            reason=arguments.reason,
            by=_CLI,
            at=clock.now(),
        )
    sys.stdout.write("Zugeordnet.\n")
    return 0


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_BYTES + 1)
    except OSError as error:
        raise Invalid(f"Die Datei {path} ist nicht lesbar: {error.strerror}.") from error
