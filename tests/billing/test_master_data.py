# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Members, the association and inhabitants on pages: what does not hold is said at its field, and nothing is half written."""

from __future__ import annotations

from dataclasses import asdict

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from billing.issuing.models import Issuer, Recipient
from billing.models import FigureSnapshot, SnapshotFigure
from tenants.models import Tenant
from tests.factories.billing import LINES, population_file
from tests.factories.documents import ISSUER, recipient_details
from tests.factories.sessions import signed_in
from verbund.kernel import context

HERE = "/finanzen/mitglieder/"
TITLES = "Kürzel;Name;Straße;PLZ;Ort;Leitweg-ID;Kundennummer;E-Mail"


@pytest.fixture
def client(heideblick, luckau):
    return signed_in("finance")


def details(slug: str) -> dict[str, str]:
    with context.enter_association():
        return asdict(recipient_details(Tenant.objects.get(slug=slug)))


def kept() -> dict[str, str]:
    with context.enter_association():
        return dict(Recipient.objects.values_list("tenant__slug", "customer_number"))


def test_list_names_what_is_missing(client):
    page = client.get(HERE).content.decode()

    assert "Der Absender fehlt noch" in page
    assert "Heideblick" in page
    assert "fehlt" in page


def test_details_of_a_member_are_kept_and_listed(client):
    given = details("heideblick")

    answer = client.post(f"{HERE}kommunen/heideblick/", given, follow=True)

    assert given["leitweg_id"] in answer.content.decode()
    assert kept() == {"heideblick": given["customer_number"]}


def test_member_says_which_form_of_invoice_it_wants(client):
    """An older table without the column changes nothing about it; a word that is no form is refused with line and column."""
    given = details("heideblick") | {"syntax": "ZUGFERD"}
    line = f"heideblick;H;Weg 1;15926;H;{given['leitweg_id']};H-1;"

    client.post(f"{HERE}kommunen/heideblick/", given)
    assert 'value="ZUGFERD" selected' in client.get(f"{HERE}kommunen/heideblick/").content.decode()
    client.post(f"{HERE}einlesen/", {"content": f"{TITLES}\n{line}", "aktion": "einlesen"})
    assert syntaxes() == [("H-1", "ZUGFERD")]
    wrong = {"content": f"{TITLES};E-Rechnung\n{line};Fax", "aktion": "einlesen"}
    assert "Zeile 2, Spalte „E-Rechnung“" in client.post(f"{HERE}einlesen/", wrong).content.decode()
    client.post(f"{HERE}einlesen/", {"content": f"{TITLES};E-Rechnung\n{line};ubl", "aktion": "einlesen"})
    assert syntaxes() == [("H-1", "UBL")]


def syntaxes() -> list[tuple[str, str]]:
    with context.enter_association():
        return list(Recipient.objects.values_list("customer_number", "syntax"))


def test_wrong_check_digits_are_refused_at_the_field(client):
    given = details("heideblick") | {"leitweg_id": "12061219-X-99"}

    answer = client.post(f"{HERE}kommunen/heideblick/", given)

    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"leitweg_id"}
    assert 'value="12061219-X-99"' in answer.content.decode()
    assert kept() == {}


def test_a_stranger_is_nobody_to_edit(client):
    assert client.get(f"{HERE}kommunen/nirgendwo/").status_code == 404


def test_sender_needs_a_true_account_and_a_tax_number(client):
    given = asdict(ISSUER)

    wrong = client.post(f"{HERE}absender/", given | {"iban": "DE00", "vat_id": "", "tax_number": ""})
    right = client.post(f"{HERE}absender/", given)

    assert wrong.context["form"].errors.keys() == {"iban", "tax_number"}
    assert right.status_code == 302
    with context.enter_association():
        assert Issuer.objects.get().iban == ISSUER.iban.replace(" ", "")


def test_table_is_looked_at_before_it_is_taken(client):
    lines = f"{TITLES}\nluckau;Luckau;Markt 1;15926;Luckau;;L-1;"

    looked = client.post(f"{HERE}einlesen/", {"content": lines, "aktion": "pruefen"})
    between = kept()
    client.post(f"{HERE}einlesen/", {"content": lines, "aktion": "einlesen"})

    assert "Noch ist nichts geschrieben." in looked.content.decode()
    assert between == {}
    assert kept() == {"luckau": "L-1"}


def test_broken_line_is_named_and_stays_to_be_mended(client):
    lines = f"{TITLES}\nluckau;Luckau;Markt 1;15926;Luckau;;L-1;\nheideblick;H;Weg 1;159;H;;H-1;"

    answer = client.post(f"{HERE}einlesen/", {"content": lines, "aktion": "einlesen"})

    assert answer.status_code == 422
    assert "Zeile 3, Spalte „PLZ“" in answer.content.decode()
    assert "heideblick;H;Weg 1;159" in answer.content.decode()
    assert kept() == {}


def test_inhabitants_are_read_once_and_never_changed(client):
    def send(content: bytes, action: str):
        given = {"reference_date": "31.12.2024", "census": "Zensus 2022", "source": "Statistikamt"}
        file = SimpleUploadedFile("einwohner.csv", content)
        return client.post(f"{HERE}einwohner/", {**given, "file": file, "aktion": action}, follow=True)

    looked = send(population_file(), "pruefen")
    with context.enter_association():
        before = FigureSnapshot.objects.count()
    taken = send(population_file(), "einlesen")
    other = send(population_file(*LINES[:2]), "einlesen")
    broken = send(population_file("120610219219;Heideblick;viele"), "einlesen")

    assert "Noch ist nichts geschrieben." in looked.content.decode()
    assert before == 0
    assert "Die Einwohnerzahlen vom 31.12.2024 sind da." in taken.content.decode()
    assert "schon andere Zahlen eingelesen" in other.content.decode()
    assert "Zeile 3" in broken.content.decode()
    with context.enter_association():
        assert (FigureSnapshot.objects.count(), SnapshotFigure.objects.count()) == (1, len(LINES))
