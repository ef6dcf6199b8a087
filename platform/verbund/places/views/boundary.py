# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where the administration brings in its exact boundary: hand over a file, see it on the map, take it over."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from shapely import wkb

from verbund.accounts.access import requires
from verbund.accounts.api import actor_of
from verbund.kernel import clock
from verbund.kernel.errors import DomainError
from verbund.places import boundaries, frames, services, uploads
from verbund.places.basemap import ATTRIBUTION
from verbund.places.forms import BoundaryFileForm, SourceForm
from verbund.places.models import Boundary, PendingFile
from verbund.places.outlines import Outline, square_km
from verbund.places.permissions import PlacesPermission
from verbund.places.shapes import BadShape, to_geojson
from verbund.places.views.ground import tabs


@requires(PlacesPermission.MANAGE_GROUND)
@require_http_methods(["GET", "HEAD", "POST"])
def boundary(request: HttpRequest) -> HttpResponse:
    """The outlines as they are; those of a file that waits are shown instead."""
    form = BoundaryFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            boundaries.upload_boundary(
                name=file.name, content=file.read(), by=actor_of(request), at=clock.now()
            )
        except DomainError as refusal:
            form.add_error("file", refusal.message)
        else:
            return redirect("places-staff:boundary")
    return _page(request, form=form, source_form=SourceForm())


@requires(PlacesPermission.MANAGE_GROUND)
@require_safe
def outline(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 -- Django's signature
    """What the map of the page shows."""
    waiting = uploads.pending(PendingFile.BOUNDARY)
    if waiting is not None:
        shapes = [(each.name, each.geometry.wkb) for each in _outlines(waiting)]
    else:
        shapes = [(each.name, bytes(each.wkb)) for each in Boundary.objects.all()]
    features = [
        {"type": "Feature", "geometry": to_geojson(kept), "properties": {"title": name}}
        for name, kept in shapes
    ]
    return JsonResponse(
        {"type": "FeatureCollection", "features": features}, content_type="application/geo+json"
    )


@requires(PlacesPermission.MANAGE_GROUND)
@require_POST
def apply(request: HttpRequest) -> HttpResponse:
    form = SourceForm(request.POST)
    if form.is_valid():
        boundaries.import_uploaded_boundary(
            source=form.cleaned_data["source"], by=actor_of(request), at=clock.now()
        )
        messages.success(request, _("Die Grenze ist eingespielt und steht ab jetzt auf der Karte."))
        return redirect("places-staff:boundary")
    return _page(request, form=BoundaryFileForm(), source_form=form)


@requires(PlacesPermission.MANAGE_GROUND)
@require_POST
def discard(request: HttpRequest) -> HttpResponse:
    uploads.discard_upload(purpose=PendingFile.BOUNDARY, by=actor_of(request), at=clock.now())
    messages.success(request, _("Die Datei ist verworfen. An der Grenze hat sich nichts geändert."))
    return redirect("places-staff:boundary")


@requires(PlacesPermission.MANAGE_GROUND)
@require_POST
def reset(request: HttpRequest) -> HttpResponse:
    services.load_shipped_boundaries(by=actor_of(request), at=clock.now())
    messages.success(request, _("Es gilt wieder die mitgelieferte Grenze."))
    return redirect("places-staff:boundary")


def _page(request: HttpRequest, *, form: BoundaryFileForm, source_form: SourceForm) -> HttpResponse:
    waiting = uploads.pending(PendingFile.BOUNDARY)
    known = [
        {"name": each.name, "square_km": square_km(wkb.loads(bytes(each.wkb))), "source": each.source}
        for each in Boundary.objects.all()
    ]
    values: dict[str, Any] = {
        "form": form,
        "source_form": source_form,
        "tabs": tabs("boundary"),
        "known": known,
        "has_own": any(each["source"] != ATTRIBUTION for each in known),
        "waiting": waiting,
        "found": _outlines(waiting) if waiting else [],
        "bounds": frames.whole(),
        "attribution": frames.attribution(),
    }
    is_refused = bool(form.errors or source_form.errors)
    return render(request, "places/staff/boundary.html", values, status=422 if is_refused else 200)


def _outlines(waiting: PendingFile) -> list[Outline]:
    """None when the file no longer fits, because the municipality has other bodies now."""
    try:
        return boundaries.outlines_in(uploads.content_of(waiting))
    except BadShape:
        return []
