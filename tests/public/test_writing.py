# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writing and confirming texts: versions, gaps, placeholders, and who may."""

from __future__ import annotations

import pytest

from tests.factories.sessions import signed_in
from verbund.audit.models import AuditEntry
from verbund.kernel import clock, context
from verbund.kernel.actors import SYSTEM
from verbund.public import pages, services
from verbund.public.errors import NotReady, TextRefused
from verbund.public.kinds import PageKind
from verbund.public.models import ContactDetails, LegalPage

KIND = PageKind.IMPRESSUM


def write(body: str, kind: PageKind = KIND):
    return services.write_page(kind=kind, body=body, by=SYSTEM, at=clock.now())


def confirm(version: int, kind: PageKind = KIND):
    return services.confirm_page(kind=kind, version=version, by=SYSTEM, at=clock.now())


def test_each_change_is_a_version_and_is_recorded(in_heideblick):
    first = write("Eins")
    again = write("Eins")
    second = write("Zwei")
    confirm(second.version)

    assert (again.pk, second.version) == (first.pk, first.version + 1)
    recorded = AuditEntry.objects.filter(subject=f"public.legal_page:{KIND.value}").order_by("-pk")
    assert [entry.action.rpartition(".")[2] for entry in recorded[:3]] == ["confirmed", "written", "written"]


def test_confirming_twice_changes_nothing(in_heideblick):
    version = write("Eins").version
    confirmed_at = confirm(version).confirmed_at

    assert confirm(version).confirmed_at == confirmed_at


def test_older_draft_cannot_be_confirmed(in_heideblick):
    old = write("Alt").version
    write("Neu")

    with pytest.raises(NotReady):
        confirm(old)


def test_mandatory_page_with_a_gap_cannot_be_confirmed(in_heideblick):
    ContactDetails.objects.update(phone="")
    version = write("Telefon: {telefon}").version

    with pytest.raises(NotReady, match="Telefon"):
        confirm(version)

    services.save_contact_details(values={"phone": "03544 123"}, by=SYSTEM, at=clock.now())
    assert confirm(version).is_confirmed


def test_empty_mandatory_page_cannot_be_confirmed(in_heideblick):
    with pytest.raises(NotReady):
        confirm(write("").version)


@pytest.mark.parametrize(
    ("body", "part"), [("{telefonnummer}", "{telefonnummer}"), ("x" * 60_001, "zu lang")]
)
def test_text_is_refused_with_the_reason_at_its_field(in_heideblick, body, part):
    with pytest.raises(TextRefused) as refused:
        write(body)

    assert part in refused.value.fields["body"]


def test_changed_address_stands_in_every_text(heideblick, client_of):
    client = signed_in("administrator", heideblick)
    values = {
        "street_address": "Am Markt 5",
        "postal_code": "15926",
        "town": "Langengrassau",
        "email": "a@b.example",
    }

    answer = client.post("/verwaltung/seiten/kontaktangaben/", values)

    assert answer.status_code == 302
    page = client_of(heideblick).get("/impressum/").content.decode()
    assert "Am Markt 5<br>15926 Langengrassau" in page
    with context.enter(heideblick):
        assert (
            AuditEntry.objects.filter(action="public.contact.changed").latest("pk").changes["street_address"]
            is None
        )


def test_wrong_address_keeps_what_was_typed(heideblick):
    client = signed_in("administrator", heideblick)

    answer = client.post(
        "/verwaltung/seiten/kontaktangaben/", {"street_address": "Am Markt 5", "email": "kaputt"}
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="Am Markt 5"' in page
    assert 'value="kaputt"' in page


def test_editor_saves_previews_and_publishes(heideblick, client_of):
    client = signed_in("administrator", heideblick)
    path = "/verwaltung/seiten/impressum/"

    preview = client.post(path, {"body": "## Ganz neu", "aktion": "vorschau"})
    assert "<h2>Ganz neu</h2>" in preview.content.decode()
    with context.enter(heideblick):
        assert pages.state_of(KIND).newest.version == 1, "a preview keeps nothing"
    client.post(path, {"body": "## Ganz neu", "aktion": "speichern"})
    assert "Ganz neu" not in client_of(heideblick).get("/impressum/").content.decode()
    client.post(f"{path}bestaetigen/", {"fassung": "2"})

    assert "Ganz neu" in client_of(heideblick).get("/impressum/").content.decode()
    assert client.get(f"{path}fassungen/2/").status_code == 200
    assert client.get(f"{path}fassungen/9/").status_code == 404


def test_refused_text_stays_in_the_editor(heideblick):
    client = signed_in("administrator", heideblick)

    answer = client.post("/verwaltung/seiten/impressum/", {"body": "Hallo {quatsch}", "aktion": "speichern"})

    assert answer.status_code == 422
    assert "Hallo {quatsch}" in answer.content.decode()
    with context.enter(heideblick):
        assert LegalPage.objects.filter(kind=KIND).count() == 1


@pytest.mark.parametrize(
    "path", ["/verwaltung/seiten/", "/verwaltung/seiten/impressum/", "/verwaltung/seiten/kontaktangaben/"]
)
@pytest.mark.parametrize(
    ("role", "status"), [("administrator", 200), ("clerk", 403), ("field_worker", 403), (None, 302)]
)
def test_only_administrators_write_texts(heideblick, client_of, path, role, status):
    client = signed_in(role, heideblick) if role else client_of(heideblick)

    assert client.get(path).status_code == status


@pytest.mark.parametrize("role", ["clerk", "field_worker"])
def test_others_cannot_confirm(heideblick, role):
    with context.enter(heideblick):
        write("Entwurf")

    answer = signed_in(role, heideblick).post("/verwaltung/seiten/impressum/bestaetigen/", {"fassung": "2"})

    assert answer.status_code == 403
    with context.enter(heideblick):
        assert pages.published(KIND).version == 1
