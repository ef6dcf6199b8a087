# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Turns away bodies that are far too large before a byte of them is read."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from verbund.files.api import LARGEST_BYTES
from verbund.web.errors import error_response
from verbund.web.problems import problem_of_status

# Five photos and the form around them.
LARGEST_BODY = 5 * LARGEST_BYTES + 1024 * 1024


class UploadLimit:
    """Answers 413 from the announced length alone, and 411 where none is announced: WSGI would read nothing then."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if "HTTP_TRANSFER_ENCODING" in request.META:
            return error_response(request, problem_of_status(411))
        if _announced(request) > LARGEST_BODY:
            return error_response(request, problem_of_status(413))
        return self.get_response(request)


def _announced(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0
