# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Guessing is stopped per account and address; what is counted names neither of them.

django-axes keeps one row per account and address until the lock is over. Both are stored as keyed hashes,
browser and form data not at all.
"""

from __future__ import annotations

from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from verbund.web.clients import client_pseudonym
from verbund.web.errors import error_response
from verbund.web.problems import Problem


class LockoutHandler(AxesDatabaseHandler):  # type: ignore[misc]  # axes has no types
    """axes' handler without what it would keep of the browser."""

    def user_login_failed(
        self, sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any
    ) -> None:
        if request is not None:
            request.axes_user_agent = ""  # type: ignore[attr-defined]  # set by axes
            request.axes_http_accept = ""  # type: ignore[attr-defined]
            request.axes_path_info = ""  # type: ignore[attr-defined]
        super().user_login_failed(sender, credentials, request, **kwargs)


def account_pseudonym(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:  # noqa: ARG001 (axes' signature)
    """AXES_USERNAME_CALLABLE: the address that was typed, as a keyed hash."""
    typed = str((credentials or {}).get("email") or (credentials or {}).get("username") or "")
    return salted_hmac(
        "verbund.accounts.lockout.account", typed.strip().lower(), algorithm="sha256"
    ).hexdigest()


def address_pseudonym(request: HttpRequest) -> str:
    """AXES_CLIENT_IP_CALLABLE: the network address as a keyed hash in the form of an address."""
    return client_pseudonym(request)


def is_locked_out(request: HttpRequest, email: str) -> bool:
    """Whether this account may not be tried from this address now; the response then becomes the lockout page."""
    if AxesProxyHandler.is_allowed(request, {"email": email}):
        return False
    request.axes_locked_out = True  # type: ignore[attr-defined]  # read by axes' middleware
    return True


def count_wrong_code(request: HttpRequest, email: str) -> None:
    """A wrong second factor counts like a wrong password."""
    user_login_failed.send(sender=__name__, credentials={"email": email}, request=request)


def lockout_response(request: HttpRequest, *_details: object) -> HttpResponse:
    """AXES_LOCKOUT_CALLABLE: the same page whether the account exists or not."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    problem = Problem(
        status=429,
        code="accounts_locked_out",
        title=_("Zu viele Versuche"),
        detail=_("Die Anmeldung ist für %(minutes)d Minuten gesperrt.") % {"minutes": minutes},
        ways_out=(
            _("Warten Sie %(minutes)d Minuten und versuchen Sie es dann erneut.") % {"minutes": minutes},
            _("Wenn Sie Ihr Passwort nicht mehr wissen, fordern Sie danach ein neues an."),
        ),
    )
    response = error_response(request, problem)
    response["Retry-After"] = str(minutes * 60)
    return response
