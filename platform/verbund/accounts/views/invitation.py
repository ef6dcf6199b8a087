# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Accepting an invitation: looking is harmless, only sending the form spends the link.

The link leads on at once to an address without its secret, so that neither the log of a refused form nor the
browser's history of the page keeps it.
"""

from __future__ import annotations

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from verbund.accounts import second_factor
from verbund.accounts.errors import InvitationSpent
from verbund.accounts.forms import AcceptForm
from verbund.accounts.models import Person
from verbund.accounts.roles import label_of
from verbund.accounts.services.invitations import accept_invitation, open_invitation
from verbund.kernel import clock
from verbund.kernel.errors import Invalid
from verbund.kernel.ids import hash_of_secret

_FINGERPRINT = "accounts_invitation"


@never_cache
@require_safe
def follow(request: HttpRequest, secret: str) -> HttpResponse:
    """Remember which invitation this browser follows."""
    request.session[_FINGERPRINT] = hash_of_secret(secret)
    return redirect("account_invitation")


@never_cache
@sensitive_post_parameters("password", "repeated")
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest) -> HttpResponse:
    """Show whose invitation it is and take the first password; then the person is signed in."""
    form, fingerprint = AcceptForm(request.POST or None), request.session.get(_FINGERPRINT, "")
    try:
        invitation = open_invitation(fingerprint, at=clock.now())
        if request.method == "POST" and form.is_valid():
            person = accept_invitation(
                fingerprint=fingerprint, password=form.cleaned_data["password"], at=clock.now()
            )
            return _sign_in(request, Login(user=person, redirect_url=_first_page(person)))
    except InvitationSpent as refusal:
        return render(request, "accounts/invitation_spent.html", {"refusal": refusal}, status=refusal.status)
    except Invalid as refusal:
        form.add_refusal(refusal)
    person = invitation.person
    values = {"form": form, "person": person, "role": label_of(person.role)}
    return render(request, "accounts/invitation.html", values, status=422 if form.errors else 200)


def _sign_in(request: HttpRequest, login: Login) -> HttpResponse:
    request.session.flush()
    record_authentication(request, login.user, method="password")
    response: HttpResponse = perform_login(request, login)
    return response


def _first_page(person: Person) -> str:
    """Setting up the second factor comes first where the role wants one."""
    if second_factor.is_required(person):
        return reverse("account_factor_needed")
    return reverse("account_own")
