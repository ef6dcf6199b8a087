# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keys of programs: issued with their text shown once, revoked."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from verbund.accounts import queries
from verbund.accounts.access import get_token_for, requires, signed_in
from verbund.accounts.api import actor_of
from verbund.accounts.forms import TokenForm
from verbund.accounts.links import page_url
from verbund.accounts.permissions import AccountsPermission
from verbund.accounts.services.tokens import adopt_token, issue_token, revoke_token
from verbund.kernel import clock
from verbund.kernel.clock import BERLIN
from verbund.kernel.errors import Invalid


@requires(AccountsPermission.MANAGE_TOKENS)
@require_http_methods(["GET", "HEAD", "POST"])
def listing(request: HttpRequest) -> HttpResponse:
    """The keys; after issuing one, its text stands on this answer and nowhere else."""
    person, text = signed_in(request), ""
    form = TokenForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        try:
            _token, text = issue_token(
                name=form.cleaned_data["name"],
                scopes=form.cleaned_data["scopes"],
                expires_at=_end_of(form.cleaned_data["valid_until"]),
                by=actor_of(request),
                at=clock.now(),
            )
            form = TokenForm(person=person)
        except Invalid as refusal:
            form.add_refusal(refusal)
    values = {"tokens": queries.tokens(), "form": form, "new_text": text, "now": clock.now()}
    return render(request, "accounts/tokens.html", values, status=422 if form.errors else 200)


@requires(AccountsPermission.MANAGE_TOKENS)
@require_POST
def revoke(request: HttpRequest, token_id: int) -> HttpResponse:
    by = actor_of(request)
    revoke_token(token_id=get_token_for(by, token_id).pk, by=by, at=clock.now())
    messages.success(request, _("Der Zugangsschlüssel ist gesperrt."))
    return redirect(page_url("tokens"))


@requires(AccountsPermission.MANAGE_TOKENS)
@require_POST
def adopt(request: HttpRequest, token_id: int) -> HttpResponse:
    by = actor_of(request)
    try:
        token = adopt_token(token_id=get_token_for(by, token_id).pk, by=by, at=clock.now())
    except Invalid as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(
            request, _("Der Schlüssel „%(name)s“ gilt jetzt über Ihr Konto.") % {"name": token.name}
        )
    return redirect(page_url("tokens"))


def _end_of(day: date | None) -> datetime | None:
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=BERLIN) if day else None
