# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who stands in for whom: arrange it and end it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from verbund.accounts.access import requires
from verbund.accounts.api import PersonName, actor_of, colleagues
from verbund.cases import deputies
from verbund.cases.permissions import CasesPermission
from verbund.kernel import clock
from verbund.kernel.actors import Actor
from verbund.kernel.errors import DomainError
from verbund.staff.forms import DeputyForm


@require_http_methods(["GET", "HEAD", "POST"])
@requires()
def show_deputies(request: HttpRequest) -> HttpResponse:
    by = actor_of(request)
    form = _form(by, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form is not None and form.is_valid():
        values = form.cleaned_data
        try:
            deputies.arrange_deputy(
                person_id=values["person"],
                deputy_id=values["deputy"],
                from_on=values["from_on"],
                until_on=values["until_on"],
                by=by,
                at=clock.now(),
            )
        except DomainError as error:
            form.add_refusal(error)
        else:
            messages.success(request, _("Die Vertretung ist eingetragen."))
            return redirect("staff-staff:deputies")
    status = 422 if form is not None and form.errors else 200
    return render(request, "staff/deputies.html", {"rows": _rows(by), "form": form}, status=status)


@require_POST
@requires()
def end_deputy(request: HttpRequest, deputy_id: int) -> HttpResponse:
    deputies.end_deputy(deputy_id=deputy_id, by=actor_of(request), at=clock.now())
    messages.success(request, _("Die Vertretung ist beendet."))
    return redirect("staff-staff:deputies")


def _form(by: Actor, data: Any) -> DeputyForm | None:
    """For oneself, or for anybody where the role includes it; guests arrange nothing."""
    if by.kind != "person":
        return None
    own = None if by.may(CasesPermission.DEPUTIES) else PersonName(int(by.id), by.name)
    return DeputyForm(data, people=colleagues(), own=own, prefix="vertretung", initial={"person": by.id})


def _rows(by: Actor) -> list[dict[str, Any]]:
    today = clock.today()
    return [
        {
            "deputy": deputy,
            "is_now": deputy.from_on <= today,
            "may_end": by.id == str(deputy.person_id) or by.may(CasesPermission.DEPUTIES),
        }
        for deputy in deputies.deputies(today=today)
    ]
