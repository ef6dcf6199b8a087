# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The style page in its shells, in the colours of the host it is asked on."""

from __future__ import annotations

import io
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from PIL import Image, ImageDraw

from verbund.web import errors
from verbund.web.context import site
from verbund.web.mail import preview, with_styles
from verbund.web.pagination import page_of
from verbund.web.problems import problem_of_status
from verbund.web.styleguide import samples
from verbund.web.styleguide.forms import EveryField, Filters
from verbund.web.theme import palette_color, theme_of

_MEMBERS = 37
_TILE_SIZE = 256


def _page(request: HttpRequest, template: str, frame: dict[str, Any], **values: Any) -> HttpResponse:
    return render(request, f"web/styleguide/{template}.html", {**frame, **site(), **values})


def start(request: HttpRequest) -> HttpResponse:
    return _page(request, "start", samples.FRAME, tiles=samples.TILES, files=samples.FILES, rows=samples.ROWS)


def components(request: HttpRequest) -> HttpResponse:
    page = page_of(request, list(range(412)), per_page=25)
    return _page(
        request,
        "components",
        samples.FRAME,
        s=samples,
        page=page,
        trail=[("Startseite", "/"), ("Bausteine", "")],
    )


def form(request: HttpRequest) -> HttpResponse:
    shown = EveryField(request.POST, request.FILES) if request.method == "POST" else EveryField()
    return _page(request, "form", samples.FRAME, form=shown, timeline=samples.TIMELINE)


def staff_list(request: HttpRequest) -> HttpResponse:
    return _page(request, "staff_list", samples.STAFF_FRAME, filters=Filters(request.GET), s=samples)


def staff_case(request: HttpRequest) -> HttpResponse:
    return _page(
        request,
        "staff_case",
        samples.STAFF_FRAME,
        s=samples,
        trail=[("Posteingang", "?a"), ("M-2026-0042", "")],
    )


def onboarding(request: HttpRequest) -> HttpResponse:
    return _page(request, "onboarding", samples.CONSOLE_FRAME, steps=samples.STEPS)


def onboarding_state(request: HttpRequest) -> HttpResponse:
    """What the page fetches; 286 tells htmx to stop."""
    fragment = render_to_string("web/styleguide/_steps.html", {"steps": samples.STEPS}, request)
    return HttpResponse(fragment, status=286)


def map_page(request: HttpRequest) -> HttpResponse:
    return _page(request, "map", samples.FRAME, points=samples.POINTS)


def points(_request: HttpRequest) -> JsonResponse:
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [lon, lat]},
            "properties": {
                "title": title,
                "url": f"?punkt={number}",
                "kind": kind,
                "state": state,
                "row": f"zeile-{number}",
            },
        }
        for number, (title, lat, lon, kind, state) in enumerate(samples.POINTS, start=1)
    ]
    return JsonResponse({"type": "FeatureCollection", "features": features})


def tile(_request: HttpRequest, z: int, x: int, y: int) -> HttpResponse:
    """A drawn tile, so that maps need no outside."""
    image = Image.new("RGB", (_TILE_SIZE, _TILE_SIZE), "#eef1ea" if (x + y) % 2 else "#e6ece4")
    draw = ImageDraw.Draw(image)
    draw.line([(0, 90), (256, 150)], fill="#ffffff", width=9)
    draw.line([(120, 0), (90, 256)], fill="#ffffff", width=6)
    draw.ellipse([170, 170, 230, 215], fill="#cfe3ef")
    draw.text((8, 8), f"{z}/{x}/{y}", fill="#8a937f")
    file = io.BytesIO()
    image.save(file, "PNG")
    return HttpResponse(file.getvalue(), content_type="image/png")


def colors(request: HttpRequest) -> HttpResponse:
    themes = [(number, palette_color(number), theme_of({}, number)) for number in range(1, _MEMBERS + 1)]
    return _page(request, "colors", samples.CONSOLE_FRAME, themes=themes)


def mail(request: HttpRequest) -> HttpResponse:
    values = {
        **site(),
        "subject": "Ihre Meldung M-2026-0042",
        "action_url": request.build_absolute_uri("/"),
        "action_label": "Stand ansehen",
    }
    return preview(with_styles(render_to_string("web/styleguide/mail.html", values)))


def error(request: HttpRequest, status: int) -> HttpResponse:
    return errors.error_response(request, problem_of_status(status))
