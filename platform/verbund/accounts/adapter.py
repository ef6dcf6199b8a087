# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""How allauth signs people in here: no sign-up, German words, our mails, our record, nothing given away."""

from __future__ import annotations

import time
from datetime import datetime
from typing import Any, ClassVar
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context as allauth_context
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from verbund.accounts import second_factor
from verbund.accounts.api import actor_for
from verbund.accounts.devices import device_label
from verbund.accounts.mails import send_password_reset
from verbund.accounts.models import Person
from verbund.accounts.services import sign_in
from verbund.accounts.sessions import DEVICE
from verbund.kernel import clock, context
from verbund.kernel.context import Municipality
from verbund.notify.api import absolute_url
from verbund.web.clients import client_pseudonym

_MESSAGES = {
    "account/messages/password_changed.txt": _("Ihr Passwort ist geändert."),
    "account/messages/logged_out.txt": _("Sie sind abgemeldet."),
    "mfa/messages/totp_activated.txt": _("Die Authenticator-App ist eingerichtet."),
    "mfa/messages/totp_deactivated.txt": _("Die Authenticator-App ist entfernt."),
    "mfa/messages/recovery_codes_generated.txt": _("Ihre Wiederherstellungscodes sind erstellt."),
    "mfa/messages/webauthn_added.txt": _("Der Passkey ist eingerichtet."),
    "mfa/messages/webauthn_removed.txt": _("Der Passkey ist entfernt."),
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types for us
    """ACCOUNT_ADAPTER."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("E-Mail-Adresse oder Passwort stimmen nicht."),
        "enter_current_password": _("Das bisherige Passwort stimmt nicht."),
        "incorrect_code": _("Der Code stimmt nicht oder wurde schon benutzt."),
        "incorrect_password": _("Das Passwort stimmt nicht."),
        "invalid_password_reset": _("Der Link gilt nicht mehr."),
        "rate_limited": _("Das waren zu viele Versuche. Bitte warten Sie einige Minuten."),
        "too_many_login_attempts": _("Das waren zu viele Versuche. Bitte warten Sie einige Minuten."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 (allauth's signature)
        return False

    def get_login_stages(self) -> list[str]:
        return ["allauth.mfa.stages.AuthenticateStage"]

    def get_client_ip(self, request: HttpRequest) -> str:
        """What allauth's limits count by; they store it, so it is no address."""
        return client_pseudonym(request)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Person | None:
        """A closed account answers like a wrong password: allauth's own page would confirm the password."""
        person = super().authenticate(request, **credentials)
        if isinstance(person, Person) and not person.may_sign_in:
            self.authentication_failed(request, **credentials)
            return None
        return person if isinstance(person, Person) else None

    def authentication_failed(self, request: HttpRequest, **_credentials: Any) -> None:
        if not getattr(request, "axes_locked_out", False):
            sign_in.note_refused(step="password", at=clock.now())

    def reauthenticate(self, user: Person, password: str) -> bool:
        found = self.authenticate(allauth_context.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def is_reauthentication_required(self, *, app: str, **_options: Any) -> bool:  # noqa: ARG002 (allauth's signature)
        """Somebody who signed in a moment ago is not asked again."""
        request = allauth_context.request
        records = get_authentication_records(request, request.user)
        return not records or time.time() - records[-1]["at"] > settings.ACCOUNT_REAUTHENTICATION_TIMEOUT

    @transaction.atomic
    def login(self, request: HttpRequest, user: Person) -> None:
        super().login(request, user)
        request.session[DEVICE] = device_label(request.META.get("HTTP_USER_AGENT", ""))
        sign_in.note_signed_in(
            person=user, factor=second_factor.used_factor(request, user), by=actor_for(user), at=clock.now()
        )

    def post_login(self, request: HttpRequest, user: Person, **options: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **options)
        if (
            not second_factor.is_enforced()
            and second_factor.is_required(user)
            and not second_factor.has_one(user)
        ):
            messages.info(
                request,
                _(
                    "Im Betrieb ist für dieses Konto ein zweiter Faktor nötig. Sie können ihn unter „Mein Konto“ einrichten."
                ),
            )
        return response

    @transaction.atomic
    def logout(self, request: HttpRequest) -> None:
        person = request.user
        super().logout(request)
        if isinstance(person, Person):
            sign_in.note_signed_out(person=person, by=actor_for(person), at=clock.now())

    def get_login_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002 (allauth's signature)
        return "/verwaltung/" if isinstance(context.current(), Municipality) else "/"

    def get_reset_password_from_key_url(self, key: str) -> str:
        """On the host of the registry, never on what a request calls it: a port of somebody's own would go into a mail."""
        return absolute_url(urlsplit(super().get_reset_password_from_key_url(key)).path)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002 (allauth's signature)
        return reverse("account_own")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """The mail of a forgotten password; allauth's others are not used."""
        if template_prefix == "account/email/password_reset_key":
            _send_reset(email, context, clock.now())

    def add_message(  # noqa: PLR0917 (allauth's signature)
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,  # noqa: ARG002 (allauth's signature)
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        text = message or _MESSAGES.get(message_template or "")
        if text:
            messages.add_message(request, level, str(text), extra_tags=extra_tags)


def _send_reset(email: str, context: dict[str, Any], at: datetime) -> None:
    person: Person = context["user"]
    with transaction.atomic():
        send_password_reset(
            address=email,
            name=person.name,
            link=context["password_reset_url"],
            reference=f"accounts.person:{person.pk}",
            at=at,
        )
