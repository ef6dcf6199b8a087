# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every page under /konto/ as its rightful owner uses it: signing in, one-time links, second factors, sessions."""

from __future__ import annotations

import base64
import json
import os
import re
import time
from typing import Any

from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.conf import settings
from django.urls import reverse

from verbund.accounts.models import Person, Session
from verbund.accounts.services.people import create_person, invite_person
from verbund.accounts.soft_key import SoftKey
from verbund.kernel import clock
from verbund.kernel.actors import SYSTEM
from verbund.kernel.context import Municipality
from verbund.kernel.ids import uuid7
from verbund.kernel.probes import Ask, Probe, Stage
from verbund.notify.models import Outbox

_NEW = "vier-neue-woerter-hier"
_KEYS = "/konto/zweiter-faktor/passkeys/"
_AS_DATA = {"Accept": "application/json"}


def _role(stage: Stage) -> str:
    return "clerk" if isinstance(stage.scope, Municipality) else "finance"


def _password(stage: Stage) -> str:
    """Without the canary: a stranger's request is sent without it, and this must arrive as it is."""
    return f"{stage.scope.key}-pferd-batterie-klammer"


def _somebody(stage: Stage, *, app: str = "") -> Person:
    return create_person(
        email=f"{uuid7()}@nachweis.example",
        name=f"Konto {stage.canary}",
        role=_role(stage),
        password=_password(stage),
        totp_secret=app,
        by=SYSTEM,
        at=clock.now(),
    )


def _at(name: str, **arguments: Any) -> str:
    return reverse(name, urlconf="verbund.config.urls.municipality", kwargs=arguments)


def _public(name: str) -> Probe:
    return lambda _stage: Ask(path=_at(name))


def _own(name: str, *, shows: bool = False) -> Probe:
    """A page of one's own account."""

    def probe(stage: Stage) -> Ask:
        person = stage.once("entrance.somebody", _somebody)
        return Ask(path=_at(name), role=_role(stage), session=stage.session(person), shows=shows)

    return probe


def _new_session(stage: Stage, path: str, *, person: Person | None = None, **more: Any) -> Ask:
    person = person or _somebody(stage)
    return Ask(path=path, role=_role(stage), session=stage.session(person), **more)


def _browser(stage: Stage, session: str = "") -> Any:
    browser = stage.browser()
    if session:
        browser.cookies[settings.SESSION_COOKIE_NAME] = session
    return browser


def _cookie(browser: Any) -> str:
    return str(browser.cookies[settings.SESSION_COOKIE_NAME].value)


def _link(kind: str) -> str:
    """The path of the link in the newest mail of that kind."""
    for mail in Outbox.objects.filter(kind=kind).order_by("-pk")[:1]:
        found = re.search(r"(/konto/[\w/-]+/)(?:\s|$)", mail.text or "")
        return found[1] if found else ""
    return ""


# -- signing in and out -----------------------------------------------------------------------------


def _log_in(stage: Stage) -> Ask:
    values = {"login": _somebody(stage).email, "password": _password(stage)}
    return Ask(path=_at("account_login"), data=values, opens=True, refused_with=(200, 422), status=302)


def _log_out(stage: Stage) -> Ask:
    return Ask(path=_at("account_logout"), session=stage.session(_somebody(stage)))


def _rename(stage: Stage) -> Ask:
    return _new_session(stage, _at("account_own"), data={"name": f"Neu {stage.canary}"})


def _confirm(stage: Stage) -> Ask:
    data = {"password": _password(stage)}
    return _new_session(stage, _at("account_reauthenticate"), data=data, writes=False)


def _confirm_code(stage: Stage) -> Ask:
    secret = _app_secret()
    person = _somebody(stage, app=secret)
    path = _at("mfa_reauthenticate")
    return _new_session(stage, path, person=person, data={"code": _code(secret)}, writes=False)


def _second_step(stage: Stage, secret: str) -> str:
    """The cookie of somebody who has typed the password and not yet the code."""
    browser = _browser(stage)
    values = {"login": _somebody(stage, app=secret).email, "password": _password(stage)}
    browser.post(_at("account_login"), values)
    return _cookie(browser)


def _look_at_second_step(stage: Stage) -> Ask:
    path = _at("mfa_authenticate")
    return Ask(path=path, session=_second_step(stage, _app_secret()), opens=True)


def _take_second_step(stage: Stage) -> Ask:
    secret = _app_secret()
    session = _second_step(stage, secret)
    return Ask(path=_at("mfa_authenticate"), session=session, data={"code": _code(secret)}, opens=True)


# -- links from mails ---------------------------------------------------------------------------------


