# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The URL conf of every stack, and the middleware that chooses it: ours routes hosts to the whole platform's."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import include, path

urlpatterns = [path("notices/", include("bench.notices.urls", namespace="notices"))]


class OneSite:
    """Answers with the bench's pages whatever stands before it chose; the same line in every stack."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.urlconf = "bench.notices.site"
        return self.get_response(request)
