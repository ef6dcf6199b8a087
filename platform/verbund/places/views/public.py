# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Map tiles and the address search."""

from __future__ import annotations

from dataclasses import asdict
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from verbund.places import maps, queries
from verbund.places.queries import AddressHit
from verbund.places.tiles import TileAddress

_STAND_IN_CACHING = "public, max-age=60"
_TILE_CACHING = "public, max-age=3600, stale-while-revalidate=86400"


@require_safe
def tile(request: HttpRequest, z: int, x: int, y: int, scale: int = 1) -> HttpResponseBase:
    """A map tile; proxies and browsers may keep it, asking again costs no drawing."""
    found = maps.tile(TileAddress(z, x, y, scale))
    response: HttpResponse
    if found.etag in request.headers.get("If-None-Match", ""):
        response = HttpResponseNotModified()
    else:
        response = HttpResponse(found.content, content_type=found.media_type)
    response["ETag"] = found.etag
    response["Cache-Control"] = _STAND_IN_CACHING if found.is_stand_in else _TILE_CACHING
    return response


@require_safe
@vary_on_headers("Accept", "HX-Request")
def addresses(request: HttpRequest) -> HttpResponseBase:
    """Addresses for ``q``: JSON, a fragment for htmx, or a page whose hits lead on to the path in ``weiter``."""
    query = request.GET.get("q", "")
    hits = queries.geocode(query)
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        return JsonResponse({"hits": [asdict(hit) | {"label": hit.label} for hit in hits]})
    onward = _onward(request)
    context = {"query": query, "onward": onward, "hits": [(hit, _link(onward, hit)) for hit in hits]}
    is_fragment = request.headers.get("HX-Request") == "true"
    return render(request, "places/_hits.html" if is_fragment else "places/addresses.html", context)


def _onward(request: HttpRequest) -> str:
    """The page that wants the address: a path on this host, or nothing."""
    path = request.GET.get("weiter", "")
    is_ours = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return path if is_ours else ""


def _link(onward: str, hit: AddressHit) -> str:
    if not onward:
        return ""
    values = urlencode({"lat": f"{hit.lat:.6f}", "lon": f"{hit.lon:.6f}", "adresse": hit.label})
    return f"{onward}{'&' if '?' in onward else '?'}{values}"
