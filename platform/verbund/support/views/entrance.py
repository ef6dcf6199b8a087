# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The guest's way in and out. Nobody is signed in before; the link is all there is."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from verbund.accounts.guests import Guest
from verbund.accounts.sessions import DEVICE
from verbund.kernel import clock
from verbund.kernel.errors import NotFound
from verbund.support import grants
from verbund.support.errors import LinkSpent
from verbund.support.middleware import SESSION_KEY


@never_cache
@require_safe
def entrance(request: HttpRequest, secret: str) -> HttpResponse:
    """Show what the link leads to; following it takes a button, so that no preview or prefetch spends it."""
    try:
        grant = grants.look_at(secret=secret, host=_host(request), at=clock.now())
    except LinkSpent as refusal:
        return _spent(request, refusal)
    return render(request, "support/entrance.html", {"grant": grant, "secret": secret})


@never_cache
@sensitive_post_parameters("secret")
@require_POST
def enter(request: HttpRequest) -> HttpResponse:
    """Follow the link in a session that is new: whatever this browser carried before is left behind."""
    try:
        grant = grants.redeem(secret=request.POST.get("secret", ""), host=_host(request), at=clock.now())
    except LinkSpent as refusal:
        return _spent(request, refusal)
    request.session.flush()
    request.session[SESSION_KEY] = [str(grant.pk), grant.session_mark]
    request.session[DEVICE] = _("Fernzugriff")
    return redirect("staff-staff:inbox")


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """End the access from inside."""
    user: object = request.user
    if not isinstance(user, Guest):
        raise NotFound
    grants.end(grant_id=UUID(user.actor.id), by=user.actor, at=clock.now())
    request.session.flush()
    return redirect("support-staff:ended")


@never_cache
@require_safe
def ended(request: HttpRequest) -> HttpResponse:
    return render(request, "support/ended.html")


def _host(request: HttpRequest) -> str:
    return request.get_host().partition(":")[0].lower().rstrip(".")


def _spent(request: HttpRequest, refusal: LinkSpent) -> HttpResponse:
    return render(request, "support/spent.html", {"refusal": refusal}, status=refusal.status)
