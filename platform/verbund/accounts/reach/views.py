# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page of a person's reach; it stands beside their account page, on the association's host alone."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from verbund.accounts.access import get_person_for, requires
from verbund.accounts.api import actor_of
from verbund.accounts.links import page_url
from verbund.accounts.permissions import AccountsPermission
from verbund.accounts.reach.forms import ReachForm
from verbund.accounts.reach.models import Reach
from verbund.accounts.reach.services import set_reach
from verbund.kernel import clock
from verbund.kernel.errors import DomainError


@requires(AccountsPermission.MANAGE_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def reach(request: HttpRequest, person_id: int) -> HttpResponse:
    by = actor_of(request)
    person = get_person_for(by, person_id)
    held = [str(number) for number in Reach.objects.filter(person=person).values_list("tenant", flat=True)]
    form = ReachForm(request.POST if request.method == "POST" else None, initial={"tenants": held})
    if request.method == "POST" and form.is_valid():
        try:
            set_reach(person_id=person.pk, tenants=form.cleaned_data["tenants"], by=by, at=clock.now())
        except DomainError as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("Der Zuschnitt ist gespeichert und gilt ab sofort."))
            return redirect(page_url("person", person_id=person.pk))
    back = page_url("person", person_id=person.pk)
    way = [(_("Personen"), page_url("people")), (person.name, back), (_("Betreute Kommunen"), "")]
    values = {"form": form, "person": person, "back": back, "breadcrumb_items": way}
    return render(request, "accounts/reach.html", values, status=422 if form.errors else 200)
