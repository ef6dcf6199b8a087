# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page that makes the report of an incident."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from verbund.accounts.access import requires
from verbund.accounts.api import actor_of, colleagues
from verbund.kernel import clock, context
from verbund.kernel.errors import DomainError
from verbund.privacy.incidents.forms import IncidentForm
from verbund.privacy.incidents.sheet import Member, Wanted, areas_of, as_pdf
from verbund.privacy.permissions import PrivacyPermission
from verbund.web.exports import export_name


@requires(PrivacyPermission.INCIDENT)
@require_http_methods(["GET", "HEAD", "POST"])
def incident(request: HttpRequest) -> HttpResponse:
    """Look first, or load the sheet at once; nothing of it is kept."""
    form = IncidentForm(request.POST if request.method == "POST" else None, people=colleagues())
    values: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        now, here = clock.now(), context.current_municipality()
        wanted = Wanted(**form.cleaned_data)
        try:
            areas = areas_of(wanted=wanted, by=actor_of(request), at=now)
        except DomainError as refusal:
            form.add_refusal(refusal)
        else:
            if request.POST.get("aktion") == "pdf":
                member = Member(name=here.name, areas=areas)
                name = export_name("Datenpanne", here.slug, clock.today(), "pdf")
                return HttpResponse(
                    as_pdf(wanted, [member], issuer=here.name, at=now),
                    content_type="application/pdf",
                    headers={"Content-Disposition": f'attachment; filename="{name}"'},
                )
            values |= {"areas": areas, "wanted": wanted, "is_late": wanted.report_until < now}
    return render(request, "privacy/incident.html", values, status=422 if form.errors else 200)
