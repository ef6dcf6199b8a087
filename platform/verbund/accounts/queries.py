# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Lists of people, sessions and keys as the pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db.models import Count, Q, QuerySet

from verbund.accounts.models import ApiToken, Person, Session
from verbund.accounts.sessions import hashed
from verbund.kernel import clock


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One sign-in as its person or the administration sees it."""

    id: int
    device: str
    created_at: datetime
    last_seen_at: datetime
    is_current: bool


def people() -> QuerySet[Person]:
    """Everybody with an account here, with the number of their second factors as ``factors``."""
    own = Q(authenticator__type__in=[Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN])
    return Person.objects.order_by("sort_name", "pk").annotate(factors=Count("authenticator", filter=own))


def named() -> int:
    """How many accounts of the entered scope are in use."""
    return Person.objects.filter(is_active=True).count()


def sessions_of(person: Person, *, current_key: str | None = None) -> list[SessionRow]:
    """Living sessions, the latest use first; ``current_key`` is the cookie's value of the one asking."""
    mine = hashed(current_key) if current_key else ""
    rows = Session.objects.filter(person=person, expire_date__gt=clock.now()).order_by("-last_seen_at")
    return [
        SessionRow(row.pk, row.device, row.created_at, row.last_seen_at, row.session_key == mine)
        for row in rows
    ]


def tokens() -> QuerySet[ApiToken]:
    """All keys, those in use first."""
    return ApiToken.objects.select_related("created_by").order_by("revoked_at", "-created_at")


def valid_tokens_of(person: Person) -> int:
    """How many keys that work go back to the person."""
    mine = ApiToken.objects.select_related("created_by").filter(created_by=person, revoked_at=None)
    return sum(token.is_valid(clock.now()) for token in mine)
