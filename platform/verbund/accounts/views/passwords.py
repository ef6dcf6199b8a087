# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Changing a password, and setting a new one by mail: other sessions end, the record says so."""

from __future__ import annotations

from typing import Any

from allauth.account.views import PasswordChangeView, PasswordResetFromKeyView
from django.db import transaction
from django.http import HttpResponse

from verbund.accounts.access import signed_in
from verbund.accounts.api import actor_for
from verbund.accounts.services import sign_in
from verbund.kernel import clock


class ChangePassword(PasswordChangeView):  # type: ignore[misc]  # allauth has no types for us
    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        person = signed_in(self.request)
        sign_in.note_password_changed(
            person=person,
            is_reset=False,
            by=actor_for(person),
            at=clock.now(),
            except_key=self.request.session.session_key,
        )
        return response


class ResetPassword(PasswordResetFromKeyView):  # type: ignore[misc]  # allauth has no types for us
    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        sign_in.note_password_changed(
            person=self.reset_user, is_reset=True, by=actor_for(self.reset_user), at=clock.now()
        )
        return response


change = ChangePassword.as_view()
reset = ResetPassword.as_view()
