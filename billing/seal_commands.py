# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""`verbund usage seal`, `verify` and `meters`: close the counters of a month, recompute everything, say what is counted."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict

from verbund.kernel.errors import DomainError
from verbund.metering.periods import parse_period
from verbund.metering.sealing import seals
from verbund.metering.sealing.verification import Difference, Verification, verify
from verbund.metering.sources import sources

_REFUSED = 2
_DIFFERENT = 1


def add_to(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add both to the actions of `verbund usage`."""
    seal = actions.add_parser(
        "seal", help="Tage und Monate versiegeln; danach ändert sich an ihnen nichts mehr"
    )
    seal.add_argument(
        "--period",
        metavar="JJJJ-MM",
        help="bis zum Ende dieses Monats; ohne Angabe, was älter als sieben Tage ist",
    )
    seal.set_defaults(run=run_seal)
    meters = actions.add_parser("meters", help="alle Zähler mit Einheit, Quelle und Aktualität")
    meters.add_argument("--json", action="store_true", help="als JSON")
    meters.set_defaults(run=run_meters)
    check = actions.add_parser("verify", help="alle Zähler nachrechnen und den ersten Unterschied nennen")
    check.add_argument("--json", action="store_true", help="Ergebnis als JSON")
    check.set_defaults(run=run_verify)


def run_seal(arguments: argparse.Namespace) -> int:
    """Seal what is over; repeating changes nothing."""
    try:
        if arguments.period is None:
            new = seals.seal_what_is_due()
        else:
            new = seals.seal_month(parse_period(arguments.period))
    except DomainError as refusal:
        sys.stderr.write(f"{refusal.message}\n")
        return _REFUSED
    sys.stdout.write(f"Neue Siegel: {new}\n")
    return 0


def run_verify(arguments: argparse.Namespace) -> int:
    """Exit status 1 when something differs."""
    found = verify()
    if arguments.json:
        sys.stdout.write(_as_json(found))
    else:
        sys.stdout.write(
            f"Nachgerechnet: {found.days} Tage und {found.months} Monate mit {found.counters} Zählern.\n"
        )
        if found.value:
            sys.stdout.write(f"Siegel des letzten Monats: {found.value}\n")
        if found.difference is not None:
            sys.stderr.write(f"Erster Unterschied: {_described(found.difference)}\n")
    return 0 if found.difference is None else _DIFFERENT


def run_meters(arguments: argparse.Namespace) -> int:
    """What is counted, in which unit, from which source, and how soon it is in the figures."""
    found = sources()
    if arguments.json:
        sys.stdout.write(json.dumps([asdict(meter) for meter in found], ensure_ascii=False, indent=2) + "\n")
    else:
        for meter in found:
            sys.stdout.write(
                f"{meter.slug}: {meter.label} in {meter.unit}. {meter.source}, spätestens nach {meter.fresh_seconds} Sekunden.\n"
            )
    return 0


def _as_json(found: Verification) -> str:
    content = {"is_exact": found.difference is None, **asdict(found)}
    return json.dumps(content, ensure_ascii=False, indent=2, default=str) + "\n"


_NAMES = {
    "day.chain": "Das Siegel des Tages folgt nicht aus dem davor",
    "month.chain": "Das Siegel des Monats folgt nicht aus dem davor",
    "day.sum": "Die Summe des Zählers ist nicht die versiegelte",
    "day.counters": "Die Zähler des Tages sind nicht die versiegelten",
    "day.roll_up": "Die Tagessumme ist nicht die der Stunden",
    "month.days": "Der Monat passt nicht zu seinen Tagen",
    "received": "Angenommen ist nicht gleich gezählt und zu spät",
}


def _described(difference: Difference) -> str:
    where = [_NAMES[difference.what]]
    if difference.first is not None:
        where.append(
            f"{difference.first:%Y-%m}" if difference.what.startswith("month") else f"{difference.first}"
        )
    if difference.tenant is not None:
        where.append(f"Kommune Nr. {difference.tenant}")
    if difference.meter is not None:
        where.append(difference.meter)
    return f"{', '.join(where)}. Erwartet: {difference.expected}, gefunden: {difference.found}."
