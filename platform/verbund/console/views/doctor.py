# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""How a member is, asked at this moment."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tenants import directory
from tenants.doctor import examine
from tenants.states import WITH_DATA
from verbund.accounts.access import requires
from verbund.console import members
from verbund.console.permissions import TenantPermission
from verbund.console.wording import health_rows
from verbund.kernel.errors import NotFound


@requires(TenantPermission.READ)
@require_safe
def doctor(request: HttpRequest, slug: str) -> HttpResponse:
    """Every check of every package; reloading asks anew."""
    member = members.member(slug)
    if member.tenant.state not in WITH_DATA:
        raise NotFound
    health = examine(directory.describe_now(member.tenant))
    values = {
        "member": member,
        "health": health,
        "rows": health_rows(health),
        "breadcrumb_items": [
            (_("Kommunen"), reverse("console-association:tenants")),
            (member.tenant.name, reverse("console-association:tenant", kwargs={"slug": slug})),
            (_("Prüfung"), ""),
        ],
    }
    return render(request, "console/doctor.html", values)
