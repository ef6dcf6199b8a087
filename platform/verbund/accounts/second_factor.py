# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who needs a second factor, and whether it is demanded or only offered."""

from __future__ import annotations

import time

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from verbund.accounts.models import Person
from verbund.accounts.roles import role
from verbund.accounts.services.policy import policy

_OWN_FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def is_required(person: Person) -> bool:
    """Whether role, installation or administration want one for this person."""
    held = role(person.role)
    if held is None or held.needs_second_factor or settings.VERBUND.require_second_factor:
        return True
    return policy().requires_second_factor


def is_enforced() -> bool:
    """The demo only offers what others demand, so that it can be tried in a minute."""
    return bool(settings.VERBUND.mode != "demo")


def has_one(person: Person) -> bool:
    """Recovery codes alone do not count."""
    return bool(is_mfa_enabled(person, _OWN_FACTORS))


def is_missing(request: HttpRequest, person: Person) -> bool:
    """Whether the person must set one up before going on; asks the database only when it was not used to sign in."""
    if not is_enforced() or used_factor(request, person):
        return False
    return is_required(person) and not has_one(person)


def way_to_confirm(request: HttpRequest, person: Person) -> str:
    """Where the person confirms that it is still them; empty when they did within the last minutes.

    Whoever has a second factor confirms with that: a password that was seen over a shoulder is not enough. Without
    one (where none is demanded) the password counts.
    """
    has_factor = has_one(person)
    wanted = {"mfa"} if has_factor else {"mfa", "password"}
    records = get_authentication_records(request, person)
    latest = max((record["at"] for record in records if record["method"] in wanted), default=0)
    if time.time() - latest < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT:
        return ""
    if not has_factor:
        return reverse("account_reauthenticate")
    has_app = bool(is_mfa_enabled(person, [Authenticator.Type.TOTP]))
    return reverse("mfa_reauthenticate" if has_app else "mfa_reauthenticate_webauthn")


def used_factor(request: HttpRequest, person: Person) -> str:
    """The kind of second factor shown at this sign-in; empty for none."""
    records = get_authentication_records(request, person)
    return next(
        (str(record.get("type", "")) for record in reversed(records) if record["method"] == "mfa"), ""
    )
