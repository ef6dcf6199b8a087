# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""XRechnungen in both syntaxes against the schemas and the official rules, with real Saxon."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from facturx import xml_check_xsd
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from billing.issuing.draft import Kind, Regime
from billing.issuing.invoices import cii, ubl
from billing.issuing.rules.checking import Syntax, findings
from tests.factories.drafts import BUYER, DEBITED, EARLIER, SELLER, make_draft

WRITERS = {Syntax.UBL: ubl.write, Syntax.CII: cii.write}

KINDS = {
    "not taxable (PUB)": make_draft(Kind.INVOICE, Regime.PUB, 12_345, 1),
    "exempt (CSG)": make_draft(Kind.INVOICE, Regime.CSG, 99),
    "taxed (STD)": make_draft(Kind.INVOICE, Regime.STD, 10_001, -55, 333),
    "credit": make_draft(Kind.CREDIT, Regime.STD, -10_001, 55),
    "correction": make_draft(
        Kind.CORRECTION, Regime.CSG, -10_001, earlier=EARLIER, notes=("Grund: Anschrift",)
    ),
    "replacement": make_draft(Kind.INVOICE, Regime.PUB, 10_001, replaces=EARLIER),
    "direct debit": make_draft(Kind.INVOICE, Regime.STD, 5_000, buyer=DEBITED),
    "nothing to pay": make_draft(Kind.INVOICE, Regime.CSG, 700, -700),
    "tax number only": make_draft(Kind.INVOICE, Regime.STD, 5_000, seller=replace(SELLER, vat_id="")),
}


def rules(xml: bytes, syntax: Syntax) -> list[str]:
    return [finding.rule for finding in findings(xml, syntax)]


@pytest.mark.parametrize("syntax", Syntax)
@pytest.mark.parametrize("draft", KINDS.values(), ids=KINDS)
def test_every_kind_keeps_the_rules_and_the_schema(draft, syntax):
    xml = WRITERS[syntax](draft)

    assert findings(xml, syntax) == ()
    flavor, level = ("factur-x", "en16931") if syntax is Syntax.CII else ("autodetect", "autodetect")
    xml_check_xsd(xml, flavor=flavor, level=level)
    assert xml == WRITERS[syntax](draft)


@pytest.mark.parametrize("syntax", Syntax)
@pytest.mark.parametrize(
    ("draft", "rule"),
    [
        (make_draft(buyer=replace(BUYER, leitweg_id="")), "BR-DE-15"),
        (make_draft(seller=replace(SELLER, phone="")), "BR-DE-6"),
        (make_draft(seller=replace(SELLER, vat_id="", tax_number="")), "BR-DE-16"),
        (make_draft(number=""), "BR-02"),
    ],
    ids=["no Leitweg-ID", "no telephone", "no tax number", "no number"],
)
def test_what_is_missing_is_found_by_its_rule(draft, rule, syntax):
    assert rule in rules(WRITERS[syntax](draft), syntax)


def test_a_wrong_sum_is_found():
    xml = ubl.write(make_draft(Kind.INVOICE, Regime.STD, 10_000)).replace(b">119.00<", b">119.01<")

    assert "BR-CO-15" in rules(xml, Syntax.UBL)


def test_no_vat_id_stands_where_nothing_is_taxable():
    for write in WRITERS.values():
        assert SELLER.vat_id.encode() not in write(make_draft(Kind.INVOICE, Regime.PUB))
        assert SELLER.vat_id.encode() in write(make_draft(Kind.INVOICE, Regime.CSG))


@given(cents=st.lists(st.integers(-(10**9), 10**9).filter(bool), min_size=1, max_size=6))
def test_sums_are_the_lines_and_tax_is_rounded_once(cents):
    draft = make_draft(Kind.INVOICE, Regime.STD, *cents)

    root = etree.fromstring(ubl.write(draft))
    said = {
        name: Decimal(root.findtext(f".//{{*}}LegalMonetaryTotal/{{*}}{name}") or "")
        for name in ("LineExtensionAmount", "TaxInclusiveAmount")
    }

    assert said["LineExtensionAmount"] * 100 == sum(cents)
    exact = Decimal(sum(cents)) * 19 / 100
    assert abs(draft.vat_cents - exact) <= Decimal("0.5")
    assert said["TaxInclusiveAmount"] * 100 == sum(cents) + draft.vat_cents


@settings(max_examples=15, deadline=None)  # the first call compiles the rules
@given(
    cents=st.lists(st.integers(-(10**7), 10**7).filter(bool), min_size=1, max_size=4),
    regime=st.sampled_from([Regime.PUB, Regime.CSG, Regime.STD]),
    syntax=st.sampled_from(list(Syntax)),
)
def test_any_amounts_keep_the_rules(cents, regime, syntax):
    kind = Kind.INVOICE if sum(cents) >= 0 else Kind.CREDIT

    assert rules(WRITERS[syntax](make_draft(kind, regime, *cents)), syntax) == []


def test_texts_are_written_as_they_are():
    name = 'Amt <Döbern & "Land">'

    xml = ubl.write(make_draft(buyer=replace(BUYER, name=name)))

    assert name in etree.fromstring(xml).itertext()


@pytest.mark.parametrize("syntax", Syntax)
@settings(max_examples=50, deadline=None)
@given(text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40))
def test_any_text_can_be_written(text, syntax):
    """One odd sign in a member's name must not stop a month's run."""
    root = etree.fromstring(WRITERS[syntax](make_draft(buyer=replace(BUYER, name=text))))

    named = root.find(".//{*}BuyerTradeParty/{*}Name")
    if syntax is Syntax.UBL:
        named = root.find(".//{*}AccountingCustomerParty//{*}RegistrationName")
    assert named is not None
    assert len(named.text) == len(text)
