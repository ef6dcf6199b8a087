# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The administration's page: who is in, who was, who asks; and how the municipality wants it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from verbund.accounts.access import requires
from verbund.accounts.api import actor_of
from verbund.kernel import clock
from verbund.support import grants, queries
from verbund.support.forms import ApprovalForm
from verbund.support.permissions import SupportPermission
from verbund.web.pagination import page_of


@requires(SupportPermission.CONTROL)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    page = page_of(request, queries.history())
    values = {
        "current": [{"grant": grant, "is_open": grant.is_open(now)} for grant in queries.unfinished(now)],
        "page": page,
        "rows": [{"grant": grant, "outcome": queries.outcome(grant, now)} for grant in page.object_list],
        "form": ApprovalForm(initial={"needs_approval": queries.needs_approval()}),
    }
    return render(request, "support/overview.html", values)


@requires(SupportPermission.CONTROL)
@require_POST
def approve(request: HttpRequest, grant_id: UUID) -> HttpResponse:
    by = actor_of(request)
    grants.approve(grant_id=queries.get_grant_for(by, grant_id).pk, by=by, at=clock.now())
    messages.success(request, _("Der Fernzugriff ist freigegeben."))
    return redirect("support-staff:overview")


@requires(SupportPermission.CONTROL)
@require_POST
def refuse(request: HttpRequest, grant_id: UUID) -> HttpResponse:
    by = actor_of(request)
    grants.refuse(grant_id=queries.get_grant_for(by, grant_id).pk, by=by, at=clock.now())
    messages.success(request, _("Der Fernzugriff ist abgelehnt."))
    return redirect("support-staff:overview")


@requires(SupportPermission.CONTROL)
@require_POST
def revoke(request: HttpRequest, grant_id: UUID) -> HttpResponse:
    by = actor_of(request)
    grants.end(grant_id=queries.get_grant_for(by, grant_id).pk, by=by, at=clock.now())
    messages.success(request, _("Der Fernzugriff ist beendet."))
    return redirect("support-staff:overview")


@requires(SupportPermission.CONTROL)
@require_POST
def approval(request: HttpRequest) -> HttpResponse:
    form = ApprovalForm(request.POST)
    form.full_clean()
    grants.set_approval(
        needs_approval=form.cleaned_data["needs_approval"], by=actor_of(request), at=clock.now()
    )
    messages.success(request, _("Die Einstellung ist gespeichert."))
    return redirect("support-staff:overview")
