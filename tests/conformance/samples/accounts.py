# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every changing page and service of accounts, on both hosts."""

from __future__ import annotations

import re
import time
from datetime import timedelta
from functools import partial
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from tests.accounts.soft_key import SoftKey
from tests.accounts.test_passkeys import enter_with, options_in
from tests.conformance.samples import _TOTP, Stage
from tests.factories.accounts import PASSWORD, client_for, make_person
from verbund.accounts.links import page_url
from verbund.accounts.models import ApiToken, Person, Session
from verbund.accounts.services import factors, people, policy, sessions, sign_in, tokens
from verbund.kernel import clock
from verbund.kernel.context import Municipality
from verbund.notify.models import Outbox

NEW = "vier-neue-woerter-hier"
SCOPE = "accounts:token:manage"


def other(stage: Stage, **fields: Any) -> Person:
    """Somebody the chief can do things to."""
    role = "clerk" if isinstance(stage.scope, Municipality) else "finance"
    return make_person(role, **fields)


def fresh(stage: Stage, person: Person | None = None) -> Client:
    """Signed in by password a moment ago, so that nothing asks again."""
    client = stage.visitor()
    client.post("/konto/anmelden/", {"login": (person or other(stage)).email, "password": PASSWORD})
    return client


def secret_in(kind: str) -> str:
    """The path of the link in the last mail of that kind."""
    return re.search(r"(/konto/[\w/-]+/)\s", Outbox.objects.filter(kind=kind).latest("pk").text)[1]


