# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What staff were told, and putting news away."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from verbund.accounts.access import requires, signed_in
from verbund.announcements import queries
from verbund.announcements.reading.services import dismiss as put_away
from verbund.kernel import clock
from verbund.web.markup import render as render_markup


@requires()
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    rows = [
        {"announcement": found, "body": render_markup(found.body), "is_shown": found.is_shown(now)}
        for found in queries.past_and_present(now)
    ]
    return render(request, "announcements/told.html", {"rows": rows})


@requires()
@require_POST
def dismiss(request: HttpRequest, announcement_id: int) -> HttpResponse:
    """Back to where the reader was."""
    put_away(announcement_id, person=signed_in(request))
    back = request.META.get("HTTP_REFERER", "")
    is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return redirect(back if is_ours else "staff-staff:inbox")
