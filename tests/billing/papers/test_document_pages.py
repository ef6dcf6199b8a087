# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Finding issued documents, taking them along, and taking one back."""

from __future__ import annotations

import csv
import io
import zipfile
from hashlib import sha256

import pytest

from billing.issuing.issuing import issue_period
from billing.issuing.models import Document, Recipient
from tests.factories.closing import AT, OCTOBER, TODAY, finance
from tests.factories.documents import approved_month, make_recipient
from tests.factories.sessions import signed_in
from verbund.kernel import context

LIST = "/finanzen/belege/"


@pytest.fixture
def issued(heideblick, luckau, time_machine):
    """Eight documents: a notice and three invoices for each of two members."""
    time_machine.move_to(AT)
    with context.enter_association():
        books = approved_month(heideblick, luckau)
        issue_period(period=OCTOBER, by=finance(), at=AT, today=TODAY)
    return books


def numbers(page):
    return sorted(row["document"].number for row in page.context["rows"])


def cancel(client, number, **data):
    return client.post(f"{LIST}{number}/aufheben/", {"reason": "Anschrift", **data})


def test_documents_are_found_by_every_filter_and_add_up(issued):
    client = signed_in("finance")

    whole = client.get(LIST)

    assert len(numbers(whole)) == 8
    assert whole.context["sums"].gross_cents == sum(
        row["document"].gross_cents for row in whole.context["rows"]
    )
    assert len(numbers(client.get(f"{LIST}?kommune=luckau"))) == 4
    assert len(numbers(client.get(f"{LIST}?art=NOTICE"))) == 2
    assert len(numbers(client.get(f"{LIST}?monat=2026-10"))) == 8
    assert numbers(client.get(f"{LIST}?nummer=ub-2026-00002")) == ["UB-2026-00002"]
    assert numbers(client.get(f"{LIST}?stand=cancelled")) == []
    assert "Nichts gefunden" in client.get(f"{LIST}?nummer=XX").content.decode()


def test_a_filter_nobody_offers_shows_everything(issued):
    assert len(numbers(signed_in("finance").get(f"{LIST}?monat=1999-01&art=QUITTUNG"))) == 8


def test_the_list_asks_as_often_for_eight_as_for_four(issued, django_assert_num_queries):
    client = signed_in("finance")
    client.get(LIST)

    with django_assert_num_queries(_queries(client, f"{LIST}?kommune=luckau")):
        client.get(LIST)


def _queries(client, address):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as found:
        client.get(address)
    return len(found)


def test_without_documents_the_page_leads_to_the_months(db):
    assert "Noch keine Belege" in signed_in("finance").get(LIST).content.decode()


def test_the_list_is_taken_along_as_it_was_found(issued):
    answer = signed_in("auditor").get(f"{LIST}liste/?kommune=luckau&form=csv")

    lines = list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig")), delimiter=";"))
    assert len(lines) == 4
    assert {line["Kürzel"] for line in lines} == {"luckau"}
    xlsx = signed_in("finance").get(f"{LIST}liste/?form=xlsx")
    assert zipfile.ZipFile(io.BytesIO(xlsx.getvalue())).testzip() is None


def test_a_document_says_everything_and_gives_its_files_byte_for_byte(issued):
    with context.enter_association():
        row = Document.objects.filter(regime="STD").first()
    client = signed_in("auditor")

    page = client.get(f"{LIST}{row.number}/")
    text = page.content.decode()

    assert row.pdf_sha256 in text
    assert row.xml_sha256 in text
    assert row.rules in text
    assert "Aufheben" not in text
    for form, digest in (("pdf", row.pdf_sha256), ("xml", row.xml_sha256)):
        answer = client.get(f"{LIST}{row.number}/datei/{form}/")
        assert sha256(answer.content).hexdigest() == digest
        assert answer["Content-Disposition"] == f'attachment; filename="{row.number}.{form}"'


def test_what_is_not_there_is_not_found(issued):
    client = signed_in("finance")

    assert client.get(f"{LIST}RE-1999-00001/").status_code == 404
    assert client.get(f"{LIST}UB-2026-00001/datei/xml/").status_code == 404
    assert client.get(f"{LIST}UB-2026-00001/datei/exe/").status_code == 404
    assert client.get(f"{LIST}archiv/2026-09/").status_code == 404
    assert client.get(f"{LIST}archiv/heute/").status_code == 404


def test_all_of_a_month_come_as_one_archive(issued):
    answer = signed_in("finance").get(f"{LIST}archiv/2026-10/")

    assert answer.streaming
    archive = zipfile.ZipFile(io.BytesIO(answer.getvalue()))
    assert archive.testzip() is None
    with context.enter_association():
        rows = list(Document.objects.all())
    wanted = {f"{row.number}.pdf": row.pdf_sha256 for row in rows}
    wanted |= {f"{row.number}.xml": row.xml_sha256 for row in rows if row.xml is not None}
    found = {name: sha256(archive.read(name)).hexdigest() for name in archive.namelist()}
    contents = archive.read("inhalt.csv").decode("utf-8-sig")
    assert {name: digest for name, digest in found.items() if name != "inhalt.csv"} == wanted
    assert all(row.number in contents for row in rows)


def test_an_invoice_is_cancelled_and_replaced_and_each_points_to_the_others(issued):
    with context.enter_association():
        wrong = Document.objects.filter(regime="STD", tenant=issued.members[0]).get()
        make_recipient(issued.members[0], street="Neue Straße 9")
    client = signed_in("finance")
    assert (
        "Das Dokument selbst bleibt unverändert"
        in client.get(f"{LIST}{wrong.number}/aufheben/").content.decode()
    )

    done = cancel(client, wrong.number, is_replaced="on")

    assert done["Location"] == f"{LIST}{wrong.number}/"
    old = client.get(f"{LIST}{wrong.number}/").content.decode()
    assert "ersetzt" in old
    assert "RE-2026-00007" in old
    assert "RE-2026-00008" in old
    assert wrong.number in client.get(f"{LIST}RE-2026-00008/").content.decode()
    assert numbers(client.get(f"{LIST}?stand=replaced")) == [wrong.number]
    assert client.get(f"{LIST}{wrong.number}/aufheben/").status_code == 404
    assert client.get(f"{LIST}RE-2026-00007/aufheben/").status_code == 404


def test_a_refusal_keeps_what_was_typed(issued):
    with context.enter_association():
        Recipient.objects.filter(tenant=issued.members[0]).update(leitweg_id="")
        row = Document.objects.filter(regime="STD", tenant=issued.members[0]).get()
    client = signed_in("finance")

    missing = client.post(f"{LIST}{row.number}/aufheben/", {"reason": ""})
    refused = cancel(client, row.number, is_replaced="on", reason="Falsche Hausnummer")

    assert "reason" in missing.context["form"].errors
    assert "Leitweg-ID" in refused.content.decode()
    assert "Falsche Hausnummer" in refused.content.decode()
    with context.enter_association():
        assert Document.objects.count() == 8


def test_an_auditor_cancels_nothing(issued):
    assert cancel(signed_in("auditor"), "UB-2026-00001").status_code == 403
    assert signed_in("operator").get(LIST).status_code == 403
