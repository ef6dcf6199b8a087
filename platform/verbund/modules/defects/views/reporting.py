# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The four steps of a citizen's report. Nothing needs JavaScript; going back, errors and reloads lose nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.core import signing
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from verbund.files.views import photo_response
from verbund.kernel import clock, context
from verbund.kernel.actors import CITIZEN
from verbund.kernel.errors import DomainError, Invalid, NotFound
from verbund.modules.defects import limits, placing, queries
from verbund.modules.defects.access import get_submitted_report
from verbund.modules.defects.drafting import (
    Contents,
    add_photos,
    contents_of,
    discard_draft,
    keep_draft,
    remove_photos,
    submit_draft,
)
from verbund.modules.defects.forms import ContactForm, PlaceForm, WhatForm
from verbund.modules.defects.models import Category, Report
from verbund.places import frames
from verbund.web.limits import TooManyRequests, with_wait

_SESSION = "defects_draft"
_RECEIPT_SECONDS = 24 * 3600
_STEPS = ("place", "what", "contact", "check")
_NEXT = {"place": "defects:what", "what": "defects:similar", "contact": "defects:check"}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def place(request: HttpRequest) -> HttpResponse:
    """Step 1: where."""
    contents = contents_of(_draft_id(request))
    if request.method != "POST":
        contents = _with_point_of(request, contents)
    form = PlaceForm(request.POST or None, contents=contents)
    if request.method == "POST" and form.is_valid() and form.spot is not None:
        spot = form.spot
        try:
            _keep(
                request,
                latitude=round(spot.latitude, 6),
                longitude=round(spot.longitude, 6),
                address=spot.address[:200],
                place_note=form.cleaned_data["place_note"],
            )
        except TooManyRequests as refusal:
            form.add_refusal(refusal)
        else:
            return redirect(_onward(request, "place"))
    values = {"bounds": placing.map_bounds(), "attribution": frames.attribution()}
    return _step(request, "place", form, values)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def what(request: HttpRequest) -> HttpResponse:
    """Step 2: what, with photos. Photos are kept even where another field is wrong."""
    draft_id, contents = _draft_id(request), contents_of(_draft_id(request))
    if draft_id is None or not contents.has_place:
        return redirect("defects:place")
    if request.method != "POST":
        return _step(request, "what", WhatForm(contents=contents), {"photos": contents.photo_ids})
    form = WhatForm(request.POST, request.FILES, contents=contents)
    is_valid = form.is_valid()
    if "photos" in form.cleaned_data and not form.non_field_errors():
        try:
            _change_photos(request, draft_id, form.cleaned_data["photos"])
        except (Invalid, TooManyRequests) as refusal:
            form.add_refusal(refusal)
            is_valid = False
    kept = {
        name: form.cleaned_data[name] for name in ("category", "description") if name in form.cleaned_data
    }
    _keep(request, **kept)
    if is_valid and "weiter" in request.POST:
        return redirect(_onward(request, "what"))
    if is_valid:
        return redirect("defects:what")
    return _step(request, "what", form, {"photos": contents_of(draft_id).photo_ids})


