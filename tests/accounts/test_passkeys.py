# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Passkeys: set up, signed in with, and worthless at another municipality."""

from __future__ import annotations

import json
import re

from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator

from tests.accounts.soft_key import SoftKey
from tests.factories.accounts import PASSWORD, client_for, make_person
from verbund.audit.models import AuditEntry
from verbund.kernel import context

PASSKEYS = "/konto/zweiter-faktor/passkeys/"


def options_in(page) -> dict:
    return json.loads(
        re.search(r'<script id="js_data" type="application/json">(.+?)</script>', page.content.decode())[1]
    )


def set_up(client, origin: str = "http://heideblick.localhost") -> SoftKey:
    key = SoftKey(origin)
    options = options_in(client.get(f"{PASSKEYS}neu/"))["creation_options"]
    done = client.post(
        f"{PASSKEYS}neu/", {"name": "Schreibtisch", "passwordless": "on", "credential": key.register(options)}
    )
    assert done["Location"] == "/konto/zweiter-faktor/codes/"
    return key


def enter_with(client, key: SoftKey, person):
    options = client.get("/konto/anmelden/passkey/", HTTP_ACCEPT="application/json").json()["request_options"]
    credential = key.answer(options, user_handle=user_pk_to_url_str(person).encode())
    return client.post("/konto/anmelden/passkey/", {"credential": credential})


def signed_in_client(person, municipality):
    client = client_for(None, municipality)
    client.post("/konto/anmelden/", {"login": person.email, "password": PASSWORD})
    return client


def test_passkey_replaces_password_and_code(in_heideblick):
    person = make_person("administrator")
    key = set_up(signed_in_client(person, in_heideblick))
    client = client_for(None, in_heideblick)

    assert enter_with(client, key, person)["Location"] == "/verwaltung/"

    assert client.get("/verwaltung/personen/").status_code == 200, "it counts as the second factor"
    assert AuditEntry.objects.filter(action="accounts.session.started").latest("pk").changes == {
        "factor": "webauthn"
    }


def test_passkey_is_the_second_step_after_the_password(in_heideblick):
    person = make_person()
    key = set_up(signed_in_client(person, in_heideblick))
    client = signed_in_client(person, in_heideblick)
    page = client.get("/konto/anmelden/code/")

    credential = key.answer(options_in(page)["request_options"], user_handle=b"")

    assert client.post("/konto/anmelden/code/", {"credential": credential})["Location"] == "/verwaltung/"


def test_closed_account_does_not_enter_with_its_passkey(in_heideblick):
    person = make_person()
    key = set_up(signed_in_client(person, in_heideblick))
    person.is_active = False
    person.save()
    client = client_for(None, in_heideblick)

    assert enter_with(client, key, person)["Location"] == "/konto/geschlossen/"
    assert client.get("/konto/").status_code == 302


def test_passkey_copied_to_the_neighbour_is_refused_there(heideblick, luckau):
    with context.enter(heideblick):
        person = make_person()
        key = set_up(signed_in_client(person, heideblick))
        data = Authenticator.objects.get(type="webauthn").data
    with context.enter(luckau):
        twin = make_person(email=person.email)
        Authenticator.objects.create(user=twin, type="webauthn", data=data)
    client = client_for(None, luckau)

    assert enter_with(client, key, twin)["Location"] == "/konto/anmelden/"
    assert client.get("/konto/").status_code == 302


def test_passkey_is_renamed_and_removed_with_a_row_each(in_heideblick):
    person = make_person()
    client = signed_in_client(person, in_heideblick)
    set_up(client)
    at = f"{PASSKEYS}{Authenticator.objects.get(type='webauthn').pk}"

    client.post(f"{at}/umbenennen/", {"name": "Zuhause"})
    assert "Zuhause" in client.get(PASSKEYS).content.decode()
    assert client.delete(f"{at}/entfernen/").status_code == 405
    client.post(f"{at}/entfernen/")

    assert not Authenticator.objects.filter(user=person).exists()
    actions = (
        AuditEntry.objects.filter(action__startswith="accounts.factor.")
        .order_by("pk")
        .values_list("action", flat=True)
    )
    assert list(actions) == ["accounts.factor.added", "accounts.factor.renamed", "accounts.factor.removed"]
