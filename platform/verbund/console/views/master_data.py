# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Changing a member's master data, and taking a planned change back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tenants.changes import request_change, withdraw_change
from tenants.master_data import ChangeRefused
from verbund.accounts.access import requires, requires_fresh_factor
from verbund.accounts.api import actor_of
from verbund.console import members
from verbund.console.forms_master_data import FIELDS, MasterDataForm
from verbund.console.permissions import TenantPermission
from verbund.kernel import clock
from verbund.kernel.errors import DomainError
from verbund.web.texts import day_text


@requires(TenantPermission.MANAGE)
@requires_fresh_factor
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, slug: str) -> HttpResponse:
    member = members.member(slug)
    form = MasterDataForm(request.POST or None, tenant=member.tenant)
    if request.method == "POST" and form.is_valid():
        try:
            made = request_change(
                number=member.tenant.number,
                wanted=form.wanted(),
                by=actor_of(request),
                at=clock.now(),
                reason=form.cleaned_data["reason"],
            )
        except ChangeRefused as refused:
            for field, reason in refused.fields.items():
                form.add_error(FIELDS.get(field, field), reason)
        except DomainError as refusal:
            form.add_refusal(refusal)
        else:
            if made.applied_at:
                messages.success(request, _("Die Stammdaten sind geändert."))
            else:
                day = day_text(made.takes_effect_on)
                messages.success(
                    request, _("Die Änderung ist vorgemerkt. Sie gilt ab %(day)s.") % {"day": day}
                )
            return redirect("console-association:tenant", slug=made.tenant.slug)
    detail = reverse("console-association:tenant", kwargs={"slug": slug})
    values = {
        "member": member,
        "form": form,
        "cancel_url": detail,
        "breadcrumb_items": [
            (_("Kommunen"), reverse("console-association:tenants")),
            (member.tenant.name, detail),
            (_("Stammdaten ändern"), ""),
        ],
    }
    return render(request, "console/master_data.html", values, status=422 if form.errors else 200)


@requires(TenantPermission.MANAGE)
@require_POST
def withdraw(request: HttpRequest, slug: str, change_id: int) -> HttpResponse:
    member = members.member(slug)
    withdraw_change(number=member.tenant.number, change_id=change_id, by=actor_of(request), at=clock.now())
    messages.success(request, _("Die vorgemerkte Änderung ist zurückgenommen."))
    return redirect("console-association:tenant", slug=slug)
