# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Setting up and removing second factors: allauth's steps in one transaction with our record."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, EditWebAuthnView, RemoveWebAuthnView
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from verbund.accounts.access import signed_in, signed_in_only
from verbund.accounts.api import actor_for
from verbund.accounts.models import Person
from verbund.accounts.services import factors
from verbund.kernel import clock


class _FactorStep:
    """Asks for the password again when the sign-in is a while ago, and records what was done.

    allauth would keep the whole request, cookie and address included, in the session meanwhile; we ask before
    it comes to that, and the form is filled in anew.
    """

    # Django's DeleteView would also answer DELETE, past form_valid and so past the record.
    http_method_names: ClassVar[list[str]] = ["get", "head", "post"]

    request: HttpRequest
    kind = ""
    verb = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not isinstance(request.user, Person):
            return redirect_to_login(request.get_full_path())
        if is_reauthentication_required(request, app="allauth.mfa"):
            method = get_adapter().get_reauthentication_methods(request.user)[0]
            return redirect_to_login(request.get_full_path(), login_url=method["url"])
        response: HttpResponse = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # of allauth's view
        return response

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)  # type: ignore[misc]  # of allauth's view
        person = signed_in(self.request)
        factors.note_factor_changed(
            person=person, verb=self.verb, kind=self.kind, by=actor_for(person), at=clock.now()
        )
        return response


class ActivateApp(_FactorStep, ActivateTOTPView):  # type: ignore[misc]  # allauth has no types for us
    kind, verb = "totp", "added"


class RemoveApp(_FactorStep, DeactivateTOTPView):  # type: ignore[misc]  # allauth has no types for us
    kind, verb = "totp", "removed"


class RenewCodes(_FactorStep, GenerateRecoveryCodesView):  # type: ignore[misc]  # allauth has no types for us
    kind, verb = "recovery_codes", "renewed"


class AddPasskey(_FactorStep, AddWebAuthnView):  # type: ignore[misc]  # allauth has no types for us
    kind, verb = "webauthn", "added"


class RenamePasskey(_FactorStep, EditWebAuthnView):  # type: ignore[misc]  # allauth has no types for us
    kind, verb = "webauthn", "renamed"


class RemovePasskey(_FactorStep, RemoveWebAuthnView):  # type: ignore[misc]  # allauth has no types for us
    kind, verb = "webauthn", "removed"


@signed_in_only
@require_safe
def needed(request: HttpRequest) -> HttpResponse:
    """Why somebody who has just signed in cannot go on yet."""
    return render(request, "accounts/factor_needed.html")


activate_app = ActivateApp.as_view()
remove_app = RemoveApp.as_view()
renew_codes = RenewCodes.as_view()
add_passkey = AddPasskey.as_view()
rename_passkey = RenamePasskey.as_view()
remove_passkey = RemovePasskey.as_view()