def code() -> str:
    return format_hotp_value(hotp_value(_TOTP, int(time.time()) // 30))


def invited(stage: Stage) -> Person:
    role = "clerk" if isinstance(stage.scope, Municipality) else "finance"
    return people.invite_person(email="neu@stage.example", name="Neu", role=role, by=stage.by, at=clock.now())


def passkey(person: Person) -> Authenticator:
    return Authenticator.objects.create(user=person, type="webauthn", data={"name": "alt", "credential": {}})


def origin(stage: Stage) -> str:
    return f"http://{stage.scope.hosts[0] if isinstance(stage.scope, Municipality) else 'verbund.localhost'}"


def add_passkey(stage: Stage) -> Any:
    client, key = fresh(stage), SoftKey(origin(stage))
    options = options_in(client.get("/konto/zweiter-faktor/passkeys/neu/"))["creation_options"]
    return client.post(
        "/konto/zweiter-faktor/passkeys/neu/", {"name": "x", "credential": key.register(options)}
    )


def enter_by_passkey(stage: Stage) -> Any:
    person = other(stage)
    client, key = fresh(stage, person), SoftKey(origin(stage))
    options = options_in(client.get("/konto/zweiter-faktor/passkeys/neu/"))["creation_options"]
    client.post(
        "/konto/zweiter-faktor/passkeys/neu/",
        {"name": "x", "passwordless": "on", "credential": key.register(options)},
    )
    return enter_with(stage.visitor(), key, person)


def enter_by_code(stage: Stage) -> Any:
    client = fresh(stage, stage.chief)
    return client.post("/konto/anmelden/code/", {"code": code()})


def accept(stage: Stage) -> Any:
    invited(stage)
    client = stage.visitor()
    client.get(secret_in("accounts_invitation"))
    return client.post("/konto/einladung/", {"password": NEW, "repeated": NEW})


def reset_password(stage: Stage) -> Any:
    client = stage.visitor()
    client.post("/konto/passwort/vergessen/", {"email": other(stage).email})
    form = client.get(secret_in("accounts_password_reset"), follow=True)
    return client.post(form.redirect_chain[-1][0], {"password1": NEW, "password2": NEW})


def end_own_session(stage: Stage) -> Any:
    person = other(stage)
    client = client_for(person, stage.scope)
    client_for(person, stage.scope)
    row = Session.objects.filter(person=person).latest("pk")
    return client.post(f"/konto/sitzungen/{row.pk}/beenden/")


def end_other_sessions(stage: Stage) -> Any:
    person = other(stage)
    client = client_for(person, stage.scope)
    client_for(person, stage.scope)
    return client.post("/konto/sitzungen/beenden/")


def remove_app(stage: Stage) -> Any:
    client = fresh(stage, stage.chief)
    client.post("/konto/anmelden/code/", {"code": code()})
    return client.post("/konto/zweiter-faktor/app/entfernen/")


def renew_codes(stage: Stage) -> Any:
    client = fresh(stage, stage.chief)
    client.post("/konto/anmelden/code/", {"code": code()})
    return client.post("/konto/zweiter-faktor/codes/neu/")


def activate_app(stage: Stage) -> Any:
    client = fresh(stage)
    page = client.get("/konto/zweiter-faktor/app/").content.decode()
    secret = re.search(r"<code>([A-Z2-7]{32})</code>", page)[1]
    right = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    return client.post("/konto/zweiter-faktor/app/", {"code": right})


def rename_passkey(stage: Stage) -> Any:
    person = other(stage)
    client, key = fresh(stage, person), passkey(person)
    return client.post(f"/konto/zweiter-faktor/passkeys/{key.pk}/umbenennen/", {"name": "neu"})


def remove_passkey(stage: Stage) -> Any:
    person = other(stage)
    client, key = fresh(stage, person), passkey(person)
    return client.post(f"/konto/zweiter-faktor/passkeys/{key.pk}/entfernen/")


def change_password(stage: Stage) -> Any:
    values = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    return fresh(stage).post("/konto/passwort/aendern/", values)


_OWN = {
    "account_invitation": accept,
    "account_change_password": change_password,
    "account_end_other_sessions": end_other_sessions,
    "account_end_session": end_own_session,
    "account_login": lambda stage: stage.visitor().post(
        "/konto/anmelden/", {"login": other(stage).email, "password": PASSWORD}
    ),
    "account_logout": lambda stage: stage.client().post("/konto/abmelden/"),
    "account_own": lambda stage: client_for(other(stage), stage.scope).post(
        "/konto/", {"name": "Neuer Name"}
    ),
    "account_reset_password_from_key": reset_password,
    "mfa_activate_totp": activate_app,
    "mfa_add_webauthn": add_passkey,
    "mfa_authenticate": enter_by_code,
    "mfa_deactivate_totp": remove_app,
    "mfa_edit_webauthn": rename_passkey,
    "mfa_generate_recovery_codes": renew_codes,
    "mfa_login_webauthn": enter_by_passkey,
    "mfa_remove_webauthn": remove_passkey,
}


def _post(name: str, values: dict[str, str] | None = None, **fields: Any) -> Any:
    """A button on somebody's page."""

    def press(stage: Stage) -> Any:
        person = other(stage, **fields)
        client_for(person, stage.scope) if person.is_active else None
        return stage.client().post(page_url(name, person_id=person.pk), values or {})

    return press


def end_session(stage: Stage) -> Any:
    person = other(stage)
    client_for(person, stage.scope)
    row = Session.objects.get(person=person)
    return stage.client().post(page_url("end_session", person_id=person.pk, session_id=row.pk))


def reset_somebodys_factors(stage: Stage) -> Any:
    person = other(stage)
    passkey(person)
    return stage.client().post(page_url("reset_factors", person_id=person.pk), {"reason": "verloren"})


def revoke(stage: Stage) -> Any:
    token, _text = tokens.issue_token(name="x", scopes=[SCOPE], by=stage.by, at=clock.now())
    return stage.client().post(page_url("revoke_token", token_id=token.pk))


def orphaned(stage: Stage) -> ApiToken:
    """A key whose issuer has left."""
    chief, person = stage.by, other(stage)
    token, _text = tokens.issue_token(name="x", scopes=[SCOPE], by=chief, at=clock.now())
    ApiToken.objects.filter(pk=token.pk).update(created_by=person)
    return token


def invite(stage: Stage) -> Any:
    role = "clerk" if isinstance(stage.scope, Municipality) else "finance"
    return stage.client().post(
        page_url("invite"), {"name": "Neu", "email": "neu@stage.example", "role": role}
    )


def change_role(stage: Stage) -> Any:
    role = "field_worker" if isinstance(stage.scope, Municipality) else "auditor"
    return stage.client().post(page_url("change_role", person_id=other(stage).pk), {"role": role})


_MANAGED = {
    "change_role": change_role,
    "deactivate": _post("deactivate", {"successor": ""}),
    "end_session": end_session,
    "end_sessions": _post("end_sessions"),
    "invite": invite,
    "policy": lambda stage: stage.client().post(page_url("policy"), {"requires_second_factor": "on"}),
    "reactivate": _post("reactivate", is_active=False),
    "renew_invitation": _post("renew_invitation", is_active=False, joined_at=None),
    "reset_factors": reset_somebodys_factors,
    "adopt_token": lambda stage: stage.client().post(page_url("adopt_token", token_id=orphaned(stage).pk)),
    "revoke_token": revoke,
    "tokens": lambda stage: stage.client().post(
        page_url("tokens"), {"name": "x", "scopes": [SCOPE], "valid_until": ""}
    ),
}


def stand_in(_stage: Stage) -> Person:
    return make_person("clerk", home="Luckau", ends_on=clock.today() + timedelta(days=7))


def change_stay(stage: Stage) -> Any:
    day = (clock.today() + timedelta(days=9)).isoformat()
    return stage.client().post(page_url("change_stay", person_id=stand_in(stage).pk), {"ends_on": day})


ROUTES = {
    "municipality accounts-staff:change_stay": change_stay,
    **{
        f"{host} {name}": attempt
        for host in ("municipality", "association")
        for name, attempt in _OWN.items()
    },
    **{f"municipality accounts-staff:{name}": attempt for name, attempt in _MANAGED.items()},
    **{f"association accounts-association:{name}": attempt for name, attempt in _MANAGED.items()},
}


def _on_person(service: Any, **values: Any) -> Any:
    return lambda stage: partial(service, person_id=other(stage).pk, by=stage.by, at=clock.now(), **values)


def _noted(service: Any, **values: Any) -> Any:
    return lambda stage: partial(service, person=other(stage), by=stage.by, at=clock.now(), **values)


def call_end_session(stage: Stage) -> Any:
    person = other(stage)
    client_for(person, stage.scope)
    row = Session.objects.get(person=person)
    return partial(sessions.end_session, session_id=row.pk, person_id=person.pk, by=stage.by, at=clock.now())


def call_end_sessions(stage: Stage) -> Any:
    person = other(stage)
    client_for(person, stage.scope)
    return partial(sessions.end_sessions, person_id=person.pk, by=stage.by, at=clock.now())


def call_reset_factors(stage: Stage) -> Any:
    person = other(stage)
    passkey(person)
    return partial(factors.reset_factors, person_id=person.pk, reason="verloren", by=stage.by, at=clock.now())


def call_revoke(stage: Stage) -> Any:
    tokens.issue_token(name="x", scopes=[SCOPE], by=stage.by, at=clock.now())
    return partial(tokens.revoke_token, token_id=ApiToken.objects.get().pk, by=stage.by, at=clock.now())


_SERVICES = "verbund.accounts.services"
SERVICES = {
    f"{_SERVICES}.factors.note_factor_changed": _noted(
        factors.note_factor_changed, verb="added", kind="totp"
    ),
    f"{_SERVICES}.factors.reset_factors": call_reset_factors,
    f"{_SERVICES}.people.change_stay": lambda stage: partial(
        people.change_stay,
        person_id=stand_in(stage).pk,
        ends_on=clock.today() + timedelta(days=9),
        by=stage.by,
        at=clock.now(),
    ),
    f"{_SERVICES}.people.change_role": _on_person(people.change_role, role="field_worker"),
    f"{_SERVICES}.people.create_person": lambda stage: partial(
        people.create_person,
        email="x@stage.example",
        name="X",
        role="clerk",
        password=NEW,
        by=stage.by,
        at=clock.now(),
    ),
    f"{_SERVICES}.people.deactivate_person": _on_person(people.deactivate_person),
    f"{_SERVICES}.people.invite_person": lambda stage: partial(invited, stage),
    f"{_SERVICES}.people.reactivate_person": lambda stage: partial(
        people.reactivate_person, person_id=other(stage, is_active=False).pk, by=stage.by, at=clock.now()
    ),
    f"{_SERVICES}.people.rename_person": _on_person(people.rename_person, name="Neuer Name"),
    f"{_SERVICES}.people.renew_invitation": lambda stage: partial(
        people.renew_invitation,
        person_id=other(stage, is_active=False, joined_at=None).pk,
        by=stage.by,
        at=clock.now(),
    ),
    f"{_SERVICES}.policy.change_policy": lambda stage: partial(
        policy.change_policy, requires_second_factor=True, by=stage.by, at=clock.now()
    ),
    f"{_SERVICES}.sessions.end_session": call_end_session,
    f"{_SERVICES}.sessions.end_sessions": call_end_sessions,
    f"{_SERVICES}.sign_in.note_password_changed": _noted(sign_in.note_password_changed, is_reset=False),
    f"{_SERVICES}.sign_in.note_signed_in": _noted(sign_in.note_signed_in, factor=""),
    f"{_SERVICES}.sign_in.note_signed_out": _noted(sign_in.note_signed_out),
    f"{_SERVICES}.tokens.adopt_token": lambda stage: partial(
        tokens.adopt_token, token_id=orphaned(stage).pk, by=stage.by, at=clock.now()
    ),
    f"{_SERVICES}.tokens.issue_token": lambda stage: partial(
        tokens.issue_token, name="x", scopes=[SCOPE], by=stage.by, at=clock.now()
    ),
    f"{_SERVICES}.tokens.revoke_token": call_revoke,
}

_CONFIRMS = "bestätigt nur, dass die Person es ist; was sie dann tut, schreibt seine Zeile"
_WITHIN = "Teil eines Dienstes, der selbst eine Zeile schreibt"
WITHOUT_ROW = {
    **{
        f"{host} {name}": _CONFIRMS
        for host in ("municipality", "association")
        for name in ("account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn")
    },
    **{
        f"{host} account_reset_password": "ändert nichts; die E-Mail steht als notify.mail.queued im Protokoll"
        for host in ("municipality", "association")
    },
    "verbund.accounts.handover.hand_over": _WITHIN,
    "verbund.accounts.mails.send_invitation": _WITHIN,
    "verbund.accounts.mails.send_security_notice": _WITHIN,
    f"{_SERVICES}.invitations.send_new_invitation": _WITHIN,
}
