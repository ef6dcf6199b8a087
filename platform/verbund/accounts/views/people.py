# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The administration's list of people, inviting, and the rules for signing in."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from verbund.accounts import queries
from verbund.accounts.access import requires
from verbund.accounts.api import actor_of
from verbund.accounts.forms import InviteForm, PolicyForm
from verbund.accounts.links import page_url
from verbund.accounts.permissions import AccountsPermission
from verbund.accounts.roles import roles
from verbund.accounts.services import people
from verbund.accounts.services.policy import change_policy
from verbund.accounts.services.policy import policy as current_policy
from verbund.kernel import clock
from verbund.kernel.errors import Invalid
from verbund.web.pagination import page_of


@requires(AccountsPermission.MANAGE_PEOPLE)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    rules = {"requires_second_factor": current_policy().requires_second_factor}
    # Where every role demands it anyway, as in the association, there is nothing to choose.
    is_choice = any(not role.needs_second_factor for role in roles())
    values = {
        "page": page_of(request, queries.people(), per_page=50),
        "policy_form": PolicyForm(initial=rules) if is_choice else None,
    }
    return render(request, "accounts/people.html", values)


@requires(AccountsPermission.MANAGE_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = people.invite_person(**form.cleaned_data, by=actor_of(request), at=clock.now())
        except Invalid as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("Die Einladung an %(name)s ist unterwegs.") % {"name": person.name})
            return redirect(page_url("person", person_id=person.pk))
    way = [(_("Personen"), page_url("people")), (_("Person einladen"), "")]
    values = {"form": form, "breadcrumb_items": way}
    return render(request, "accounts/invite.html", values, status=422 if form.errors else 200)


@requires(AccountsPermission.MANAGE_PEOPLE)
@require_POST
def policy(request: HttpRequest) -> HttpResponse:
    form = PolicyForm(request.POST)
    form.full_clean()
    change_policy(**form.cleaned_data, by=actor_of(request), at=clock.now())
    messages.success(request, _("Die Regeln für die Anmeldung sind gespeichert."))
    return redirect(page_url("people"))
