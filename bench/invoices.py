# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Part (g): the documents of a month, 37 invoices each as XRechnung in both syntaxes, checked, and as PDF with the XML inside."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from statistics import median
from typing import Any

from rich.console import Console
from rich.table import Table

from bench.server import Server
from bench.targets import Kept
from billing.issuing.draft import Address, Buyer, Draft, Kind, Line, Regime, Seller
from billing.issuing.invoices import cii, ubl
from billing.issuing.leitweg import with_check_digits
from billing.issuing.paper.letters import letter
from billing.issuing.rules.checking import Syntax, findings, warm_up

MEMBERS, SEED = 37, 20261128
# Of the thirty seconds for a whole month's run (finance.md 5.7); the rest is the database's.
MONTH_S = 30.0
AT = datetime(2026, 11, 12, 9, tzinfo=UTC)
SELLER = Seller(
    name="Beispielverband für Informationstechnik",
    address=Address(street="Markt 1", postcode="15926", city="Luckau"),
    identifier="VERBAND",
    contact="Abrechnung",
    phone="03544 12345",
    email="abrechnung@verband.example",
    iban="DE02120300000000202051",
    vat_id="DE136695976",
)
Tell = Callable[[str], None]


def measure(_server: Server | None = None, *, tell: Tell = lambda _line: None) -> dict[str, Any]:
    """Needs no server: what is measured is writing, checking and setting."""
    tell("invoices: the rules are compiled")
    started = time.perf_counter()
    for syntax in Syntax:
        warm_up(syntax)
    compiled_s = time.perf_counter() - started
    steps: dict[str, list[float]] = {"written": [], "checked": [], "set": []}
    broken = size = 0
    started = time.perf_counter()
    for number, draft in enumerate(_drafts(), start=1):
        tell(f"invoices: {number} of {MEMBERS}")
        found, content = _document(draft, steps)
        broken += found
        size += content
    month_s = time.perf_counter() - started
    return {
        "documents": MEMBERS,
        "lines_each": len(draft.lines),
        "rules_not_kept": broken,
        "compiled_s": round(compiled_s, 2),
        "month_s": round(month_s, 2),
        "with_compiling_s": round(compiled_s + month_s, 2),
        "bytes": size,
        "median_ms": {name: round(median(times) * 1000, 1) for name, times in steps.items()},
    }


def _document(draft: Draft, steps: dict[str, list[float]]) -> tuple[int, int]:
    """How many rules of any weight it does not keep, and how large it is."""
    begun = time.perf_counter()
    xml, inner = ubl.write(draft), cii.write(draft)
    written = time.perf_counter()
    found = (*findings(xml, Syntax.UBL), *findings(inner, Syntax.CII))
    checked = time.perf_counter()
    pdf = letter(draft, at=AT, cii=inner)
    steps["written"].append(written - begun)
    steps["checked"].append(checked - written)
    steps["set"].append(time.perf_counter() - checked)
    return len(found), len(xml) + len(pdf)


def _drafts() -> list[Draft]:
    """All different, since typst remembers what it has set before; the three regimes take turns."""
    chance = random.Random(SEED)  # noqa: S311 (the same documents every time)
    regimes = (Regime.PUB, Regime.CSG, Regime.STD)
    return [
        Draft(
            kind=Kind.INVOICE,
            regime=regimes[number % len(regimes)],
            seller=SELLER,
            buyer=Buyer(
                name=f"Gemeinde {number}",
                address=Address(street=f"Hauptstraße {number}", postcode="15926", city=f"Ort {number}"),
                leitweg_id=with_check_digits(f"12{number:010d}"),
                customer_number=f"{10_000 + number}",
            ),
            period_from=date(2026, 10, 1),
            period_to=date(2026, 10, 31),
            issued_on=AT.date(),
            due_on=date(2026, 12, 14),
            lines=tuple(_line(chance, place) for place in range(1, 13)),
            number=f"RE-2026-{number:05d}",
        )
        for number in range(1, MEMBERS + 1)
    ]


def _line(chance: random.Random, place: int) -> Line:
    cents, numerator, whole = chance.randint(1, 10**6), chance.randint(1, 50_000), 1_200_000
    return Line(
        text=f"Dienst {place}",
        net_cents=cents,
        service=f"s{place}",
        basis=f"{numerator} von {whole} Einwohnern",
        derivation=(
            f"Zu verteilen sind {cents * whole // numerator} Cent.",
            f"Der Anteil ist {numerator} / {whole}, Schlüssel Einwohner, Fassung 1.",
            f"Das ergibt {cents} Cent.",
        ),
    )


def show(console: Console, figures: dict[str, Any]) -> None:
    table = Table(title=f"{figures['documents']} invoices of {figures['lines_each']} lines")
    for title in ("step", "ms each"):
        table.add_column(title)
    for name, value in figures["median_ms"].items():
        table.add_row(name, str(value))
    console.print(table)
    console.print(
        f"All in {figures['month_s']} s, after the rules were compiled in {figures['compiled_s']} s; {figures['bytes']} bytes."
    )


def check(figures: dict[str, Any]) -> list[Kept]:
    whole = figures["with_compiling_s"]
    return [
        Kept(
            "37 invoices checked and set, rules compiled anew",
            MONTH_S,
            whole,
            whole < MONTH_S and figures["rules_not_kept"] == 0,
            "s",
        )
    ]


def main() -> None:
    """`python -m bench.invoices`: this part alone, without a server."""
    console = Console()
    figures = measure(tell=console.print)
    show(console, figures)
    for kept in check(figures):
        console.print(kept.as_json())


if __name__ == "__main__":
    main()
