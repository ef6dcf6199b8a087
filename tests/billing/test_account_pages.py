# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The finance people's pages about what is open and what was exported."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from billing.postings.models import PostingBatch
from billing.postings.profiles import profile_of
from billing.receivables.models import Payment
from billing.receivables.open_items import open_items
from tests.billing.receivables.statements import entry, statement
from tests.factories.receivables import give_accounts, take
from tests.factories.sessions import signed_in
from verbund.kernel import context

ITEMS, POSTINGS = "/abrechnung/offene-posten/", "/abrechnung/buchungen/"


@pytest.fixture
def item(heideblick):
    with context.enter_association():
        give_accounts(heideblick)
        return take(heideblick)


def upload(client, content):
    return client.post(f"{ITEMS}auszug/", {"file": SimpleUploadedFile("auszug.xml", content)}, follow=True)


def test_page_shows_what_is_open_with_its_sum(item):
    page = signed_in("finance").get(ITEMS).content.decode()

    assert item.number in page
    assert page.count("119,00\u00a0€") == 3
    assert "Alle Zahlungen sind zugeordnet." in page


def test_statement_is_taken_and_the_rest_assigned_by_hand(item):
    client = signed_in("finance")

    page = upload(client, statement(entry(5_000, "Abschlag"))).content.decode()
    with context.enter_association():
        payment = Payment.objects.get()
    form = client.get(f"{ITEMS}zahlungen/{payment.pk}/").content.decode()
    wrong = client.post(f"{ITEMS}zahlungen/{payment.pk}/", {"number": "RE-9", "cents": "50,00"})
    done = client.post(f"{ITEMS}zahlungen/{payment.pk}/", {"number": item.number, "cents": "50,00"})

    assert "1 Umsätze gelesen: 0 schon bekannt, 0 zugeordnet, 1 noch zuzuordnen." in page
    assert 'value="50,00"' in form
    assert (wrong.status_code, "RE-9" in wrong.content.decode()) == (422, True)
    assert done.status_code == 302
    with context.enter_association():
        assert [found.open_cents for found in open_items()] == [6_900]


def test_broken_statement_is_refused_on_the_page(item):
    answer = upload(signed_in("finance"), b"<Document/>")

    assert answer.status_code == 422
    assert "kein Kontoauszug im Format camt.053" in answer.content.decode()


def test_lists_are_handed_out(item):
    client = signed_in("finance")

    everything = client.get(f"{ITEMS}liste/")
    late = client.get(f"{ITEMS}liste/?art=ueberfaellig&form=xlsx")

    assert item.number in everything.getvalue().decode()
    assert everything["Content-Disposition"].startswith('attachment; filename="offene-posten_verband_')
    assert late["Content-Disposition"].startswith('attachment; filename="zahlungserinnerungen_verband_')
    assert late.getvalue().startswith(b"PK")


def test_documents_are_exported_and_fetched_again(item):
    client = signed_in("finance")

    client.post(f"{POSTINGS}ausgeben/", {"month": "2026-10", "profile": "hkr-csv"})
    again = client.post(f"{POSTINGS}ausgeben/", {"month": "2026-10", "profile": "hkr-csv"}, follow=True)
    with context.enter_association():
        batch = PostingBatch.objects.get()
    file = client.get(f"{POSTINGS}ausgaben/{batch.pk}/")

    assert "Nichts Neues" in again.content.decode()
    assert batch.filename in again.content.decode()
    assert file.content == bytes(batch.content)


def test_export_that_does_not_go_says_what_to_do(item):
    answer = signed_in("finance").post(f"{POSTINGS}ausgeben/", {"month": "2026-10", "profile": "datev-extf"})

    assert answer.status_code == 422
    assert "Tragen Sie im Profil 4 bis 7 Ziffern ein" in answer.content.decode()


def test_profile_is_shown_with_own_documents_before_it_is_kept(item):
    client = signed_in("finance")
    values = {
        "title": "Kasse",
        "columns": "Beleg | number\nEuro | cents | signed_comma",
        "separator": ";",
        "encoding": "utf-8",
    }

    preview = client.post(f"{POSTINGS}profile/hkr-csv/", {**values, "aktion": "vorschau"}).content.decode()
    with context.enter_association():
        kept_before = profile_of("hkr-csv").title
    client.post(f"{POSTINGS}profile/hkr-csv/", {**values, "aktion": "speichern"})

    assert "<td>119,00</td>" in preview
    assert "Kasse" not in kept_before
    with context.enter_association():
        assert [column.source for column in profile_of("hkr-csv").definition.mapping.columns] == [
            "number",
            "cents",
        ]


def test_mistake_in_a_column_is_said_with_its_line(item):
    values = {"title": "x", "columns": "A | number\nB | unsinn", "separator": ";", "encoding": "utf-8"}

    answer = signed_in("finance").post(f"{POSTINGS}profile/hkr-csv/", values)

    assert answer.status_code == 422
    assert "Zeile 2: Wählen Sie aus der Liste" in answer.content.decode()


def test_datev_profile_is_kept(item):
    values = {
        "title": "DATEV",
        "consultant": "29098",
        "client": "55003",
        "account_length": "4",
        "first_month": "1",
        "aktion": "speichern",
    }

    answer = signed_in("finance").post(f"{POSTINGS}profile/datev-extf/", values)

    assert answer.status_code == 302
    with context.enter_association():
        assert profile_of("datev-extf").definition.consultant == "29098"


@pytest.mark.parametrize("path", [ITEMS, f"{ITEMS}liste/", POSTINGS])
def test_auditor_reads_and_operator_does_not(item, path):
    answer = signed_in("auditor").get(path)

    assert answer.status_code == 200
    assert len(b"".join(answer)) > 100
    assert signed_in("operator").get(path).status_code == 403


@pytest.mark.parametrize("path", [f"{ITEMS}auszug/", f"{POSTINGS}ausgeben/", f"{POSTINGS}profile/hkr-csv/"])
def test_auditor_changes_nothing(item, path):
    assert signed_in("auditor").post(path).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_query_count_does_not_grow_with_items(item, heideblick, django_assert_num_queries, count):
    with context.enter_association():
        for _ in range(count - 1):
            take(heideblick)
    client = signed_in("finance")
    client.get(ITEMS)

    with django_assert_num_queries(5):
        client.get(ITEMS)
