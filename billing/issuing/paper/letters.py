# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a document says on paper, in German, and its PDF. Sums and lines are the draft's; nothing is worked out here."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from billing.allocation.money import euros
from billing.issuing.draft import Draft, Kind, Regime, is_invoice
from billing.issuing.invoices.terms import payment_note
from billing.issuing.paper.hybrid import declared
from verbund.documents.pdf import render

_TEMPLATE: Final = Path(__file__).with_name("letter.typ")
TITLES: Final = {
    Kind.NOTICE: "Umlagebescheid",
    Kind.REVOCATION: "Aufhebungsbescheid",
    Kind.INVOICE: "Rechnung",
    Kind.CREDIT: "Rechnungskorrektur",
    Kind.CORRECTION: "Rechnungskorrektur",
}


def letter(draft: Draft, *, at: datetime, cii: bytes | None = None, seal: str = "") -> bytes:
    """The PDF of a document; with ``cii`` inside it is a ZUGFeRD invoice. Without a number it is a preview and says so.

    Raises:
        DocumentFailed: the template does not go with the draft, a mistake of ours.
    """
    values = _values(draft, seal)
    if cii is not None:
        values["xml"] = cii.decode("utf-8")
    title = f"{TITLES[draft.kind]} {draft.number}".strip()
    made = render(_TEMPLATE, title=title, issuer=draft.seller.name, values=values, at=at)
    return declared(made) if cii is not None else made


def _values(draft: Draft, seal: str) -> dict[str, Any]:
    seller, buyer = draft.seller, draft.buyer
    facts = [
        ("Datum", _day(draft.issued_on)),
        ("Nummer", draft.number or "noch keine"),
        ("Zeitraum", f"{_day(draft.period_from)} bis {_day(draft.period_to)}"),
        ("Kundennummer", buyer.customer_number),
        *([("Leitweg-ID", buyer.leitweg_id)] if is_invoice(draft.kind) else []),
        ("Auskunft", f"{seller.contact}, {seller.phone}, {seller.email}"),
    ]
    return {
        "letter": True,
        "preview": not draft.number,
        "sender": f"{seller.name} · {seller.address.street} · {seller.address.postcode} {seller.address.city}",
        "address": [buyer.name, buyer.address.street, f"{buyer.address.postcode} {buyer.address.city}"],
        "facts": [list(fact) for fact in facts],
        "opening": _opening(draft),
        "lines": [
            {
                "text": line.text,
                "basis": line.basis,
                "amount": euros(line.net_cents),
                "derivation": list(line.derivation),
            }
            for line in draft.lines
        ],
        "totals": _totals(draft),
        "closing": _closing(draft, seal),
        "remedy": draft.seller.remedy if not is_invoice(draft.kind) else "",
        "derivation_intro": "So ergibt sich jeder Betrag. Die Zähler sind je Tag und Monat versiegelt und lassen sich nachrechnen.",
    }


def _opening(draft: Draft) -> list[str]:
    said = {
        Kind.NOTICE: f"nach {draft.seller.statute} setzen wir die Umlage für den genannten Zeitraum fest.",
        Kind.REVOCATION: "der genannte Bescheid wird aufgehoben.",
        Kind.INVOICE: "für den genannten Zeitraum berechnen wir:",
        Kind.CREDIT: "für den genannten Zeitraum berichtigen wir zu Ihren Gunsten:",
        Kind.CORRECTION: "die genannte Rechnung nehmen wir zurück:",
    }[draft.kind]
    found = ["Sehr geehrte Damen und Herren,", said]
    for earlier, what in ((draft.earlier, "Bezug"), (draft.replaces, "Ersetzt")):
        if earlier is not None:
            found.append(f"{what}: {earlier.number} vom {_day(earlier.issued_on)}.")
    return [*found, *draft.notes]


def _totals(draft: Draft) -> list[list[str]]:
    if draft.regime == Regime.LEVY:
        return [["Festgesetzter Betrag" if draft.kind is Kind.NOTICE else "Betrag", euros(draft.gross_cents)]]
    rate = f"{draft.treatment.rate:f} %"
    return [
        ["Netto", euros(draft.net_cents)],
        [f"Umsatzsteuer {rate}", euros(draft.vat_cents)],
        ["Gesamtbetrag", euros(draft.gross_cents)],
    ]


def _closing(draft: Draft, seal: str) -> list[str]:
    seller = draft.seller
    found: list[str] = []
    if draft.regime != Regime.LEVY and draft.treatment.reason:
        found.append(f"{draft.treatment.reason}.")
    found.append(payment_note(draft))
    bank = ", ".join(part for part in (seller.bank, f"IBAN {_spaced(seller.iban)}", seller.bic) if part)
    found.append(f"Bankverbindung: {bank}.")
    if draft.regime != Regime.LEVY:
        ids = [
            ("USt-IdNr.", seller.vat_id if draft.treatment.category != "O" else ""),
            ("Steuernummer", seller.tax_number),
        ]
        found.append(", ".join(f"{what} {value}" for what, value in ids if value))
    if seal:
        found.append(f"Siegel des Monats: {seal}")
    return [text for text in found if text]


def _day(day: date) -> str:
    return f"{day:%d.%m.%Y}"


def _spaced(iban: str) -> str:
    return " ".join(iban[place : place + 4] for place in range(0, len(iban), 4))
