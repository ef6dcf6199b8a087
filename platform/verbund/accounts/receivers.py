# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What allauth and axes tell by signal and the audit record wants to know."""

from __future__ import annotations

from typing import Any

from allauth.mfa.signals import authentication_failed
from axes.signals import user_locked_out
from django.dispatch import receiver
from django.http import HttpRequest

from verbund.accounts.services import sign_in
from verbund.kernel import clock


@receiver(user_locked_out, dispatch_uid="accounts.locked_out")
def on_locked_out(request: HttpRequest, **_signal: Any) -> None:
    """Recorded when the lock falls; tries at a lock that holds tell nothing new."""
    if getattr(request, "axes_failures_since_start", None) is not None:
        sign_in.note_locked_out(at=clock.now())


@receiver(authentication_failed, dispatch_uid="accounts.wrong_code")
def on_wrong_code(**_signal: Any) -> None:
    sign_in.note_refused(step="second_factor", at=clock.now())
