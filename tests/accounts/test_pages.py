# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages of the administration and of one's own account, at a municipality and at the association."""

from __future__ import annotations

import pytest

from tests.factories.accounts import PASSWORD, client_for, make_person
from verbund.accounts.models import Person, Session, SignInPolicy
from verbund.accounts.services.people import create_person
from verbund.audit.models import AuditEntry
from verbund.kernel import clock
from verbund.kernel.actors import SYSTEM
from verbund.kernel.context import ASSOCIATION

PEOPLE = "/verwaltung/personen/"
SECRET = "JBSWY3DPEHPK3PXP"


def with_factor(role: str, email: str = "chef@heideblick.example") -> Person:
    return create_person(
        email=email,
        name="Ada Amt",
        role=role,
        password=PASSWORD,
        totp_secret=SECRET,
        by=SYSTEM,
        at=clock.now(),
    )


@pytest.fixture
def chief(in_heideblick) -> Person:
    return with_factor("administrator")


@pytest.fixture
def office(chief, in_heideblick):
    """The administrator's browser."""
    return client_for(chief, in_heideblick)


def test_list_shows_everybody_with_state(office):
    make_person(name="Emil Eingeladen", joined_at=None, is_active=False)
    make_person(name="Gustav Gegangen", is_active=False)

    page = office.get(PEOPLE).content.decode()

    for words in (
        "Ada Amt",
        "Emil Eingeladen",
        "eingeladen",
        "Gustav Gegangen",
        "deaktiviert",
        "Sachbearbeitung",
    ):
        assert words in page


@pytest.mark.parametrize("rows", [1, 3])
def test_list_takes_the_same_queries_for_any_number(office, django_assert_max_num_queries, rows):
    for _ in range(rows):
        make_person()
    office.get(PEOPLE)  # what the frame of every page shows is kept from here on
    with django_assert_max_num_queries(9):
        office.get(PEOPLE)


@pytest.mark.parametrize(
    "path", [PEOPLE, f"{PEOPLE}einladen/", f"{PEOPLE}1/", "/verwaltung/zugangsschluessel/"]
)
def test_pages_are_closed_to_others(in_heideblick, path):
    assert client_for(None, in_heideblick).get(path).status_code == 302
    assert client_for(make_person("clerk"), in_heideblick).get(path).status_code == 403


def test_closed_page_is_told_in_words(in_heideblick):
    answer = client_for(make_person("clerk"), in_heideblick).get(PEOPLE)

    assert "Dafür fehlt Ihnen die Berechtigung" in answer.content.decode()


def test_inviting_by_the_page(office):
    refused = office.post(f"{PEOPLE}einladen/", {"name": "", "email": "keine", "role": ""})
    taken = office.post(
        f"{PEOPLE}einladen/", {"name": "X", "email": "CHEF@heideblick.example", "role": "clerk"}
    )
    done = office.post(
        f"{PEOPLE}einladen/", {"name": "Neu Hier", "email": "neu@heideblick.example", "role": "clerk"}
    )

    assert (refused.status_code, taken.status_code) == (422, 422)
    assert "schon ein Konto" in taken.content.decode()
    person = Person.objects.get(email="neu@heideblick.example")
    assert done["Location"] == f"{PEOPLE}{person.pk}/"
    assert "Neue Einladung senden" in office.get(done["Location"]).content.decode()
    assert office.post(f"{PEOPLE}{person.pk}/einladung/").status_code == 302


def test_role_deactivation_and_factor_by_the_page(office, in_heideblick):
    person = with_factor("clerk", "b@heideblick.example")
    client_for(person, in_heideblick)
    at = f"{PEOPLE}{person.pk}/"

    assert office.post(f"{at}rolle/", {"role": "field_worker"})["Location"] == at
    assert office.post(f"{at}rolle/", {"role": "king"}).status_code == 422
    assert office.post(f"{at}zweiter-faktor/", {"reason": ""}).status_code == 422
    assert office.post(f"{at}zweiter-faktor/", {"reason": "Telefon verloren"})["Location"] == at
    client_for(person, in_heideblick)
    session = Session.objects.get(person=person)
    assert office.post(f"{at}sitzungen/{session.pk}/beenden/")["Location"] == at
    client_for(person, in_heideblick)
    assert office.post(f"{at}sitzungen/beenden/")["Location"] == at
    assert not Session.objects.filter(person=person).exists()
    assert office.post(f"{at}deaktivieren/", {"successor": ""})["Location"] == at
    assert office.post(f"{at}aktivieren/")["Location"] == at
    person.refresh_from_db()
    assert (person.role, person.is_active) == ("field_worker", True)


def test_opening_a_colleagues_page_is_recorded_and_ones_own_is_not(office, chief):
    colleague = make_person()

    office.get(f"{PEOPLE}{chief.pk}/")
    office.get(f"{PEOPLE}{colleague.pk}/")

    read = AuditEntry.objects.get(action="accounts.person.read")
    assert (read.subject, read.actor_id) == (f"accounts.person:{colleague.pk}", str(chief.pk))
    assert read.changes == dict.fromkeys(("name", "email", "last_login", "sessions", "factors"))


def test_last_administrator_is_told_the_way_out(office, chief):
    answer = office.post(f"{PEOPLE}{chief.pk}/deaktivieren/", {"successor": ""})

    assert answer.status_code == 422
    assert "Geben Sie zuerst einer anderen Person diese Rolle" in answer.content.decode()


