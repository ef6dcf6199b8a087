# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A document before it is written: who, whom, what, and the sums; pure values in cents, without Django."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

#: § 12 (1) UStG, as it holds since 2021; the lower rates of 2020 are before our time.
STANDARD_RATE = Decimal(19)


class Kind(StrEnum):
    """NOTICE and REVOCATION are administrative acts, the others are invoices in the sense of § 14 UStG.

    CREDIT is a correction that no single invoice stands behind (type 381), CORRECTION takes an invoice back (type 384).
    """

    NOTICE = "NOTICE"
    REVOCATION = "REVOCATION"
    INVOICE = "INVOICE"
    CREDIT = "CREDIT"
    CORRECTION = "CORRECTION"


#: BT-3, UNTDID 1001.
TYPE_CODES = {Kind.INVOICE: "380", Kind.CREDIT: "381", Kind.CORRECTION: "384"}


class Regime(StrEnum):
    """As `billing.costs.models.Regime`."""

    LEVY = "LEVY"
    PUB = "PUB"
    CSG = "CSG"
    STD = "STD"


@dataclass(frozen=True, slots=True)
class Treatment:
    """A regime in the words of EN 16931: category (BT-151), rate in per cent, code and reason of an exemption (BT-121, BT-120)."""

    category: str
    rate: Decimal
    code: str = ""
    reason: str = ""


TREATMENTS = {
    Regime.PUB: Treatment(
        "O",
        Decimal(0),
        "VATEX-EU-O",
        "Nicht steuerbar: Leistung im Rahmen der öffentlichen Gewalt (§ 2b UStG)",
    ),
    Regime.CSG: Treatment(
        "E", Decimal(0), "VATEX-EU-132-1F", "Steuerfrei: Kostengemeinschaft (§ 4 Nr. 29 UStG)"
    ),
    Regime.STD: Treatment("S", STANDARD_RATE),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    street: str
    postcode: str
    city: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Seller:
    """The association. ``identifier`` (BT-29) names it where no VAT id may stand; VAT id or tax number are needed elsewhere."""

    name: str
    address: Address
    identifier: str
    contact: str
    phone: str
    email: str
    iban: str
    bank: str = ""
    bic: str = ""
    vat_id: str = ""
    tax_number: str = ""
    creditor_id: str = ""
    statute: str = ""
    remedy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Buyer:
    """A member. With a mandate its IBAN is charged instead of waiting for a transfer. ``syntax``: as `models.InvoiceSyntax`."""

    name: str
    address: Address
    leitweg_id: str
    customer_number: str
    email: str = ""
    mandate: str = ""
    iban: str = ""
    syntax: str = "UBL"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An amount and what it follows from: ``basis`` in one sentence, ``derivation`` in all of them."""

    text: str
    net_cents: int
    service: str
    cost_centre: str = ""
    basis: str = ""
    derivation: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """The document this one takes back or replaces (BG-3)."""

    number: str
    issued_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A whole document; a number is there only once it is issued."""

    kind: Kind
    regime: Regime
    seller: Seller
    buyer: Buyer
    period_from: date
    period_to: date
    issued_on: date
    due_on: date
    lines: tuple[Line, ...]
    number: str = ""
    earlier: Earlier | None = None
    replaces: Earlier | None = None
    notes: tuple[str, ...] = ()

    @property
    def treatment(self) -> Treatment:
        """How the invoice is taxed; a notice has none."""
        return TREATMENTS[self.regime]

    @property
    def net_cents(self) -> int:
        return sum(line.net_cents for line in self.lines)

    @property
    def vat_cents(self) -> int:
        """On the sum of the category, rounded half up once (EN 16931, BR-CO-17)."""
        if self.regime == Regime.LEVY:
            return 0
        exact = Decimal(self.net_cents) * self.treatment.rate / 100
        return int(exact.quantize(Decimal(1), ROUND_HALF_UP))

    @property
    def gross_cents(self) -> int:
        return self.net_cents + self.vat_cents

    def numbered(self, number: str) -> Draft:
        """The same with its number."""
        return replace(self, number=number)


def is_invoice(kind: Kind) -> bool:
    """Whether an XML is made of it."""
    return kind in TYPE_CODES
