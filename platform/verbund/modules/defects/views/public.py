# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What everybody sees: the list with its map, one report, and the link from the mail."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from verbund.kernel import clock
from verbund.modules.defects import placing, queries
from verbund.modules.defects.access import get_public_report
from verbund.modules.defects.errors import LinkSpent
from verbund.modules.defects.forms import PublicFilter
from verbund.modules.defects.labels import LIGHT_LABELS
from verbund.modules.defects.models import Report
from verbund.modules.defects.reporting import confirm_report, unconfirmed_report
from verbund.modules.defects.rules import is_public, is_unconfirmed
from verbund.modules.defects.states import Light
from verbund.modules.defects.views.presenting import point_of, public_entries
from verbund.places import frames
from verbund.web.pagination import page_of

_PER_PAGE = 12
_MOST_POINTS = 1000
Way = list[tuple[str, str]]


@require_safe
def report_list(request: HttpRequest) -> HttpResponse:
    """The list; the map beside it shows the same reports."""
    chosen = PublicFilter(request.GET)
    reports = queries.public_reports(light=chosen.light, category=chosen.category)
    page = page_of(request, queries.with_first_photo(reports), per_page=_PER_PAGE)
    values = {
        "filter": chosen,
        "page": page,
        "is_filtered": bool(chosen.query),
        "points_url": f"{reverse('defects:points')}?{chosen.query}",
        "legend": [(light, LIGHT_LABELS[light]) for light in Light],
        **_map(),
    }
    return render(request, "defects/report_list.html", values)


@require_safe
def points(request: HttpRequest) -> JsonResponse:
    """The newest thousand of the filtered reports as GeoJSON."""
    chosen = PublicFilter(request.GET)
    return _geojson(queries.public_reports(light=chosen.light, category=chosen.category)[:_MOST_POINTS])


@require_safe
def point(request: HttpRequest, reference: str) -> JsonResponse:  # noqa: ARG001 (Django's signature)
    """One report as GeoJSON, for the map of its page."""
    return _geojson([get_public_report(reference)])


@require_safe
def report(request: HttpRequest, reference: str) -> HttpResponse:
    """One report: what, where, its light and what happened."""
    found = get_public_report(reference)
    return render(request, "defects/report_detail.html", _report_values(found))


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, secret: str) -> HttpResponse:
    """The link from the mail. Opening it changes nothing: programs that check mails open links too."""
    try:
        if request.method == "POST":
            found = confirm_report(secret=secret, at=clock.now())
            messages.success(request, _("Vielen Dank. Ihre Meldung ist jetzt bei uns eingegangen."))
            return redirect("defects:report", reference=found.reference)
        found = unconfirmed_report(secret)
    except LinkSpent as spent:
        return render(request, "defects/link_spent.html", {"reason": spent.message}, status=spent.status)
    if is_public(found):
        return redirect("defects:report", reference=found.reference)
    if not is_unconfirmed(found):
        return render(
            request, "defects/link_spent.html", {"reason": LinkSpent().message}, status=LinkSpent.status
        )
    response = render(
        request, "defects/confirm.html", {"report": found, "breadcrumb_items": _way(_("Bestätigen"))}
    )
    # The address holds a secret: it must not travel on as a referrer, and no cache may keep the page.
    # Not "no-referrer": browsers would then send `Origin: null` with the form, and the CSRF check refuses it.
    response["Referrer-Policy"] = "same-origin"
    response["Cache-Control"] = "no-store"
    return response


def _report_values(found: Report) -> dict[str, Any]:
    original = found.duplicate_of
    shown = original or found
    return {
        "report": found,
        "shown": shown,
        "original": original,
        "entries": public_entries(shown),
        "photos": list(found.photos.filter(released_at__isnull=False).select_related("file")),
        "breadcrumb_items": _way(found.reference),
        **_map(found),
    }


def _geojson(reports: Iterable[Report]) -> JsonResponse:
    collection = {"type": "FeatureCollection", "features": [point_of(report) for report in reports]}
    response = JsonResponse(
        collection, content_type="application/geo+json", json_dumps_params={"ensure_ascii": False}
    )
    response["Cache-Control"] = "public, max-age=30"
    return response


def _map(found: Report | None = None) -> dict[str, str]:
    bounds = placing.bounds_around(found.latitude, found.longitude) if found else placing.map_bounds()
    return {"bounds": bounds, "attribution": frames.attribution()}


def _way(last: str) -> Way:
    return [(_("Startseite"), "/"), (_("Mängelmelder"), reverse("defects:list")), (last, "")]
