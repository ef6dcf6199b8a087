# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Direct debits by page: mandate, account, what is due, the file, and what the bank gave back."""

from __future__ import annotations

import pytest

from billing.collection.mandates import enter_mandate
from billing.collection.models import Collection, Creditor, Mandate
from tests.factories.receivables import take
from tests.factories.sessions import signed_in
from verbund.kernel import clock, context
from verbund.kernel.actors import SYSTEM

DEBITS, IBAN, OTHER = "/abrechnung/lastschriften/", "DE89370400440532013000", "DE75512108001245126199"
ACCOUNT = {"name": "Zweckverband", "iban": IBAN, "identifier": "DE98ZZZ09999999999"}
# A working day by which the bill of the factory is due.
DAY = "05.01.2099"
MANDATE = {
    "slug": "heideblick",
    "reference": "M-1",
    "scheme": "CORE",
    "signed_on": "05.01.2026",
    "iban": "DE75 5121 0800 1245 1261 99",
    "holder": "",
}


@pytest.fixture
def item(heideblick):
    with context.enter_association():
        return take(heideblick)


def test_mandate_account_file_and_return_in_the_browser(item):
    client = signed_in("finance")
    wrong = client.post(f"{DEBITS}mandate/neu/", {**MANDATE, "iban": "DE00"})
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["iban"])
    assert wrong.context["form"]["reference"].value() == "M-1"

    client.post(f"{DEBITS}mandate/neu/", MANDATE)
    client.post(f"{DEBITS}konto/", ACCOUNT)
    page = client.get(f"{DEBITS}?collect_on={DAY}")

    assert [(entry.item.number, entry.cents, entry.is_first) for entry in page.context["due"]] == [
        (item.number, 11_900, True)
    ]
    text = page.content.decode()
    assert "…6199" in text
    assert OTHER not in text
    made = client.post(f"{DEBITS}ausgeben/", {"collect_on": DAY}, follow=True)
    assert "1 Datei ist ausgegeben." in made.content.decode()
    with context.enter_association():
        file = Collection.objects.get()
    handed = client.get(f"{DEBITS}dateien/{file.message_id}/")
    assert handed.content == file.content.encode()
    assert OTHER in handed.content.decode()

    assert client.get(f"{DEBITS}?collect_on={DAY}").context["due"] == []
    client.post(f"{DEBITS}rueckgabe/", {"number": item.number})
    assert len(client.get(f"{DEBITS}?collect_on={DAY}").context["due"]) == 1


def test_day_that_does_not_hold_is_refused_with_the_field(item):
    client = signed_in("finance")

    past = client.post(f"{DEBITS}ausgeben/", {"collect_on": "01.01.2020"})

    assert (past.status_code, list(past.context["form"].errors)) == (422, ["collect_on"])
    assert client.get(f"{DEBITS}?collect_on=morgen").context["due"] == []


def test_mandate_ends_by_page_and_only_once(item):
    with context.enter_association():
        made = enter_mandate(
            slug="heideblick", reference="A/B", scheme="B2B", signed_on=clock.today(), holder="", iban=IBAN, by=SYSTEM, at=clock.now()
        )  # fmt: skip
    client = signed_in("finance")

    early = client.post(f"{DEBITS}mandate/{made.pk}/beenden/", {"on": "01.01.2020"})
    client.post(f"{DEBITS}mandate/{made.pk}/beenden/", {"on": f"{clock.today():%d.%m.%Y}"})

    assert list(early.context["form"].errors) == ["on"]
    with context.enter_association():
        assert Mandate.objects.get().ended_on == clock.today()
    assert client.get(f"{DEBITS}mandate/{made.pk}/beenden/").status_code == 404


def test_auditor_reads_and_gets_neither_file_nor_button(item):
    auditor = signed_in("auditor")

    page = auditor.get(DEBITS)

    assert page.status_code == 200
    assert "Mandat eintragen" not in page.content.decode()
    for path in ("dateien/VB-1/", "mandate/neu/", "konto/"):
        assert auditor.get(f"{DEBITS}{path}").status_code == 403
    assert signed_in("operator").get(DEBITS).status_code == 403
    with context.enter_association():
        assert not Creditor.objects.exists()
