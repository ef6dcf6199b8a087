# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""One's own account: name, password, second factor, sessions."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from verbund.accounts import queries, second_factor
from verbund.accounts.access import signed_in, signed_in_only
from verbund.accounts.api import actor_for
from verbund.accounts.forms import NameForm
from verbund.accounts.roles import label_of
from verbund.accounts.services import people, sessions
from verbund.kernel import clock


@signed_in_only
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest) -> HttpResponse:
    person = signed_in(request)
    form = NameForm(request.POST or None, initial={"name": person.name})
    if request.method == "POST" and form.is_valid():
        people.rename_person(
            person_id=person.pk, name=form.cleaned_data["name"], by=actor_for(person), at=clock.now()
        )
        messages.success(request, _("Ihr Name ist geändert."))
        return redirect("account_own")
    factors = set(Authenticator.objects.filter(user=person).values_list("type", flat=True))
    values = {
        "form": form,
        "person": person,
        "role": label_of(person.role),
        "sessions": queries.sessions_of(person, current_key=request.session.session_key),
        "has_app": "totp" in factors,
        "has_passkey": "webauthn" in factors,
        "needs_factor": second_factor.is_required(person) and not factors,
    }
    return render(request, "accounts/own.html", values, status=422 if form.errors else 200)


@signed_in_only
@require_POST
def end_session(request: HttpRequest, session_id: int) -> HttpResponse:
    person = signed_in(request)
    sessions.end_session(session_id=session_id, person_id=person.pk, by=actor_for(person), at=clock.now())
    messages.success(request, _("Die Sitzung ist beendet."))
    return redirect("account_own")


@signed_in_only
@require_POST
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    person = signed_in(request)
    sessions.end_sessions(
        person_id=person.pk, by=actor_for(person), at=clock.now(), except_key=request.session.session_key
    )
    messages.success(request, _("Alle anderen Sitzungen sind beendet."))
    return redirect("account_own")
