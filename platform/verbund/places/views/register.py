# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The office's register of places: list with map, page of each, entering and changing, labels to print."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from verbund.accounts.access import may, requires
from verbund.accounts.api import actor_of
from verbund.kernel import clock
from verbund.kernel.errors import DomainError
from verbund.places import finding, frames, placing, qr, queries
from verbund.places.forms import PlaceFilter, PlaceForm
from verbund.places.geometry import Bounds
from verbund.places.models import Place
from verbund.places.permissions import PlacesPermission
from verbund.web.pagination import page_of

MOST_LABELS = 60
_HALF_TURN = 180


@requires(PlacesPermission.READ)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    chosen = PlaceFilter(request.GET)
    values = {
        "filter": chosen,
        "is_filtered": bool(chosen.query),
        "page": page_of(request, finding.matching(chosen.wanted)),
        "points_url": f"{reverse('places-staff:points')}?{chosen.query}",
        "labels_url": f"{reverse('places-staff:labels')}?{chosen.query}",
        "bounds": frames.whole(),
        "attribution": frames.attribution(),
        "may_edit": may(request, PlacesPermission.EDIT),
    }
    return render(request, "places/staff/list.html", values)


@requires(PlacesPermission.READ)
@require_safe
def points(request: HttpRequest) -> JsonResponse:
    """What the list shows as GeoJSON, at most 500; `box` (west,south,east,north) narrows it to a part of the map."""
    chosen = PlaceFilter(request.GET)
    found = finding.matching(chosen.wanted)
    if box := _box(request.GET.get("box", "")):
        found = found.filter(box__overlaps=box)
    return _geojson([_feature(place) for place in found.order_by()[: finding.MOST_ON_MAP]])


@requires(PlacesPermission.READ)
@require_safe
def place(request: HttpRequest, reference: str) -> HttpResponse:
    found = finding.get_place(reference)
    values = {
        "place": found,
        "kind": found.get_kind_display(),
        "code": qr.code_of(found),
        "public_url": qr.address_of(found),
        "bounds": frames.around(found.box),
        "attribution": frames.attribution(),
        "near": queries.nearest_address((found.box[1] + found.box[3]) / 2, (found.box[0] + found.box[2]) / 2),
        "may_edit": may(request, PlacesPermission.EDIT),
        "breadcrumb_items": [*_way(), (found.reference, "")],
    }
    return render(request, "places/staff/place.html", values)


@requires(PlacesPermission.READ)
@require_safe
def point(request: HttpRequest, reference: str) -> JsonResponse:  # noqa: ARG001 -- Django's signature
    return _geojson([_feature(finding.get_place(reference))])


@requires(PlacesPermission.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    form = PlaceForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = placing.create_place(given=form.given, by=actor_of(request), at=clock.now())
        except DomainError as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("%(number)s ist angelegt.") % {"number": made.reference})
            return redirect("places-staff:place", reference=made.reference)
    return _form_page(request, form, bounds=frames.whole(), way=[*_way(), (_("Neuer Ort"), "")])


@requires(PlacesPermission.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, reference: str) -> HttpResponse:
    found = finding.get_place(reference)
    form = PlaceForm(request.POST or None, request.FILES or None, place=found)
    if request.method == "POST" and form.is_valid():
        try:
            placing.change_place(place_id=found.pk, given=form.given, by=actor_of(request), at=clock.now())
        except DomainError as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("%(number)s ist gespeichert.") % {"number": found.reference})
            return redirect("places-staff:place", reference=found.reference)
    way = [*_way(), (found.reference, _path(found)), (_("Ändern"), "")]
    return _form_page(request, form, bounds=frames.around(found.box), way=way, place=found)


@requires(PlacesPermission.EDIT)
@require_POST
def retire(request: HttpRequest, reference: str) -> HttpResponse:
    found = finding.get_place(reference)
    placing.retire_place(place_id=found.pk, by=actor_of(request), at=clock.now())
    messages.success(request, _("%(number)s ist stillgelegt.") % {"number": found.reference})
    return redirect("places-staff:place", reference=found.reference)


@requires(PlacesPermission.EDIT)
@require_POST
def revive(request: HttpRequest, reference: str) -> HttpResponse:
    found = finding.get_place(reference)
    placing.revive_place(place_id=found.pk, by=actor_of(request), at=clock.now())
    messages.success(request, _("%(number)s ist wieder in Betrieb.") % {"number": found.reference})
    return redirect("places-staff:place", reference=found.reference)


@requires(PlacesPermission.READ)
@require_safe
def labels(request: HttpRequest) -> HttpResponse:
    """A sheet of labels for what the list shows, or for one place (`nr`)."""
    number = request.GET.get("nr", "")
    found: list[Place]
    if number:
        found, count = [finding.get_place(number)], 1
    else:
        rows = finding.matching(PlaceFilter(request.GET).wanted)
        found, count = list(rows[:MOST_LABELS]), rows.count()
    values = {
        "labels": [(each, qr.code_of(each)) for each in found],
        "left_out": max(0, count - len(found)),
        "breadcrumb_items": [*_way(), (_("Etiketten"), "")],
    }
    return render(request, "places/staff/labels.html", values)


def _form_page(
    request: HttpRequest,
    form: PlaceForm,
    *,
    bounds: str,
    way: list[tuple[str, str]],
    place: Place | None = None,
) -> HttpResponse:
    values: dict[str, Any] = {
        "form": form,
        "place": place,
        "bounds": bounds,
        "attribution": frames.attribution(),
        "breadcrumb_items": way,
    }
    return render(request, "places/staff/form.html", values, status=422 if form.errors else 200)


def _geojson(features: list[dict[str, object]]) -> JsonResponse:
    return JsonResponse(
        {"type": "FeatureCollection", "features": features}, content_type="application/geo+json"
    )


def _feature(place: Place) -> dict[str, object]:
    return finding.feature_of(place, url=_path(place), state=place.category or str(place.get_kind_display()))


def _path(place: Place) -> str:
    return reverse("places-staff:place", kwargs={"reference": place.reference})


def _way() -> list[tuple[str, str]]:
    return [(_("Objekte und Orte"), reverse("places-staff:list"))]


def _box(text: str) -> Bounds | None:
    """None for what is no box on earth."""
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        return None
    is_on_earth = all(-_HALF_TURN <= part <= _HALF_TURN for part in (west, south, east, north))
    return (west, south, east, north) if is_on_earth else None
