# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Stands in for the registry of hosts: `?nr=5` asks for municipality 5, two pages belong to the association."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse

from verbund.kernel import context
from verbund.kernel.context import Municipality

PLACES = ("Heideblick", "Luckau", "Lübben (Spreewald)", "Bestensee", "Königs Wusterhausen", "Bad Liebenwerda")
ASSOCIATION_PATHS = ("/einrichtung/", "/farben/")


def municipality(number: int) -> Municipality:
    kind = "gemeinde" if number % 3 == 1 else "stadt"
    colors = {"dark": "#9ec5ff"} if number == 16 else {}
    return Municipality(
        number=number, slug="muster", name=PLACES[number % len(PLACES)], kind=kind, theme=colors
    )


class SampleHost:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(ASSOCIATION_PATHS) or _page(request).startswith(ASSOCIATION_PATHS):
            with context.enter_association():
                return self.get_response(request)
        asked = request.GET.get("nr") or _of_page(request)
        with context.enter(municipality(int(asked or 1))):
            return self.get_response(request)


def _page(request: HttpRequest) -> str:
    """The path of the page that asks for its style sheet."""
    return urlsplit(request.headers.get("Referer", "")).path if request.path == "/theme.css" else ""


def _of_page(request: HttpRequest) -> str:
    """The number of the page that asks for its style sheet."""
    found = re.search(r"[?&]nr=(\d+)", request.headers.get("Referer", ""))
    return found[1] if found else ""