def test_person_of_nowhere_is_not_found(office):
    assert office.get(f"{PEOPLE}999999/").status_code == 404
    assert office.post(f"{PEOPLE}999999/rolle/", {"role": "clerk"}).status_code == 404


def test_second_factor_for_all_by_the_administrations_rule(office, in_heideblick):
    client = client_for(make_person("clerk"), in_heideblick)
    assert client.get("/verwaltung/zugangsschluessel/").status_code == 403

    office.post(f"{PEOPLE}anmelderegeln/", {"requires_second_factor": "on"})

    assert SignInPolicy.objects.get().requires_second_factor
    assert client.get("/verwaltung/zugangsschluessel/")["Location"] == "/konto/zweiter-faktor/noetig/"
    assert AuditEntry.objects.get(action="accounts.policy.changed").changes == {
        "requires_second_factor": [False, True]
    }


def test_own_account_changes_the_name(in_heideblick):
    person = make_person()
    client = client_for(person, in_heideblick)

    assert client.post("/konto/", {"name": ""}).status_code == 422
    client.post("/konto/", {"name": "Neuer Name"})

    person.refresh_from_db()
    assert person.name == "Neuer Name"
    assert AuditEntry.objects.get(action="accounts.person.renamed").changes == {"name": None}


def test_form_sent_after_the_session_ended_leads_back_to_its_page(in_heideblick):
    client = client_for(None, in_heideblick)

    answer = client.post(
        f"{PEOPLE}7/rolle/", {"role": "clerk"}, HTTP_REFERER=f"http://heideblick.localhost{PEOPLE}7/"
    )

    assert answer["Location"] == f"/konto/anmelden/?next={PEOPLE}7/"


def test_fragment_moves_the_whole_page_to_the_sign_in(in_heideblick):
    answer = client_for(None, in_heideblick).get(PEOPLE, HTTP_HX_REQUEST="true")

    assert answer.status_code == 204
    assert answer["HX-Redirect"].startswith("/konto/anmelden/?next=")


def test_operators_manage_the_associations_people(in_association):
    operator = with_factor("operator", "betrieb@verbund.example")
    console = client_for(operator, ASSOCIATION)

    page = console.get("/personen/")
    invited = console.post(
        "/personen/einladen/", {"name": "Rita Revision", "email": "r@verbund.example", "role": "auditor"}
    )

    assert page.status_code == 200
    assert "Betrieb" in page.content.decode()
    assert Person.objects.get(email="r@verbund.example").role == "auditor"
    assert console.get(invited["Location"]).status_code == 200
    assert console.get("/zugangsschluessel/").status_code == 200
    assert client_for(None, ASSOCIATION).get("/verwaltung/personen/").status_code == 404


def test_auditor_and_finance_change_nobody(in_association):
    for role in ("auditor", "finance"):
        client = client_for(with_factor(role, f"{role}@verbund.example"), ASSOCIATION)
        assert client.get("/personen/").status_code == 403
        assert client.post("/personen/einladen/", {}).status_code == 403


@pytest.mark.parametrize(
    "path",
    [
        "/konto/",
        "/konto/passwort/aendern/",
        "/konto/zweiter-faktor/",
        "/konto/zweiter-faktor/app/entfernen/",
        "/konto/zweiter-faktor/codes/neu/",
        "/konto/zweiter-faktor/passkeys/",
        "/konto/zweiter-faktor/passkeys/neu/",
        "/konto/abmelden/",
    ],
)
def test_every_page_of_the_account_stands_in_the_shell(in_heideblick, path):
    person = with_factor("clerk")
    client = client_for(None, in_heideblick)
    client.post("/konto/anmelden/", {"login": person.email, "password": PASSWORD})
    import time

    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

    client.post(
        "/konto/anmelden/code/", {"code": format_hotp_value(hotp_value(SECRET, int(time.time()) // 30))}
    )

    answer = client.get(path)

    assert answer.status_code == 200
    page = answer.content.decode()
    assert "vb-staff" in page
    assert page.count("<h1>") == 1
    assert "Heideblick" in page


@pytest.mark.parametrize(
    "path",
    [
        "/konto/anmelden/",
        "/konto/passwort/vergessen/",
        "/konto/passwort/vergessen/gesendet/",
        "/konto/geschlossen/",
    ],
)
def test_pages_before_the_sign_in_stand_in_the_public_shell(heideblick, path):
    answer = client_for(None, heideblick).get(path)

    assert answer.status_code == 200
    assert "vb-public" in answer.content.decode()


def test_sensitive_steps_ask_for_the_password_when_the_sign_in_is_old(in_heideblick):
    client = client_for(make_person(), in_heideblick)

    asked = client.post("/konto/zweiter-faktor/app/", {"code": "123456"}, HTTP_USER_AGENT="Geheim/1.0")

    assert asked["Location"] == "/konto/bestaetigen/?next=/konto/zweiter-faktor/app/"
    from verbund.accounts.sessions import SessionStore

    assert "Geheim" not in str([SessionStore().decode(row.session_data) for row in Session.objects.all()])
    page = client.get(asked["Location"])
    assert "Bitte bestätigen Sie" in page.content.decode()
    assert (
        client.post(
            asked["Location"], {"password": "falsch", "next": "/konto/zweiter-faktor/app/"}
        ).status_code
        == 200
    )
    confirmed = client.post(asked["Location"], {"password": PASSWORD, "next": "/konto/zweiter-faktor/app/"})
    assert confirmed["Location"] == "/konto/zweiter-faktor/app/"
    assert client.get(confirmed["Location"]).status_code == 200