def _invitation_link(stage: Stage) -> str:
    invite_person(
        email=f"{uuid7()}-{stage.canary}@nachweis.example",
        name=f"Eingeladen {stage.canary}",
        role=_role(stage),
        by=SYSTEM,
        at=clock.now(),
    )
    return _link("accounts_invitation")


def _follow_invitation(stage: Stage) -> Ask:
    return Ask(path=_invitation_link(stage))


def _followed(stage: Stage) -> str:
    browser = _browser(stage)
    browser.get(_invitation_link(stage))
    return _cookie(browser)


def _see_invitation(stage: Stage) -> Ask:
    return Ask(path=_at("account_invitation"), session=_followed(stage), opens=True, shows=True)


def _accept(stage: Stage) -> Ask:
    values = {"password": _NEW, "repeated": _NEW}
    return Ask(path=_at("account_invitation"), session=_followed(stage), data=values, opens=True, status=302)


def _forget(stage: Stage) -> Ask:
    return Ask(path=_at("account_reset_password"), data={"email": _somebody(stage).email})


def _reset_link(stage: Stage) -> str:
    _browser(stage).post(_at("account_reset_password"), {"email": _somebody(stage).email})
    return _link("accounts_password_reset")


def _follow_reset(stage: Stage) -> Ask:
    """Allauth says in a page of its own that a link is not valid; valid ones lead on to the form."""
    return Ask(path=_reset_link(stage), status=302, refused_with=(200,))


def _reset(stage: Stage) -> Ask:
    browser = _browser(stage)
    path = browser.get(_reset_link(stage))["Location"]
    values = {"password1": _NEW, "password2": _NEW}
    return Ask(path=path, session=_cookie(browser), data=values, status=302, refused_with=(200,))


def _change_password(stage: Stage) -> Ask:
    values = {"oldpassword": _password(stage), "password1": _NEW, "password2": _NEW}
    return _new_session(stage, _at("account_change_password"), data=values)


# -- sessions -------------------------------------------------------------------------------------------


def _end_session(stage: Stage) -> Ask:
    person = _somebody(stage)
    stage.session(person)
    row = Session.objects.get(person=person)
    return _new_session(stage, _at("account_end_session", session_id=row.pk), person=person)


def _end_other_sessions(stage: Stage) -> Ask:
    person = _somebody(stage)
    stage.session(person)
    return _new_session(stage, _at("account_end_other_sessions"), person=person)


# -- second factors -------------------------------------------------------------------------------------


def _app_secret() -> str:
    return base64.b32encode(os.urandom(20)).decode()


