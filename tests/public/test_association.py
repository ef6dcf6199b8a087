# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The association's own legal pages: written in the console, read on its host, and nobody else's."""

from __future__ import annotations

import pytest

from tests.factories.sessions import signed_in
from verbund.kernel import clock, context
from verbund.kernel.context import ASSOCIATION
from verbund.notify.models import Outbox
from verbund.public import provision
from verbund.public.errors import TextRefused
from verbund.public.kinds import MANDATORY, PageKind
from verbund.public.models import BarrierFeedback, LegalPage
from verbund.public.services import write_page

SIGN_IN = "/konto/anmelden/"


@pytest.fixture
def examples(db):
    provision.make_association_examples(at=clock.now())


@pytest.mark.parametrize("kind", MANDATORY)
def test_everybody_reads_the_pages_from_the_foot_of_the_sign_in(examples, client_of, kind):
    client = client_of(None)

    assert f'href="/{kind.value}/"' in client.get(SIGN_IN).content.decode()
    page = client.get(f"/{kind.value}/").content.decode()
    assert "Beispieltext" in page
    assert "Kommunaler IT-Verband" in page
    assert "[fehlt" not in page


def test_operator_writes_from_the_template_and_confirms(db, client_of):
    client = signed_in("operator", ASSOCIATION)
    contact = {
        "organisation": "Zweckverband IT Süd",
        "street_address": "Am Markt 5",
        "postal_code": "15926",
        "town": "Luckau",
        "phone": "03544 1",
        "email": "post@verbund.example",
        "represented_by": "Verbandsvorsteherin Erika Mustermann",
        "data_protection_email": "datenschutz@verbund.example",
    }
    assert "noch nicht veröffentlicht: Kontakt, Impressum" in client.get("/").content.decode()
    assert "/impressum/" not in client_of(None).get(SIGN_IN).content.decode(), "no link leads nowhere"

    assert client.post("/seiten/kontaktangaben/", contact).status_code == 302
    for kind in MANDATORY:
        editor = client.get(f"/seiten/{kind.value}/")
        body = editor.context["form"]["body"].value()
        assert "{name}" in body, "the editor begins with the template"
        client.post(f"/seiten/{kind.value}/", {"body": body, "aktion": "speichern"})
        assert client.post(f"/seiten/{kind.value}/bestaetigen/", {"fassung": "1"}).status_code == 302

    assert "Zweckverband IT Süd" in client_of(None).get("/impressum/").content.decode()
    assert "noch nicht veröffentlicht" not in client.get("/").content.decode()


@pytest.mark.parametrize(
    "path", ["/seiten/", "/seiten/impressum/", "/seiten/kontaktangaben/", "/rueckmeldungen/1/"]
)
@pytest.mark.parametrize(("role", "status"), [("finance", 403), ("auditor", 403), (None, 302)])
def test_only_operators_write_texts(db, client_of, path, role, status):
    client = signed_in(role, ASSOCIATION) if role else client_of(None)

    assert client.get(path).status_code == status


def test_texts_of_the_association_are_not_those_of_its_members(examples, heideblick, client_of):
    with context.enter_association():
        write_page(kind=PageKind.KONTAKT, body="Nur vom Verband", by=provision.SYSTEM, at=clock.now())

    with context.enter(heideblick):
        assert not LegalPage.objects.filter(body="Nur vom Verband").exists()
    assert "Kommunaler IT-Verband" not in client_of(heideblick).get("/kontakt/").content.decode()


def test_association_serves_no_bodies(in_association):
    with pytest.raises(TextRefused) as refused:
        write_page(kind=PageKind.KONTAKT, body="{gemeinden}", by=provision.SYSTEM, at=clock.now())

    assert "{gemeinden}" in refused.value.fields["body"]


def test_barrier_is_told_listed_answered_and_closed(examples, heideblick, client_of):
    given = {"message": "Ging nicht auf.", "address": "", "name": "", "email": "e@m.example", "website": ""}
    sent = client_of(None).post("/barrierefreiheit/melden/", given, follow=True)
    assert sent.redirect_chain == [("/barrierefreiheit/danke/", 302)]
    with context.enter(heideblick):
        assert not BarrierFeedback.objects.exists()
    with context.enter_association():
        feedback = BarrierFeedback.objects.get()
        mail = Outbox.objects.latest("pk")
    assert mail.recipient == "kontakt@verbund.example"
    assert f"/rueckmeldungen/{feedback.pk}/" in mail.text
    assert "http://verbund.localhost" in mail.text

    client = signed_in("operator", ASSOCIATION)
    assert feedback.reference in client.get("/seiten/").content.decode()
    assert "e@m.example" in client.get(f"/rueckmeldungen/{feedback.pk}/").content.decode()
    client.post(f"/rueckmeldungen/{feedback.pk}/erledigt/")

    assert "Niemand wartet auf eine Antwort." in client.get("/seiten/").content.decode()
