# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A municipality reads and takes along its own documents, and nobody else's."""

from __future__ import annotations

from hashlib import sha256

import pytest

from billing.issuing.issuing import issue_period
from billing.issuing.models import Document, Recipient
from billing.member.reading import own_rows
from tests.factories.closing import AT, OCTOBER, TODAY, finance
from tests.factories.documents import approved_month
from tests.factories.sessions import signed_in
from verbund.kernel import context

PAGE = "/verwaltung/nutzung/dokumente/"


@pytest.fixture
def issued(heideblick, luckau, time_machine):
    time_machine.move_to(AT)
    with context.enter_association():
        approved_month(heideblick, luckau)
        issue_period(period=OCTOBER, by=finance(), at=AT, today=TODAY)
        return {
            member.slug: list(Document.objects.filter(tenant=member.number).order_by("number"))
            for member in (heideblick, luckau)
        }


def test_a_municipality_sees_and_gets_its_own_documents_only(issued, heideblick, luckau):
    treasurer = signed_in("treasurer", heideblick)

    page = treasurer.get(PAGE)

    assert sorted(row["document"].number for row in page.context["rows"]) == [
        row.number for row in issued["heideblick"]
    ]
    for row in issued["heideblick"]:
        assert sha256(treasurer.get(f"{PAGE}{row.number}/pdf/").content).hexdigest() == row.pdf_sha256
        xml = treasurer.get(f"{PAGE}{row.number}/xml/")
        assert (
            (xml.status_code == 404)
            if row.xml is None
            else (sha256(xml.content).hexdigest() == row.xml_sha256)
        )
    for row in issued["luckau"]:
        assert row.number not in page.content.decode()
        assert treasurer.get(f"{PAGE}{row.number}/pdf/").status_code == 404
        assert treasurer.get(f"{PAGE}{row.number}/xml/").status_code == 404
    other = issued["luckau"][0]
    assert signed_in("treasurer", luckau).get(f"{PAGE}{other.number}/pdf/").status_code == 200
    assert signed_in("clerk", heideblick).get(PAGE).status_code == 403
    own = issued["heideblick"][0]
    assert signed_in("clerk", heideblick).get(f"{PAGE}{own.number}/pdf/").status_code == 403


def test_the_form_the_member_wants_comes_first(heideblick, luckau, time_machine):
    """What was issued before stays as it was; the other file is there all the same."""
    time_machine.move_to(AT)
    with context.enter_association():
        approved_month(heideblick, luckau)
        Recipient.objects.filter(tenant=heideblick.number).update(syntax="ZUGFERD")
        issue_period(period=OCTOBER, by=finance(), at=AT, today=TODAY)
        Recipient.objects.update(syntax="ZUGFERD")

    for member, invoice in ((heideblick, ("pdf", "xml")), (luckau, ("xml", "pdf"))):
        client = signed_in("treasurer", member)
        page = client.get(PAGE)
        assert {row["document"].kind: row["forms"] for row in page.context["rows"]} == {
            "NOTICE": ("pdf",),
            "INVOICE": invoice,
        }
        number = next(row["document"].number for row in page.context["rows"] if row["forms"] == invoice)
        text = page.content.decode()
        assert text.index(f"{number}/{invoice[0]}/") < text.index(f"{number}/{invoice[1]}/")
        assert {client.get(f"{PAGE}{number}/{form}/").status_code for form in invoice} == {200}


def test_the_database_itself_leaves_out_other_members_documents(issued, heideblick):
    with context.enter(heideblick), own_rows():
        assert {row.tenant_id for row in Document.objects.all()} == {heideblick.number}
    with context.enter_association():
        assert Document.objects.count() == 8


def test_without_documents_the_page_says_when_they_come(heideblick):
    assert "Noch keine Dokumente" in signed_in("treasurer", heideblick).get(PAGE).content.decode()
