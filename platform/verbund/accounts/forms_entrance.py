# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""allauth's forms in our words and our markup."""

# allauth has no types for mypy.
# mypy: allow-subclassing-any

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.core import context as allauth_context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.base.internal.flows import check_rate_limit
from allauth.mfa.internal.flows.add import validate_can_add_authenticator
from allauth.mfa.recovery_codes import forms as recovery
from allauth.mfa.totp import forms as totp
from allauth.mfa.totp.internal.auth import validate_totp_code
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from verbund.accounts.lockout import count_wrong_code, is_locked_out
from verbund.accounts.mails import pretend_password_reset
from verbund.accounts.mfa import pending_secret, spend_code
from verbund.kernel import clock
from verbund.web.forms import KernForm

_LABELS = {
    "login": _("E-Mail-Adresse"),
    "email": _("E-Mail-Adresse"),
    "password": _("Passwort"),
    "oldpassword": _("Bisheriges Passwort"),
    "password1": _("Neues Passwort"),
    "password2": _("Neues Passwort wiederholen"),
    "code": _("Code"),
    "name": _("Bezeichnung"),
    "passwordless": _("Ohne Passwort anmelden"),
}
_HELP = {
    "password1": _("Mindestens 12 Zeichen. Gut sind mehrere Wörter, die nichts miteinander zu tun haben."),
    "passwordless": _("Der Passkey ersetzt dann Passwort und Code. Er verlangt PIN, Finger oder Gesicht."),
}
_AUTOCOMPLETE = {"login": "username", "email": "username", "code": "one-time-code"}


class EntranceForm(KernForm):
    """What all of them share: our labels, no placeholders, sensible help from the browser."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = _LABELS.get(name, field.label)
            field.help_text = _HELP.get(name, "")
            field.widget.attrs.pop("placeholder", None)
            if name in _AUTOCOMPLETE:
                field.widget.attrs["autocomplete"] = _AUTOCOMPLETE[name]
        if "code" in self.fields:
            self.fields["code"].widget.attrs.update(inputmode="numeric", autofocus=not self.is_bound)


class SignInForm(EntranceForm, account.LoginForm):
    pass


class ForgottenPasswordForm(EntranceForm, account.ResetPasswordForm):
    def save(self, request: HttpRequest, **options: Any) -> str:
        if self.users:
            return str(super().save(request, **options))
        address: str = self.cleaned_data["email"]
        pretend_password_reset(address=address, at=clock.now())
        return address


class NewPasswordForm(EntranceForm, account.ResetPasswordKeyForm):
    pass


class ChangePasswordForm(EntranceForm, account.ChangePasswordForm):
    pass


class ConfirmPasswordForm(EntranceForm, account.ReauthenticateForm):
    pass


class _CodeForm(EntranceForm, mfa.BaseAuthenticateForm):
    """Wrong codes count towards the lock; a right one is accepted once."""

    def clean_code(self) -> str:
        request = allauth_context.request
        if is_locked_out(request, self.user.email):
            raise get_adapter().validation_error("incorrect_code")
        try:
            code: str = super().clean_code()
        except forms.ValidationError:
            count_wrong_code(request, self.user.email)
            raise
        if not spend_code(self.user, code):
            raise get_adapter().validation_error("incorrect_code")
        return code


class SecondFactorForm(_CodeForm, mfa.AuthenticateForm):
    pass


class ConfirmCodeForm(_CodeForm, mfa.ReauthenticateForm):
    pass


class ActivateAppForm(EntranceForm, totp.ActivateTOTPForm):
    """allauth's form with the new secret sealed in the session."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # allauth has put a bare secret there; what is saved at the end of the request is this one.
        self.secret = pending_secret(is_new=not self.is_bound)
        self.fields["code"].label = _("Code aus der App")

    def clean_code(self) -> str:
        validate_can_add_authenticator(self.user)
        clear_limit = check_rate_limit(self.user, error_key="rate_limited")
        code: str = self.cleaned_data["code"]
        if not validate_totp_code(self.secret, code):
            raise get_adapter().validation_error("incorrect_code")
        clear_limit()
        return code


class RemoveAppForm(EntranceForm, totp.DeactivateTOTPForm):
    pass


class NewRecoveryCodesForm(EntranceForm, recovery.GenerateRecoveryCodesForm):
    pass


class AddPasskeyForm(EntranceForm, webauthn.AddWebAuthnForm):
    pass


class RenamePasskeyForm(EntranceForm, webauthn.EditWebAuthnForm):
    pass


class PasskeyForm(EntranceForm, webauthn.AuthenticateWebAuthnForm):
    pass


class ConfirmPasskeyForm(EntranceForm, webauthn.ReauthenticateWebAuthnForm):
    pass
