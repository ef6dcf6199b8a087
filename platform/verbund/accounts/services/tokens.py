# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keys of programs: issued once, recognised by their hash, revoked at any time."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256

from django.db import models, transaction
from django.utils.translation import gettext as _

from verbund.accounts.errors import TokenRefused
from verbund.accounts.models import ApiToken
from verbund.audit import api as audit
from verbund.kernel import context
from verbund.kernel.actors import Actor
from verbund.kernel.clock import day_of
from verbund.kernel.context import Municipality
from verbund.kernel.errors import Invalid, NotFound

_SHOWN = 6


@transaction.atomic
def issue_token(
    *, name: str, scopes: Iterable[str], by: Actor, at: datetime, expires_at: datetime | None = None
) -> tuple[ApiToken, str]:
    """Make a key and return it with its text, which is known to nobody afterwards.

    A person can pass on only what they may do themselves.

    Raises:
        Invalid: no scope, or one the issuer does not hold.
    """
    wanted = sorted(set(scopes))
    if not wanted or not all(by.may(scope) for scope in wanted):
        raise Invalid(fields={"scopes": _("Bitte wählen Sie Rechte, die Sie selbst haben.")})
    text = f"{_mark()}{secrets.token_urlsafe(32)}"
    token = ApiToken.objects.create(
        name=name.strip(),
        secret_hash=_hashed(text),
        beginning=text[: len(_mark()) + _SHOWN],
        scopes=wanted,
        created_by_id=int(by.id) if by.kind == "person" else None,
        created_at=at,
        expires_at=expires_at,
    )
    audit.record(
        action="accounts.token.issued",
        subject=f"accounts.token:{token.pk}",
        by=by,
        changes={"scopes": wanted, "expires_at": expires_at.isoformat() if expires_at else None},
        at=at,
    )
    return token, text


@transaction.atomic
def revoke_token(*, token_id: int, by: Actor, at: datetime) -> ApiToken:
    """Stop a key; repeating changes nothing.

    Raises:
        NotFound: there is no such key here.
    """
    token = ApiToken.objects.select_for_update().filter(pk=token_id).first()
    if token is None:
        raise NotFound
    if token.revoked_at is None:
        token.revoked_at = at
        token.save(update_fields=["revoked_at"])
        audit.record(action="accounts.token.revoked", subject=f"accounts.token:{token.pk}", by=by, at=at)
    return token


@transaction.atomic
def adopt_token(*, token_id: int, by: Actor, at: datetime) -> ApiToken:
    """Answer for a key from now on, so that it goes on working after its issuer has left; its text stays.

    Raises:
        NotFound: there is no such key here.
        Invalid: it is revoked, or does something the person may not do themselves.
    """
    token = ApiToken.objects.select_for_update().filter(pk=token_id).first()
    if token is None:
        raise NotFound
    if token.revoked_at is not None:
        raise Invalid(_("Dieser Schlüssel ist gesperrt. Bitte geben Sie einen neuen aus."))
    if by.kind != "person" or not all(by.may(scope) for scope in token.scopes):
        raise Invalid(
            _(
                "Der Schlüssel hat Rechte, die Sie selbst nicht haben. Bitte geben Sie einen neuen mit Ihren Rechten aus."
            )
        )
    if str(token.created_by_id) != by.id:
        before, token.created_by_id = token.created_by_id, int(by.id)
        token.save(update_fields=["created_by"])
        audit.record(
            action="accounts.token.adopted",
            subject=f"accounts.token:{token.pk}",
            by=by,
            changes={"created_by": [before, token.created_by_id]},
            at=at,
        )
    return token


def recognise_token(text: str, *, at: datetime) -> ApiToken:
    """The valid key with that text; notes the day of its use.

    Raises:
        TokenRefused: unknown, expired, revoked, made for another municipality, or its issuer has left or lost a right.
    """
    if not text.startswith(_mark()):
        raise TokenRefused
    token = ApiToken.objects.select_related("created_by").filter(secret_hash=_hashed(text)).first()
    if token is None or not token.is_valid(at) or _was_made_elsewhere(token):
        raise TokenRefused
    today = day_of(at)
    unused = models.Q(last_used_on=None) | models.Q(last_used_on__lt=today)
    if token.last_used_on != today:
        ApiToken.objects.filter(unused, pk=token.pk).update(last_used_on=today)
    return token


def _was_made_elsewhere(token: ApiToken) -> bool:
    """It came out of an archive: what it opened at the origin it does not open here."""
    scope = context.current()
    restored_at = scope.restored_at if isinstance(scope, Municipality) else None
    return restored_at is not None and token.created_at <= restored_at


def _mark() -> str:
    """`vb_m000042_`: whose the key is stands in its text."""
    return f"vb_{context.current().key.replace('_', '')}_"


def _hashed(text: str) -> str:
    return sha256(text.encode()).hexdigest()
