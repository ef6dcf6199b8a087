# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""An invoice as UN/CEFACT Cross Industry Invoice (D16B), for the XML within the PDF (ZUGFeRD 2, profile XRechnung).

Amounts of a credit are positive as in UBL; the order of elements is that of the schema.
"""

from __future__ import annotations

from datetime import date

from lxml import etree

from billing.issuing.draft import TYPE_CODES, Address, Draft, Kind, Line
from billing.issuing.invoices import terms
from billing.issuing.invoices.terms import amount

_UN = "urn:un:unece:uncefact:data:standard"
_RSM = f"{_UN}:CrossIndustryInvoice:100"
_RAM = f"{_UN}:ReusableAggregateBusinessInformationEntity:100"
_UDT = f"{_UN}:UnqualifiedDataType:100"
_QDT = f"{_UN}:QualifiedDataType:100"


def write(draft: Draft) -> bytes:
    """The XML of a numbered invoice, credit or correction; equal drafts give equal bytes."""
    return etree.tostring(_Writer(draft).root(), xml_declaration=True, encoding="UTF-8", pretty_print=True)


class _Writer:
    """Writes one document; ``_sign`` turns a credit's amounts around."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._sign = -1 if draft.kind is Kind.CREDIT else 1

    def root(self) -> etree._Element:
        draft = self._draft
        root = etree.Element(
            f"{{{_RSM}}}CrossIndustryInvoice", nsmap={"rsm": _RSM, "ram": _RAM, "udt": _UDT, "qdt": _QDT}
        )
        context = etree.SubElement(root, f"{{{_RSM}}}ExchangedDocumentContext")
        _text(_group(context, "BusinessProcessSpecifiedDocumentContextParameter"), "ID", terms.PROCESS)
        _text(_group(context, "GuidelineSpecifiedDocumentContextParameter"), "ID", terms.SPECIFICATION)
        document = etree.SubElement(root, f"{{{_RSM}}}ExchangedDocument")
        _text(document, "ID", draft.number)
        _text(document, "TypeCode", TYPE_CODES[draft.kind])
        _day(_group(document, "IssueDateTime"), draft.issued_on)
        for note in draft.notes:
            _text(_group(document, "IncludedNote"), "Content", note)
        trade = etree.SubElement(root, f"{{{_RSM}}}SupplyChainTradeTransaction")
        for position, line in enumerate(draft.lines, start=1):
            self._line(trade, position, line)
        self._agreement(_group(trade, "ApplicableHeaderTradeAgreement"))
        _group(trade, "ApplicableHeaderTradeDelivery")
        self._settlement(_group(trade, "ApplicableHeaderTradeSettlement"))
        return root

    def _line(self, trade: etree._Element, position: int, line: Line) -> None:
        cents = line.net_cents * self._sign
        entry = _group(trade, "IncludedSupplyChainTradeLineItem")
        _text(_group(entry, "AssociatedDocumentLineDocument"), "LineID", str(position))
        product = _group(entry, "SpecifiedTradeProduct")
        _text(product, "Name", line.text)
        if line.basis:
            _text(product, "Description", line.basis)
        price = _group(_group(entry, "SpecifiedLineTradeAgreement"), "NetPriceProductTradePrice")
        _text(price, "ChargeAmount", amount(abs(cents)))
        delivery = _group(entry, "SpecifiedLineTradeDelivery")
        _text(delivery, "BilledQuantity", "-1" if cents < 0 else "1", unitCode=terms.LUMP_SUM)
        settlement = _group(entry, "SpecifiedLineTradeSettlement")
        tax = _group(settlement, "ApplicableTradeTax")
        _text(tax, "TypeCode", "VAT")
        _text(tax, "CategoryCode", self._draft.treatment.category)
        if self._draft.treatment.category != "O":
            _text(tax, "RateApplicablePercent", f"{self._draft.treatment.rate:.2f}")
        total = _group(settlement, "SpecifiedTradeSettlementLineMonetarySummation")
        _text(total, "LineTotalAmount", amount(cents))

    def _agreement(self, agreement: etree._Element) -> None:
        draft = self._draft
        _text(agreement, "BuyerReference", draft.buyer.leitweg_id)
        seller = _group(agreement, "SellerTradeParty")
        _text(seller, "ID", draft.seller.identifier)
        _text(seller, "Name", draft.seller.name)
        contact = _group(seller, "DefinedTradeContact")
        _text(contact, "PersonName", draft.seller.contact)
        _text(_group(contact, "TelephoneUniversalCommunication"), "CompleteNumber", draft.seller.phone)
        _text(_group(contact, "EmailURIUniversalCommunication"), "URIID", draft.seller.email)
        _address(seller, draft.seller.address)
        electronic = _group(seller, "URIUniversalCommunication")
        _text(electronic, "URIID", draft.seller.email, schemeID=terms.EMAIL)
        if draft.seller.tax_number:
            _text(_group(seller, "SpecifiedTaxRegistration"), "ID", draft.seller.tax_number, schemeID="FC")
        if draft.seller.vat_id and draft.treatment.category != "O":
            _text(_group(seller, "SpecifiedTaxRegistration"), "ID", draft.seller.vat_id, schemeID="VA")
        buyer = _group(agreement, "BuyerTradeParty")
        _text(buyer, "ID", draft.buyer.customer_number)
        _text(buyer, "Name", draft.buyer.name)
        _address(buyer, draft.buyer.address)
        electronic = _group(buyer, "URIUniversalCommunication")
        _text(electronic, "URIID", draft.buyer.leitweg_id, schemeID=terms.LEITWEG)

    def _settlement(self, settlement: etree._Element) -> None:
        draft, treatment = self._draft, self._draft.treatment
        is_debited = terms.is_debited(draft)
        if is_debited:
            _text(settlement, "CreditorReferenceID", draft.seller.creditor_id)
        _text(settlement, "PaymentReference", draft.number)
        _text(settlement, "InvoiceCurrencyCode", terms.CURRENCY)
        means = _group(settlement, "SpecifiedTradeSettlementPaymentMeans")
        is_owed = draft.gross_cents > 0
        _text(
            means,
            "TypeCode",
            terms.DIRECT_DEBIT if is_debited else terms.TRANSFER if is_owed else terms.SET_OFF,
        )
        if is_debited:
            _text(_group(means, "PayerPartyDebtorFinancialAccount"), "IBANID", draft.buyer.iban)
        elif is_owed:
            account = _group(means, "PayeePartyCreditorFinancialAccount")
            _text(account, "IBANID", draft.seller.iban)
            _text(account, "AccountName", draft.seller.name)
            if draft.seller.bic:
                _text(_group(means, "PayeeSpecifiedCreditorFinancialInstitution"), "BICID", draft.seller.bic)
        tax = _group(settlement, "ApplicableTradeTax")
        _text(tax, "CalculatedAmount", amount(draft.vat_cents * self._sign))
        _text(tax, "TypeCode", "VAT")
        if treatment.reason:
            _text(tax, "ExemptionReason", treatment.reason)
        _text(tax, "BasisAmount", amount(draft.net_cents * self._sign))
        _text(tax, "CategoryCode", treatment.category)
        if treatment.code:
            _text(tax, "ExemptionReasonCode", treatment.code)
        _text(tax, "RateApplicablePercent", f"{treatment.rate:.2f}")
        period = _group(settlement, "BillingSpecifiedPeriod")
        _day(_group(period, "StartDateTime"), draft.period_from)
        _day(_group(period, "EndDateTime"), draft.period_to)
        payment = _group(settlement, "SpecifiedTradePaymentTerms")
        _text(payment, "Description", terms.payment_note(draft))
        _day(_group(payment, "DueDateDateTime"), draft.due_on)
        if is_debited:
            _text(payment, "DirectDebitMandateID", draft.buyer.mandate)
        total = _group(settlement, "SpecifiedTradeSettlementHeaderMonetarySummation")
        _text(total, "LineTotalAmount", amount(draft.net_cents * self._sign))
        _text(total, "TaxBasisTotalAmount", amount(draft.net_cents * self._sign))
        _text(total, "TaxTotalAmount", amount(draft.vat_cents * self._sign), currencyID=terms.CURRENCY)
        _text(total, "GrandTotalAmount", amount(draft.gross_cents * self._sign))
        _text(total, "DuePayableAmount", amount(draft.gross_cents * self._sign))
        for earlier in (draft.earlier, draft.replaces):
            if earlier is not None:
                reference = _group(settlement, "InvoiceReferencedDocument")
                _text(reference, "IssuerAssignedID", earlier.number)
                formatted = _group(reference, "FormattedIssueDateTime")
                text = etree.SubElement(formatted, f"{{{_QDT}}}DateTimeString", {"format": "102"})
                text.text = f"{earlier.issued_on:%Y%m%d}"


def _address(party: etree._Element, address: Address) -> None:
    entry = _group(party, "PostalTradeAddress")
    _text(entry, "PostcodeCode", address.postcode)
    if address.street:
        _text(entry, "LineOne", address.street)
    _text(entry, "CityName", address.city)
    _text(entry, "CountryID", terms.COUNTRY)


def _day(parent: etree._Element, day: date) -> None:
    text = etree.SubElement(parent, f"{{{_UDT}}}DateTimeString", {"format": "102"})
    text.text = f"{day:%Y%m%d}"


def _group(parent: etree._Element, name: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{_RAM}}}{name}")


def _text(parent: etree._Element, name: str, text: str, **attributes: str) -> None:
    element = etree.SubElement(parent, f"{{{_RAM}}}{name}", attributes)
    element.text = terms.writable(text)
