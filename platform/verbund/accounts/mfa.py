# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Second factors: secrets sealed with the municipality's key, a code accepted once, QR codes without a service."""

from __future__ import annotations

import base64
from typing import Any, ClassVar

import segno
from allauth.core import context as allauth_context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.db import transaction
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from verbund.accounts.models import Person
from verbund.kernel import context
from verbund.kernel.context import Municipality
from verbund.vault.api import seal, unseal

PURPOSE = "accounts.second_factor"
_LAST_STEP = "last_step"


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types for us
    """MFA_ADAPTER."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("Der Code stimmt nicht oder wurde schon benutzt."),
        "cannot_generate_recovery_codes": _(
            "Richten Sie zuerst eine Authenticator-App oder einen Passkey ein."
        ),
    }

    def encrypt(self, text: str) -> str:
        return base64.b64encode(seal(text, purpose=PURPOSE)).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(base64.b64decode(encrypted_text), purpose=PURPOSE)

    def get_totp_issuer(self) -> str:
        return _place()

    def _get_site_name(self) -> str:
        return _place()

    def build_totp_svg(self, url: str) -> str:
        """The QR code as elements of the page: no data address, no style, nothing the CSP would stop."""
        drawn = segno.make(url, error="m").svg_inline(scale=5, border=4, dark="#000", light="#fff")
        return mark_safe(drawn)  # noqa: S308 (segno draws squares; nothing of the url is text in it)

    def send_notification_mail(self, *_arguments: Any, **_options: Any) -> None:
        """Our services write their own notices."""


def pending_secret(*, is_new: bool) -> str:
    """The secret of an app that is being set up, kept sealed in the session until the first code."""
    session = allauth_context.request.session
    sealed = session.get(totp.SECRET_SESSION_KEY)
    if sealed and not is_new:
        return unseal(base64.b64decode(sealed), purpose=PURPOSE)
    secret: str = totp.generate_totp_secret()
    session[totp.SECRET_SESSION_KEY] = base64.b64encode(seal(secret, purpose=PURPOSE)).decode("ascii")
    return secret


@transaction.atomic
def spend_code(person: Person, code: str) -> bool:
    """Accept a code of the authenticator app once, whichever process is asked (RFC 6238, 5.2).

    True as well when the code belongs to no app: then it is a recovery code, which is spent elsewhere.
    """
    factor = (
        Authenticator.objects.select_for_update().filter(user=person, type=Authenticator.Type.TOTP).first()
    )
    if factor is None:
        return True
    secret = MFAAdapter().decrypt(factor.data["secret"])
    step = _step_of(secret, code)
    if step is None:
        return True
    if step <= factor.data.get(_LAST_STEP, 0):
        return False
    factor.data[_LAST_STEP] = step
    factor.save(update_fields=["data"])
    return True


def has_app(person: Person) -> bool:
    """Whether the person has set up an authenticator app."""
    return bool(Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists())


def confirms(person: Person, code: str) -> bool:
    """Whether the code is one of the person's app that was not used before; it is used up by this.

    For steps without a browser; recovery codes do not count here.
    """
    factor = Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).first()
    if factor is None or _step_of(MFAAdapter().decrypt(factor.data["secret"]), code) is None:
        return False
    return spend_code(person, code)


def _step_of(secret: str, code: str) -> int | None:
    typed = code.replace(" ", "")
    for step in totp.yield_hotp_counters_from_time():
        if totp.format_hotp_value(totp.hotp_value(secret, step)) == typed:
            return int(step)
    return None


def _place() -> str:
    scope = context.current()
    return scope.display_name if isinstance(scope, Municipality) else "Verbund"
