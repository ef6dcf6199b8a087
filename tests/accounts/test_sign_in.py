# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Signing in with password and second factor; nothing tells whether an account exists."""

from __future__ import annotations

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from axes.models import AccessAttempt
from django.core.cache import cache
from django.test import Client

from tests.factories.accounts import PASSWORD, client_for, make_person
from verbund.accounts.models import Person, Session
from verbund.accounts.services.people import create_person
from verbund.audit.models import AuditEntry
from verbund.kernel import clock, context
from verbund.kernel.actors import SYSTEM
from verbund.notify.api import absolute_url
from verbund.notify.models import Outbox

LOGIN = "/konto/anmelden/"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def sign_in(client, email: str, password: str = PASSWORD, **more):
    return client.post(LOGIN, {"login": email, "password": password, **more})


def neutral(response) -> str:
    """The page without what differs at every request."""
    text = response.content.decode()
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text)
    text = re.sub(r'value="[^"]*@[^"]*"', "", text)
    return re.sub(r"\d{2}\.\d{2}\.\d{4}, \d{2}:\d{2} Uhr|[0-9a-f]{16}", "", text)


def code(secret: str = SECRET, steps: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def test_right_password_signs_in_and_is_recorded(in_heideblick):
    person = make_person()
    client = client_for(None, in_heideblick, HTTP_USER_AGENT="Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0")

    response = sign_in(client, person.email.upper())

    assert (response.status_code, response["Location"]) == (302, "/verwaltung/")
    session = Session.objects.get(person=person)
    assert session.device == "Firefox, Linux"
    entry = AuditEntry.objects.get(action="accounts.session.started")
    assert (entry.actor_id, entry.subject) == (str(person.pk), f"accounts.person:{person.pk}")
    person.refresh_from_db()
    assert person.last_login is not None


def test_deep_link_survives_signing_in(in_heideblick):
    person = make_person("administrator", email="chef@heideblick.example")
    create_person(
        email=person.email,
        name="x",
        role="administrator",
        password="x",
        totp_secret=SECRET,
        by=SYSTEM,
        at=clock.now(),
    )
    client = client_for(None, in_heideblick)

    asked = client.get("/verwaltung/personen/?seite=2")
    assert asked["Location"] == f"{LOGIN}?next=/verwaltung/personen/%3Fseite%3D2"
    page = client.get(asked["Location"])
    assert b'name="next" value="/verwaltung/personen/?seite=2"' in page.content
    first = sign_in(client, person.email, next="/verwaltung/personen/?seite=2")
    assert first["Location"] == "/konto/anmelden/code/"
    second = client.post(first["Location"], {"code": code()})

    assert second["Location"] == "/verwaltung/personen/?seite=2"


def test_foreign_address_to_go_to_is_refused(in_heideblick):
    person = make_person()

    response = sign_in(client_for(None, in_heideblick), person.email, next="http://luckau.localhost/")

    assert response["Location"] == "/verwaltung/"


def test_wrong_password_unknown_and_closed_accounts_look_the_same(in_heideblick):
    known, closed = make_person(), make_person(is_active=False)
    invited = make_person(is_active=False, joined_at=None)
    answers = [
        sign_in(client_for(None, in_heideblick), known.email, "falsch-falsch-falsch"),
        sign_in(client_for(None, in_heideblick), "niemand@heideblick.example"),
        sign_in(client_for(None, in_heideblick), closed.email),
        sign_in(client_for(None, in_heideblick), invited.email),
    ]

    assert {answer.status_code for answer in answers} == {200}
    assert len({neutral(answer) for answer in answers}) == 1
    assert "E-Mail-Adresse oder Passwort stimmen nicht." in answers[0].content.decode()
    refused = AuditEntry.objects.filter(action="accounts.sign_in.refused")
    assert refused.count() == 4
    assert "@" not in str(list(refused.values()))


def test_unknown_account_costs_one_hash_like_a_known_one(in_heideblick, monkeypatch):
    from django.contrib.auth import hashers

    person, hashed = make_person(), []
    encode = hashers.MD5PasswordHasher.encode
    monkeypatch.setattr(
        hashers.MD5PasswordHasher, "encode", lambda self, *given: hashed.append(given) or encode(self, *given)
    )

    def hashes_for(email: str) -> int:
        hashed.clear()
        sign_in(client_for(None, in_heideblick), email, "falsch-falsch-falsch")
        return len(hashed)

    assert hashes_for(person.email) == hashes_for("niemand@heideblick.example") == 1


def test_forgotten_password_answers_the_same_for_everybody(in_heideblick):
    known, closed = make_person(), make_person(is_active=False)

    answers = [
        client_for(None, in_heideblick).post("/konto/passwort/vergessen/", {"email": email}, follow=True)
        for email in (known.email, "niemand@heideblick.example", closed.email)
    ]

    assert len({(neutral(answer), answer.status_code, str(answer.redirect_chain)) for answer in answers}) == 1
    mails = Outbox.objects.filter(kind="accounts_password_reset")
    assert [mail.recipient for mail in mails] == [known.email]


def test_link_of_a_forgotten_password_sets_a_new_one_and_ends_sessions(in_heideblick):
    person = make_person()
    other = client_for(person, in_heideblick)
    client = client_for(None, in_heideblick)
    client.post("/konto/passwort/vergessen/", {"email": person.email})
    link = re.search(
        r"http://heideblick\.localhost[^\s]*(/konto/passwort/neu/\S+)",
        Outbox.objects.get(kind="accounts_password_reset").text,
    )
    assert link is not None

    form = client.get(link[1], follow=True)
    new = "vier-neue-woerter-hier"
    done = client.post(form.redirect_chain[-1][0], {"password1": new, "password2": new}, follow=True)

    assert "Ihr Passwort ist geändert" in done.content.decode()
    person.refresh_from_db()
    assert person.check_password(new)
    assert not Session.objects.filter(person=person).exists()
    assert other.get("/konto/").status_code == 302
    assert AuditEntry.objects.filter(
        action="accounts.password.reset", subject=f"accounts.person:{person.pk}"
    ).exists()
    assert "Der Link gilt nicht mehr" in client.get(link[1], follow=True).content.decode()


@pytest.mark.parametrize("host", ["heideblick.localhost:1337", "HEIDEBLICK.localhost."])
def test_link_of_a_forgotten_password_does_not_lead_where_the_request_says(in_heideblick, host):
    person = make_person()

    Client(HTTP_HOST=host).post("/konto/passwort/vergessen/", {"email": person.email})

    text = Outbox.objects.get(kind="accounts_password_reset").text
    assert absolute_url("/konto/passwort/neu/") in text
    assert host not in text


def test_link_of_a_forgotten_password_is_worthless_at_the_neighbour(heideblick, luckau):
    with context.enter(heideblick):
        here = make_person()
        client_for(None, heideblick).post("/konto/passwort/vergessen/", {"email": here.email})
        path = re.search(
            r"(/konto/passwort/neu/\S+)", Outbox.objects.get(kind="accounts_password_reset").text
        )[1]
    with context.enter(luckau):
        twin = Person(
            **{field.attname: getattr(here, field.attname) for field in Person._meta.concrete_fields}
        )
        twin.save(force_insert=True)

    assert "Der Link gilt nicht mehr" in client_for(None, luckau).get(path, follow=True).content.decode()


def test_five_failures_lock_account_and_address_for_a_while(in_heideblick):
    person, client = make_person(), client_for(None, in_heideblick)
    for _ in range(4):
        assert sign_in(client, person.email, "falsch-falsch-falsch").status_code == 200

    locked = sign_in(client, person.email, "falsch-falsch-falsch")

    assert locked.status_code == 429
    assert "Zu viele Versuche" in locked.content.decode()
    assert locked["Retry-After"] == "900"
    assert sign_in(client, person.email).status_code == 429, "even the right password"
    assert sign_in(client_for(None, in_heideblick, REMOTE_ADDR="10.0.0.9"), person.email).status_code == 302
    assert AuditEntry.objects.filter(action="accounts.sign_in.locked_out").count() == 1


def test_unknown_accounts_are_locked_like_known_ones(in_heideblick):
    client = client_for(None, in_heideblick)

    answers = [sign_in(client, "niemand@heideblick.example").status_code for _ in range(6)]

    assert answers == [200, 200, 200, 200, 429, 429]


def test_what_is_counted_names_neither_account_nor_address(in_heideblick):
    person = make_person()
    client = client_for(None, in_heideblick, REMOTE_ADDR="192.0.2.77", HTTP_USER_AGENT="Netscape/4.0 geheim")

    sign_in(client, person.email, "falsch-falsch-falsch")

    kept = str(AccessAttempt.objects.values().get())
    for word in (person.email, "192.0.2.77", "Netscape", "falsch"):
        assert word not in kept


def test_lock_at_one_municipality_does_not_reach_the_neighbour(heideblick, luckau):
    with context.enter(heideblick):
        for _ in range(6):
            sign_in(client_for(None, heideblick), "ada@example.org", "falsch")
    with context.enter(luckau):
        make_person(email="ada@example.org")

        assert sign_in(client_for(None, luckau), "ada@example.org").status_code == 302


def test_second_factor_is_asked_for_and_accepted_once(in_heideblick):
    person = create_person(
        email="mit@heideblick.example",
        name="Mit Faktor",
        role="clerk",
        password=PASSWORD,
        totp_secret=SECRET,
        by=SYSTEM,
        at=clock.now(),
    )
    client, right = client_for(None, in_heideblick), code()

    first = sign_in(client, person.email)
    assert first["Location"] == "/konto/anmelden/code/"
    assert client.get("/konto/").status_code == 302, "not signed in yet"
    assert client.post(first["Location"], {"code": "000000"}).status_code == 200
    assert client.post(first["Location"], {"code": right})["Location"] == "/verwaltung/"
    started = AuditEntry.objects.get(action="accounts.session.started")
    assert started.changes == {"factor": "totp"}

    cache.key_prefix = "lost"  # the cache may be lost at any time; the lock on used codes is not in it
    thief = client_for(None, in_heideblick)
    sign_in(thief, person.email)
    again = thief.post("/konto/anmelden/code/", {"code": right})
    assert again.status_code == 200
    assert "schon benutzt" in again.content.decode()


def test_wrong_codes_lock_like_wrong_passwords(in_heideblick):
    person = create_person(
        email="mit@heideblick.example",
        name="Mit Faktor",
        role="clerk",
        password=PASSWORD,
        totp_secret=SECRET,
        by=SYSTEM,
        at=clock.now(),
    )
    client = client_for(None, in_heideblick)
    sign_in(client, person.email)

    answers = [client.post("/konto/anmelden/code/", {"code": "000000"}).status_code for _ in range(5)]

    assert answers == [200, 200, 200, 200, 429]
    assert client.post("/konto/anmelden/code/", {"code": code()}).status_code == 429


def test_secrets_of_factors_are_sealed_at_rest(in_heideblick):
    person = make_person()
    client = client_for(None, in_heideblick)
    sign_in(client, person.email)

    page = client.get("/konto/zweiter-faktor/app/")
    secret = re.search(r"<code>([A-Z2-7]{32})</code>", page.content.decode())[1]
    sessions = str(list(Session.objects.values_list("session_data", flat=True)))
    from verbund.accounts.sessions import SessionStore

    payloads = [SessionStore().decode(row.session_data) for row in Session.objects.all()]
    assert secret not in sessions + str(payloads)
    wrong = client.post("/konto/zweiter-faktor/app/", {"code": "000000"})
    assert secret in wrong.content.decode(), "the same secret after a typing mistake"
    done = client.post("/konto/zweiter-faktor/app/", {"code": code(secret)})

    assert done["Location"] == "/konto/zweiter-faktor/codes/"
    kept = str(list(Authenticator.objects.filter(user=person).values_list("data", flat=True)))
    codes = re.findall(r"<code>(\d{10})</code>", client.get(done["Location"]).content.decode())
    assert len(codes) == 10
    assert secret not in kept
    assert not any(one in kept for one in codes)
    assert AuditEntry.objects.filter(action="accounts.factor.added").exists()


def test_recovery_code_signs_in_once(in_heideblick):
    person = create_person(
        email="mit@heideblick.example",
        name="Mit Faktor",
        role="clerk",
        password=PASSWORD,
        totp_secret=SECRET,
        by=SYSTEM,
        at=clock.now(),
    )
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    spare = RecoveryCodes.activate(person).get_unused_codes()[0]
    client = client_for(None, in_heideblick)
    sign_in(client, person.email)
    assert client.post("/konto/anmelden/code/", {"code": spare})["Location"] == "/verwaltung/"

    again = client_for(None, in_heideblick)
    sign_in(again, person.email)
    assert again.post("/konto/anmelden/code/", {"code": spare}).status_code == 200


def test_role_that_needs_a_second_factor_sets_it_up_before_going_on(in_heideblick):
    person = make_person("administrator")
    client = client_for(None, in_heideblick)
    sign_in(client, person.email)

    response = client.get("/verwaltung/personen/")

    assert response["Location"] == "/konto/zweiter-faktor/noetig/"
    assert client.get(response["Location"]).status_code == 200


def test_in_the_demo_the_second_factor_is_only_offered(in_heideblick, monkeypatch):
    from verbund.accounts import second_factor

    monkeypatch.setattr(second_factor, "is_enforced", lambda: False)
    person = make_person("administrator")
    client = client_for(None, in_heideblick)

    landing = sign_in(client, person.email)

    assert landing.status_code == 302
    page = client.get("/verwaltung/personen/")
    assert page.status_code == 200
    assert "zweiter Faktor nötig" in page.content.decode()


def test_nobody_can_sign_up(in_heideblick):
    client = client_for(None, in_heideblick)

    assert client.get("/konto/signup/").status_code == 404
    assert client.get("/konto/registrieren/").status_code == 404


def test_signing_out_ends_the_session(in_heideblick):
    person = make_person()
    client = client_for(person, in_heideblick)

    assert client.get("/konto/abmelden/").status_code == 200, "asks first"
    assert client.get("/konto/").status_code == 200
    client.post("/konto/abmelden/")

    assert client.get("/konto/").status_code == 302
    assert not Session.objects.filter(person=person).exists()
    assert AuditEntry.objects.filter(action="accounts.session.ended").count() == 1


def test_production_hashes_with_argon2id():
    from django.utils.module_loading import import_string

    from verbund.config.settings import authentication

    hasher = import_string(authentication.PASSWORD_HASHERS[0])()

    assert hasher.encode(PASSWORD, hasher.salt()).startswith("argon2$argon2id$")


def test_too_many_requests_are_answered_in_german(in_heideblick, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    client = client_for(None, in_heideblick)
    sign_in(client, "a@heideblick.example")

    answer = sign_in(client, "a@heideblick.example")

    assert answer.status_code == 429
    assert "Das waren sehr viele Anfragen in kurzer Zeit." in answer.content.decode()
    assert answer["Retry-After"] == "60"


def test_reset_mail_for_an_unknown_address_costs_the_same_work(in_heideblick, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    person = make_person()

    def statements(email: str) -> list[str]:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            client_for(None, in_heideblick).post("/konto/passwort/vergessen/", {"email": email})
        return [
            query["sql"].split()[0] + query["sql"].split()[1]
            for query in seen
            if query["sql"].startswith("INSERT")
        ]

    assert statements("niemand@heideblick.example") == statements(person.email) != []