def _code(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def _with_factors(stage: Stage) -> Person:
    """Somebody with an app, codes on paper and a passkey."""
    person = _somebody(stage)
    TOTP.activate(person, _app_secret())
    RecoveryCodes.activate(person)
    Authenticator.objects.create(
        user=person, type="webauthn", data={"name": f"Schlüssel {stage.canary}", "credential": {}}
    )
    return person


def _factor(name: str, *, shows: bool = False) -> Probe:
    def probe(stage: Stage) -> Ask:
        person = stage.once("entrance.with_factors", _with_factors)
        return _new_session(stage, _at(name), person=person, shows=shows)

    return probe


def _factor_changed(name: str) -> Probe:
    return lambda stage: _new_session(stage, _at(name), person=_with_factors(stage))


def _passkey_of(stage: Stage, name: str, **more: Any) -> Ask:
    person = _with_factors(stage)
    key = Authenticator.objects.get(user=person, type="webauthn")
    return _new_session(stage, _at(name, pk=key.pk), person=person, **more)


def _activate_app(stage: Stage) -> Ask:
    session = stage.session(_somebody(stage))
    page = _browser(stage, session).get(_at("mfa_activate_totp")).content.decode()
    secret = re.findall(r"<code>([A-Z2-7]{32})</code>", page)[0]
    return Ask(
        path=_at("mfa_activate_totp"), role=_role(stage), session=session, data={"code": _code(secret)}
    )


def _options(page: Any, name: str) -> Any:
    found = re.findall(r'<script id="js_data" type="application/json">(.+?)</script>', page.content.decode())
    return json.loads(found[0])[name]


def _registration(stage: Stage, person: Person) -> tuple[str, SoftKey, str]:
    """A session in which a passkey is being set up, the key, and what the browser would post."""
    session, key = stage.session(person), SoftKey(f"https://{stage.host}")
    page = _browser(stage, session).get(f"{_KEYS}neu/")
    return session, key, key.register(_options(page, "creation_options"))


def _add_passkey(stage: Stage) -> Ask:
    session, _key, credential = _registration(stage, _somebody(stage))
    data = {"name": f"Schlüssel {stage.canary}", "credential": credential}
    return Ask(path=_at("mfa_add_webauthn"), role=_role(stage), session=session, data=data)


def _set_up(stage: Stage) -> tuple[Person, SoftKey]:
    person = _somebody(stage)
    session, key, credential = _registration(stage, person)
    values = {"name": "Schreibtisch", "passwordless": "on", "credential": credential}
    _browser(stage, session).post(f"{_KEYS}neu/", values)
    return person, key


def _enter_by_passkey(stage: Stage) -> Ask:
    person, key = _set_up(stage)
    browser = _browser(stage)
    asked = browser.get(_at("mfa_login_webauthn"), HTTP_ACCEPT="application/json").json()
    credential = key.answer(asked["request_options"], user_handle=user_pk_to_url_str(person).encode())
    path = _at("mfa_login_webauthn")
    return Ask(path=path, session=_cookie(browser), data={"credential": credential}, opens=True)


def _confirm_by_passkey(stage: Stage) -> Ask:
    person, key = _set_up(stage)
    session = stage.session(person)
    path = _at("mfa_reauthenticate_webauthn")
    page = _browser(stage, session).get(path)
    credential = key.answer(_options(page, "request_options"), user_handle=b"")
    data = {"credential": credential}
    return Ask(path=path, role=_role(stage), session=session, data=data, writes=False)


ENTRANCE: dict[str, Probe] = {
    "GET account_own": _own("account_own", shows=True),
    "POST account_own": _rename,
    "GET account_login": _public("account_login"),
    "POST account_login": _log_in,
    "GET mfa_login_webauthn": lambda _stage: Ask(path=_at("mfa_login_webauthn"), headers=_AS_DATA),
    "POST mfa_login_webauthn": _enter_by_passkey,
    "GET mfa_authenticate": _look_at_second_step,
    "POST mfa_authenticate": _take_second_step,
    "GET account_logout": _log_out,
    "POST account_logout": _log_out,
    "GET account_inactive": _public("account_inactive"),
    "GET account_reauthenticate": _own("account_reauthenticate"),
    "POST account_reauthenticate": _confirm,
    "GET mfa_reauthenticate": _factor("mfa_reauthenticate"),
    "POST mfa_reauthenticate": _confirm_code,
    "GET mfa_reauthenticate_webauthn": lambda stage: _new_session(
        stage, _at("mfa_reauthenticate_webauthn"), person=_set_up(stage)[0]
    ),
    "POST mfa_reauthenticate_webauthn": _confirm_by_passkey,
    "GET account_invitation": _see_invitation,
    "POST account_invitation": _accept,
    "GET account_accept_invitation": _follow_invitation,
    "GET account_change_password": _own("account_change_password"),
    "POST account_change_password": _change_password,
    "GET account_reset_password": _public("account_reset_password"),
    "POST account_reset_password": _forget,
    "GET account_reset_password_done": _public("account_reset_password_done"),
    "GET account_reset_password_from_key_done": _public("account_reset_password_from_key_done"),
    "GET account_reset_password_from_key": _follow_reset,
    "POST account_reset_password_from_key": _reset,
    "POST account_end_session": _end_session,
    "POST account_end_other_sessions": _end_other_sessions,
    "GET mfa_index": _own("mfa_index"),
    "GET account_factor_needed": _own("account_factor_needed"),
    "GET mfa_activate_totp": _own("mfa_activate_totp"),
    "POST mfa_activate_totp": _activate_app,
    "GET mfa_deactivate_totp": _factor("mfa_deactivate_totp"),
    "POST mfa_deactivate_totp": _factor_changed("mfa_deactivate_totp"),
    "GET mfa_view_recovery_codes": _factor("mfa_view_recovery_codes"),
    "GET mfa_generate_recovery_codes": _factor("mfa_generate_recovery_codes"),
    "POST mfa_generate_recovery_codes": _factor_changed("mfa_generate_recovery_codes"),
    "GET mfa_download_recovery_codes": _factor("mfa_download_recovery_codes"),
    "GET mfa_list_webauthn": _factor("mfa_list_webauthn", shows=True),
    "GET mfa_add_webauthn": _own("mfa_add_webauthn"),
    "POST mfa_add_webauthn": _add_passkey,
    "GET mfa_edit_webauthn": lambda stage: _passkey_of(stage, "mfa_edit_webauthn", shows=True),
    "POST mfa_edit_webauthn": lambda stage: _passkey_of(
        stage, "mfa_edit_webauthn", data={"name": f"Neu {stage.canary}"}
    ),
    "GET mfa_remove_webauthn": lambda stage: _passkey_of(stage, "mfa_remove_webauthn"),
    "POST mfa_remove_webauthn": lambda stage: _passkey_of(stage, "mfa_remove_webauthn"),
}
