# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who needs a second factor, and whether it is demanded or only offered."""

from __future__ import annotations

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest

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


def used_factor(request: HttpRequest, person: Person) -> str:
    """The kind of second factor shown at this sign-in; empty for none."""
    records = get_authentication_records(request, person)
    return next(
        (str(record.get("type", "")) for record in reversed(records) if record["method"] == "mfa"), ""
    )
