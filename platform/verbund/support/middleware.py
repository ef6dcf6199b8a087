# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Puts a guest of the association in the place of the user, and stops what a guest may never do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import get_user
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from verbund.accounts.guests import Guest
from verbund.kernel import clock, context
from verbund.kernel.context import Municipality
from verbund.kernel.errors import Forbidden
from verbund.support import desk, grants
from verbund.support.models import Grant
from verbund.web.errors import error_response
from verbund.web.problems import problem_for

SESSION_KEY = "support_grant"
LEAVE = "support-staff:leave"
# The user may be asked for before the address is resolved.
_URLCONF = "verbund.config.urls.municipality"
# Pages of an account, which a guest has not: passwords, second factors, sessions.
_ACCOUNT = "/konto/"
_GUARDED = ("/verwaltung/", "/api/", _ACCOUNT)
_SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


class SupportGuest:
    """A session that was opened by a support link has no person; its grant is looked at in every request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if isinstance(context.current_or_none(), Municipality):
            request.user = SimpleLazyObject(lambda: _user(request))  # type: ignore[assignment]  # a person or a guest
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Any, _arguments: Any, _options: Any
    ) -> HttpResponse | None:
        is_safe = request.method in _SAFE
        if not isinstance(context.current_or_none(), Municipality):
            return None
        if is_safe and not request.path.startswith(_GUARDED):
            return None  # what everybody may read
        user: object = request.user
        if isinstance(user, Guest):
            return _guest_refusal(request, is_safe=is_safe)
        return _farewell(request) if getattr(request, "support_has_ended", False) else None


def _guest_refusal(request: HttpRequest, *, is_safe: bool) -> HttpResponse | None:
    match = request.resolver_match
    if not is_safe and match is not None and match.view_name == LEAVE:
        return None
    if request.path.startswith(_ACCOUNT):
        return _refusal(request, _("Ein Fernzugriff hat hier kein eigenes Konto."))
    if not is_safe and not request.support_grant.may_change:  # type: ignore[attr-defined]  # set by _user
        return _refusal(request, _("Dieser Fernzugriff darf nur lesen."))
    return None


def _user(request: HttpRequest) -> object:
    """The person of the session; without one the guest of its grant, if that is still open."""
    user = get_user(request)
    found = request.session.get(SESSION_KEY) if not user.is_authenticated else None
    if not found:
        return user
    grant = _open_grant(found)
    if grant is None:
        request.session.flush()
        request.support_has_ended = True  # type: ignore[attr-defined]  # told by process_view
        return user
    request.support_grant = grant  # type: ignore[attr-defined]  # asked by process_view
    return Guest(grants.actor_of(grant), leave_url=reverse(LEAVE, urlconf=_URLCONF))


def _open_grant(found: Any) -> Grant | None:
    grant_id, mark = found
    grant = grants.admitted(grant_id, mark, at=clock.now())
    if grant is None or not desk.may_still(grant.operator, context.current_municipality().number):
        return None
    return grant


def _farewell(request: HttpRequest) -> HttpResponse:
    address = reverse("support-staff:ended", urlconf=_URLCONF)
    if getattr(request, "htmx", False):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


def _refusal(request: HttpRequest, message: str) -> HttpResponse:
    return error_response(request, problem_for(Forbidden(message)))
