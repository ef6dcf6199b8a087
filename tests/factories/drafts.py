# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Drafts of documents, as the composing of statements makes them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from billing.issuing.draft import Address, Buyer, Draft, Earlier, Kind, Line, Regime, Seller
from billing.issuing.leitweg import with_check_digits

IBAN = "DE02120300000000202051"
SELLER = Seller(
    name="Zweckverband Muster-IT",
    address=Address(street="Markt 1", postcode="15926", city="Luckau"),
    identifier="ZV-MUSTER",
    contact="Finanzen",
    phone="03544 12345",
    email="finanzen@verbund.example",
    iban=IBAN,
    bank="Musterbank",
    vat_id="DE136695976",
    tax_number="056/144/00000",
    creditor_id="DE98ZZZ09999999999",
    statute="§ 12 der Verbandssatzung",
    remedy="Gegen diesen Bescheid kann innerhalb eines Monats nach Bekanntgabe Widerspruch erhoben werden.",
)
BUYER = Buyer(
    name="Gemeinde Heideblick",
    address=Address(street="Luckauer Straße 61", postcode="15926", city="Heideblick"),
    leitweg_id=with_check_digits("120610219219", "VERBUND01"),
    customer_number="10012",
)
DEBITED = replace(BUYER, mandate="MANDAT-12", iban=IBAN)
EARLIER = Earlier(number="RE-2026-00001", issued_on=date(2026, 11, 3))


def make_draft(kind: Kind = Kind.INVOICE, regime: Regime = Regime.STD, *cents: int, **values: Any) -> Draft:
    """A numbered draft for October 2026 with a line for each amount."""
    lines = tuple(
        Line(
            text=f"Geoportal: Position {place}",
            net_cents=amount,
            service="geoportal",
            basis="Anteil 1 / 37",
            derivation=("Zu verteilen sind 370,00 €.", "Das ergibt 10,00 €."),
        )
        for place, amount in enumerate(cents or (1_000,), start=1)
    )
    given: dict[str, Any] = {
        "kind": kind,
        "regime": regime,
        "seller": SELLER,
        "buyer": BUYER,
        "period_from": date(2026, 10, 1),
        "period_to": date(2026, 10, 31),
        "issued_on": date(2026, 11, 28),
        "due_on": date(2026, 12, 28),
        "lines": lines,
        "number": "RE-2026-00012",
    }
    return Draft(**{**given, **values})