@never_cache
@require_safe
def similar(request: HttpRequest) -> HttpResponse:
    """Between 2 and 3: what looks like the same; passed over when there is nothing."""
    contents = contents_of(_draft_id(request))
    category = Category.objects.filter(code=contents.category).first()
    if contents.latitude is None or contents.longitude is None or category is None:
        return redirect("defects:place")
    found = queries.nearby(
        latitude=contents.latitude,
        longitude=contents.longitude,
        metres=category.duplicate_radius_m,
        category=category.code,
        at=clock.now(),
    )
    if not found:
        return redirect("defects:contact")
    return render(request, "defects/similar.html", {"found": found, "breadcrumb_items": _way()})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest) -> HttpResponse:
    """Step 3: who, where they want to say it."""
    contents = contents_of(_draft_id(request))
    if not contents.has_place or not contents.category:
        return redirect("defects:place")
    form = ContactForm(request.POST or None, contents=contents)
    if request.method == "POST" and form.is_valid():
        _keep(request, **form.cleaned_data, contact_seen=True)
        return redirect(_onward(request, "contact"))
    hint = Category.objects.filter(code=contents.category).values_list("hint", flat=True).first()
    return _step(request, "contact", form, {"hint": hint})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Step 4: everything once more, then send."""
    draft_id, contents = _draft_id(request), contents_of(_draft_id(request))
    if draft_id is None or not contents.has_place or not contents.category:
        return redirect("defects:place")
    refusal: DomainError | None = None
    if request.method == "POST":
        try:
            limits.REPORTS.spend_for(request)
            if not contents.email:
                limits.REPORTS_WITHOUT_ADDRESS.spend_for(request)
            sent = submit_draft(draft_id=draft_id, by=CITIZEN, at=clock.now())
        except (Invalid, TooManyRequests) as error:
            refusal = error
        else:
            request.session.pop(_SESSION, None)
            return redirect("defects:receipt", token=_receipt_token(sent))
    category = Category.objects.filter(code=contents.category).first()
    values = {"contents": contents, "category": category, "photos": contents.photo_ids, "refusal": refusal}
    return _step(request, "check", None, values, refusal=refusal)


@never_cache
@require_safe
def receipt(request: HttpRequest, token: str) -> HttpResponse:
    """Thanks, the number, and what happens next; may be reloaded for a day."""
    try:
        reference = signing.loads(token, salt=_salt(), max_age=_RECEIPT_SECONDS)
    except signing.BadSignature as error:
        raise NotFound from error
    report = get_submitted_report(reference)
    return render(request, "defects/receipt.html", {"report": report, "breadcrumb_items": _way()})


@require_POST
def cancel(request: HttpRequest) -> HttpResponse:
    """Forget everything that was typed."""
    draft_id = _draft_id(request)
    if draft_id is not None:
        discard_draft(draft_id=draft_id, by=CITIZEN, at=clock.now())
        request.session.pop(_SESSION, None)
    return redirect("defects:list")


@require_safe
def draft_photo(request: HttpRequest, file_id: UUID) -> FileResponse:
    """A photo of one's own draft, for nobody else."""
    if file_id not in contents_of(_draft_id(request)).photo_ids:
        raise NotFound
    return photo_response(file_id, 400, is_public=False)


def _change_photos(request: HttpRequest, draft_id: UUID, uploads: list[Any]) -> None:
    now = clock.now()
    removed = [UUID(value) for value in request.POST.getlist("remove") if _is_uuid(value)]
    if removed:
        remove_photos(draft_id=draft_id, photo_ids=removed, by=CITIZEN, at=now)
    if uploads:
        limits.PHOTOS.spend_for(request, times=len(uploads))
        add_photos(draft_id=draft_id, uploads=uploads, by=CITIZEN, at=now)


def _step(
    request: HttpRequest,
    name: str,
    form: Any,
    values: dict[str, Any],
    *,
    refusal: DomainError | None = None,
) -> HttpResponse:
    number = _STEPS.index(name) + 1
    back = [reverse("defects:list"), *(reverse(f"defects:{step}") for step in _STEPS)][number - 1]
    shared = {
        "form": form,
        "number": number,
        "total": len(_STEPS),
        "back_url": back,
        "returns": request.GET.get("zurueck") == "pruefen",
        "breadcrumb_items": _way(),
    }
    if form is not None:
        refusal = form.refusal
    has_errors = refusal is not None or bool(form is not None and form.errors)
    response = render(
        request, f"defects/step_{name}.html", {**shared, **values}, status=422 if has_errors else 200
    )
    return with_wait(response, refusal)


def _onward(request: HttpRequest, name: str) -> str:
    """The next step; back to the summary where one came from there."""
    return reverse("defects:check" if request.GET.get("zurueck") == "pruefen" else _NEXT[name])


def _keep(request: HttpRequest, **changes: object) -> None:
    if _draft_id(request) is None:
        limits.DRAFTS.spend_for(request)
    draft_id = keep_draft(draft_id=_draft_id(request), by=CITIZEN, at=clock.now(), **changes)
    request.session[_SESSION] = str(draft_id)


def _draft_id(request: HttpRequest) -> UUID | None:
    value = request.session.get(_SESSION)
    return UUID(value) if isinstance(value, str) and _is_uuid(value) else None


def _with_point_of(request: HttpRequest, contents: Contents) -> Contents:
    """A link may bring the place along: from a QR code on a bench, or from the address search."""
    try:
        latitude, longitude = float(request.GET["lat"]), float(request.GET["lon"])
    except (KeyError, ValueError):
        return contents
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):  # noqa: PLR2004 (degrees on earth)
        return contents
    address = request.GET.get("adresse", "")[:200]
    return replace(contents, latitude=latitude, longitude=longitude, address=address)


def _is_uuid(value: str) -> bool:
    try:
        UUID(value)
    except ValueError:
        return False
    return True


def _receipt_token(report: Report) -> str:
    return signing.dumps(report.reference, salt=_salt())


def _salt() -> str:
    return f"defects.receipt.{context.current().key}"


def _way() -> list[tuple[str, str]]:
    return [(_("Startseite"), "/"), (_("Mängelmelder"), reverse("defects:list")), (_("Mangel melden"), "")]
