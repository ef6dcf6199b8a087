# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where a label leads: citizens to what is public about the place, the office to its own page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from verbund.accounts.access import may
from verbund.places import finding, frames
from verbund.places.permissions import PlacesPermission


@require_safe
@vary_on_cookie
def place(request: HttpRequest, reference: str) -> HttpResponse:
    """The public page; `?ansicht=oeffentlich` shows it to the office too."""
    is_office = may(request, PlacesPermission.READ)
    response: HttpResponse
    if is_office and request.GET.get("ansicht") != "oeffentlich":
        response = redirect("places-staff:place", reference=reference)
    else:
        found = finding.get_public_place(reference)
        values = {
            "place": found,
            "bounds": frames.around(found.box),
            "attribution": frames.attribution(),
        }
        response = render(request, "places/place.html", values)
    patch_cache_control(response, private=True, no_cache=True)
    return response


@require_safe
def point(request: HttpRequest, reference: str) -> JsonResponse:  # noqa: ARG001 -- Django's signature
    """The place as GeoJSON, for the map of its page."""
    found = finding.get_public_place(reference)
    return JsonResponse(
        {
            "type": "FeatureCollection",
            "features": [finding.feature_of(found, state=found.category)],
        },
        content_type="application/geo+json",
    )
