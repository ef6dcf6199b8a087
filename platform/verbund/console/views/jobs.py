# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Any long work as operators watch it; it outlives the member it is about."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from verbund.accounts.access import requires
from verbund.console import members
from verbund.console.permissions import TenantPermission
from verbund.console.wording import job_progress

# Tells htmx to stop asking.
STOP_POLLING = 286


@requires(TenantPermission.READ)
@require_safe
def job(request: HttpRequest, job_id: int) -> HttpResponse:
    """Each step; reloading shows where it is."""
    found = members.job(job_id)
    values = {
        "progress": job_progress(found),
        "breadcrumb_items": [(_("Kommunen"), reverse("console-association:tenants")), (found.title, "")],
    }
    return render(request, "console/job.html", values)


@requires(TenantPermission.READ)
@require_safe
def job_fragment(request: HttpRequest, job_id: int) -> HttpResponse:
    """The steps for htmx: nothing while nothing is new, so that nothing is read out twice."""
    progress = job_progress(members.job(job_id))
    if progress.is_open and request.GET.get("bekannt") == progress.mark:
        return HttpResponse(status=204)
    return TemplateResponse(
        request,
        "console/job.html#steps",
        {"progress": progress, "is_fragment": True},
        status=200 if progress.is_open else STOP_POLLING,
    )
