# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""An invoice as XRechnung 3.0.2 in UBL 2.1. Numbers in comments are business terms (BT) and groups (BG) of EN 16931.

A credit (type 381) is a document of its own in UBL, with positive amounts; the order of elements is that of the schema.
"""

from __future__ import annotations

from lxml import etree

from billing.issuing.draft import TYPE_CODES, Draft, Kind, Line
from billing.issuing.invoices import terms
from billing.issuing.invoices.terms import amount

_UBL = "urn:oasis:names:specification:ubl:schema:xsd"
_CAC, _CBC = f"{_UBL}:CommonAggregateComponents-2", f"{_UBL}:CommonBasicComponents-2"


def write(draft: Draft) -> bytes:
    """The XML of a numbered invoice, credit or correction; equal drafts give equal bytes."""
    return etree.tostring(_Writer(draft).root(), xml_declaration=True, encoding="UTF-8", pretty_print=True)


class _Writer:
    """Writes one document; ``_sign`` turns a credit's amounts around."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._is_credit = draft.kind is Kind.CREDIT
        self._sign = -1 if self._is_credit else 1
        self._name = "CreditNote" if self._is_credit else "Invoice"

    def root(self) -> etree._Element:
        draft = self._draft
        own = f"{_UBL}:{self._name}-2"
        root = etree.Element(f"{{{own}}}{self._name}", nsmap={None: own, "cac": _CAC, "cbc": _CBC})  # type: ignore[dict-item]  # lxml takes None for the default
        _text(root, "CustomizationID", terms.SPECIFICATION)  # BT-24
        _text(root, "ProfileID", terms.PROCESS)  # BT-23
        _text(root, "ID", draft.number)  # BT-1
        _text(root, "IssueDate", draft.issued_on.isoformat())  # BT-2
        if not self._is_credit:
            _text(root, "DueDate", draft.due_on.isoformat())  # BT-9
        _text(root, f"{self._name}TypeCode", TYPE_CODES[draft.kind])  # BT-3
        for note in draft.notes:
            _text(root, "Note", note)  # BT-22
        _text(root, "DocumentCurrencyCode", terms.CURRENCY)  # BT-5
        _text(root, "BuyerReference", draft.buyer.leitweg_id)  # BT-10
        period = _group(root, "InvoicePeriod")  # BG-14
        _text(period, "StartDate", draft.period_from.isoformat())
        _text(period, "EndDate", draft.period_to.isoformat())
        for earlier in (draft.earlier, draft.replaces):
            if earlier is not None:  # BG-3
                reference = _group(_group(root, "BillingReference"), "InvoiceDocumentReference")
                _text(reference, "ID", earlier.number)
                _text(reference, "IssueDate", earlier.issued_on.isoformat())
        self._seller(root)
        self._buyer(root)
        self._payment(root)
        self._taxes(root)
        self._totals(root)
        for position, line in enumerate(draft.lines, start=1):
            self._line(root, position, line)
        return root

    def _seller(self, root: etree._Element) -> None:
        seller = self._draft.seller
        party = _group(_group(root, "AccountingSupplierParty"), "Party")  # BG-4
        _text(party, "EndpointID", seller.email, schemeID=terms.EMAIL)  # BT-34
        _text(_group(party, "PartyIdentification"), "ID", seller.identifier)  # BT-29
        if terms.is_debited(self._draft):
            _text(_group(party, "PartyIdentification"), "ID", seller.creditor_id, schemeID="SEPA")  # BT-90
        _address(party, seller.address.street, seller.address.postcode, seller.address.city)
        # Where nothing is taxable no VAT id may stand (BR-O-02); a tax number may.
        if seller.vat_id and self._draft.treatment.category != "O":
            _tax_scheme(party, seller.vat_id, "VAT")  # BT-31
        if seller.tax_number:
            _tax_scheme(party, seller.tax_number, "FC")  # BT-32
        _text(_group(party, "PartyLegalEntity"), "RegistrationName", seller.name)  # BT-27
        contact = _group(party, "Contact")  # BG-6
        _text(contact, "Name", seller.contact)
        _text(contact, "Telephone", seller.phone)
        _text(contact, "ElectronicMail", seller.email)

    def _buyer(self, root: etree._Element) -> None:
        buyer = self._draft.buyer
        party = _group(_group(root, "AccountingCustomerParty"), "Party")  # BG-7
        _text(party, "EndpointID", buyer.leitweg_id, schemeID=terms.LEITWEG)  # BT-49
        _text(_group(party, "PartyIdentification"), "ID", buyer.customer_number)  # BT-46
        _address(party, buyer.address.street, buyer.address.postcode, buyer.address.city)
        _text(_group(party, "PartyLegalEntity"), "RegistrationName", buyer.name)  # BT-44

    def _payment(self, root: etree._Element) -> None:
        draft = self._draft
        means = _group(root, "PaymentMeans")  # BG-16
        if terms.is_debited(draft):
            _text(means, "PaymentMeansCode", terms.DIRECT_DEBIT)  # BT-81
            _text(means, "PaymentID", draft.number)  # BT-83
            mandate = _group(means, "PaymentMandate")  # BG-19
            _text(mandate, "ID", draft.buyer.mandate)
            _text(_group(mandate, "PayerFinancialAccount"), "ID", draft.buyer.iban)
        elif draft.gross_cents <= 0:
            # Our own account would ask for money that is the member's.
            _text(means, "PaymentMeansCode", terms.SET_OFF)
            _text(means, "PaymentID", draft.number)
        else:
            _text(means, "PaymentMeansCode", terms.TRANSFER)
            _text(means, "PaymentID", draft.number)
            account = _group(means, "PayeeFinancialAccount")  # BG-17
            _text(account, "ID", draft.seller.iban)
            _text(account, "Name", draft.seller.name)
            if draft.seller.bic:
                _text(_group(account, "FinancialInstitutionBranch"), "ID", draft.seller.bic)
        _text(_group(root, "PaymentTerms"), "Note", terms.payment_note(draft))  # BT-20

    def _taxes(self, root: etree._Element) -> None:
        draft, treatment = self._draft, self._draft.treatment
        total = _group(root, "TaxTotal")
        self._money(total, "TaxAmount", draft.vat_cents)  # BT-110
        part = _group(total, "TaxSubtotal")  # BG-23
        self._money(part, "TaxableAmount", draft.net_cents)
        self._money(part, "TaxAmount", draft.vat_cents)
        category = _group(part, "TaxCategory")
        _text(category, "ID", treatment.category)
        _text(category, "Percent", f"{treatment.rate:.2f}")
        if treatment.code:
            _text(category, "TaxExemptionReasonCode", treatment.code)  # BT-121
            _text(category, "TaxExemptionReason", treatment.reason)  # BT-120
        _text(_group(category, "TaxScheme"), "ID", "VAT")

    def _totals(self, root: etree._Element) -> None:
        draft = self._draft
        total = _group(root, "LegalMonetaryTotal")  # BG-22
        self._money(total, "LineExtensionAmount", draft.net_cents)
        self._money(total, "TaxExclusiveAmount", draft.net_cents)
        self._money(total, "TaxInclusiveAmount", draft.gross_cents)
        self._money(total, "PayableAmount", draft.gross_cents)

    def _line(self, root: etree._Element, position: int, line: Line) -> None:
        treatment = self._draft.treatment
        cents = line.net_cents * self._sign
        entry = _group(root, f"{self._name}Line")  # BG-25
        _text(entry, "ID", str(position))
        # A price is never negative (BR-27), a quantity may be.
        quantity = "CreditedQuantity" if self._is_credit else "InvoicedQuantity"
        _text(entry, quantity, "-1" if cents < 0 else "1", unitCode=terms.LUMP_SUM)
        _text(entry, "LineExtensionAmount", amount(cents), currencyID=terms.CURRENCY)
        item = _group(entry, "Item")
        if line.basis:
            _text(item, "Description", line.basis)
        _text(item, "Name", line.text)
        category = _group(item, "ClassifiedTaxCategory")
        _text(category, "ID", treatment.category)
        if treatment.category != "O":
            _text(category, "Percent", f"{treatment.rate:.2f}")
        _text(_group(category, "TaxScheme"), "ID", "VAT")
        price = _group(entry, "Price")
        _text(price, "PriceAmount", amount(abs(cents)), currencyID=terms.CURRENCY)

    def _money(self, parent: etree._Element, name: str, cents: int) -> None:
        _text(parent, name, amount(cents * self._sign), currencyID=terms.CURRENCY)


def _address(party: etree._Element, street: str, postcode: str, city: str) -> None:
    address = _group(party, "PostalAddress")
    if street:
        _text(address, "StreetName", street)
    _text(address, "CityName", city)
    _text(address, "PostalZone", postcode)
    _text(_group(address, "Country"), "IdentificationCode", terms.COUNTRY)


def _tax_scheme(party: etree._Element, number: str, scheme: str) -> None:
    entry = _group(party, "PartyTaxScheme")
    _text(entry, "CompanyID", number)
    _text(_group(entry, "TaxScheme"), "ID", scheme)


def _group(parent: etree._Element, name: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{_CAC}}}{name}")


def _text(parent: etree._Element, name: str, text: str, **attributes: str) -> None:
    element = etree.SubElement(parent, f"{{{_CBC}}}{name}", attributes)
    element.text = terms.writable(text)
