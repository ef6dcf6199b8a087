# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Documents on paper: PDF/A-3a and PDF/UA-1, the XML inside, what stands on them and what never does."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime

import pikepdf
import pytest
from facturx import get_xml_from_pdf

from billing.issuing.draft import Kind, Regime
from billing.issuing.invoices import cii
from billing.issuing.paper.letters import letter
from tests.billing.issuing.reading import text_of
from tests.factories.drafts import EARLIER, SELLER, make_draft

AT = datetime(2026, 11, 28, 12, tzinfo=UTC)


def test_an_invoice_carries_its_xml_and_says_so():
    draft = make_draft(Kind.INVOICE, Regime.STD, 10_000)
    inner = cii.write(draft)

    made = letter(draft, at=AT, cii=inner)

    name, found = get_xml_from_pdf(made, check_xsd=False)
    assert (name, found) == ("xrechnung.xml", inner)
    with pikepdf.open(io.BytesIO(made)) as opened:
        assert str(opened.Root.AF[0].AFRelationship) == "/Alternative"
        metadata = opened.open_metadata()
        assert metadata["pdfaid:part"] == "3"
        assert metadata["pdfaid:conformance"] == "A"
        assert metadata["pdfuaid:part"] == "1"
        assert (
            metadata["{urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#}ConformanceLevel"] == "XRECHNUNG"
        )
        assert opened.Root.StructTreeRoot is not None
        assert str(opened.Root.Lang) == "de-DE"
    assert made == letter(draft, at=AT, cii=inner)


def test_a_notice_says_how_to_object_and_nothing_of_tax():
    text = text_of(letter(make_draft(Kind.NOTICE, Regime.LEVY, 123_456, number="UB-2026-00003"), at=AT))

    assert "Umlagebescheid UB-2026-00003" in text
    assert SELLER.remedy[:40] in text
    assert "1.234,56 €" in text
    assert "Umsatzsteuer" not in text
    assert "USt-IdNr." not in text


@pytest.mark.parametrize(
    ("regime", "said"),
    [(Regime.PUB, "§ 2b UStG"), (Regime.CSG, "§ 4 Nr. 29 UStG"), (Regime.STD, "Umsatzsteuer 19 %")],
)
def test_an_invoice_says_how_it_is_taxed(regime, said):
    assert said in text_of(letter(make_draft(Kind.INVOICE, regime), at=AT))


@pytest.mark.parametrize("kind", [Kind.CREDIT, Kind.CORRECTION])
def test_a_correction_is_never_called_gutschrift(kind):
    text = text_of(letter(make_draft(kind, Regime.STD, -5_000, earlier=EARLIER), at=AT))

    assert "Rechnungskorrektur" in text
    assert "utschrift" not in text
    assert EARLIER.number in text


def test_a_preview_says_that_it_is_none():
    text = text_of(letter(make_draft(number=""), at=AT))

    assert "ENTWURF" in text
    assert "noch keine" in text


def test_every_line_has_its_derivation():
    text = text_of(letter(make_draft(Kind.INVOICE, Regime.CSG, 1_000, 2_000), at=AT))

    assert text.count("Zu verteilen sind 370,00 €.") == 2


def test_what_a_member_is_called_is_never_run_as_markup():
    draft = make_draft()
    odd = replace(draft, buyer=replace(draft.buyer, name='#panic("x") *Amt* $1$'))

    assert '#panic("x") *Amt* $1$' in text_of(letter(odd, at=AT))
