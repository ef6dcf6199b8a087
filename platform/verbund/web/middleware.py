# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What surrounds every request: its id, its headers, and one place that turns refusals into answers."""

from __future__ import annotations

import secrets
from collections.abc import Callable

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.cache import add_never_cache_headers
from typing_extensions import override

from verbund.kernel import context
from verbund.kernel.errors import DomainError
from verbund.web.errors import error_response
from verbund.web.problems import add_retry_after, problem_for, problem_of_status

GetResponse = Callable[[HttpRequest], HttpResponse]

log = structlog.get_logger(__name__)
# Answers made for one person or program: no cache may keep them, neither on the way nor in the browser.
_NOT_TO_BE_KEPT = ("/api/", "/konto/")


class RequestId:
    """Names each request for logs and error pages; a name sent from outside is not taken over."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        identifier = secrets.token_hex(8)
        with context.request(identifier):
            response = self.get_response(request)
        response["X-Request-ID"] = identifier
        return response


class SecurityHeaders:
    """Headers that neither Django nor django-csp sets; a view's own value stays."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("X-Permitted-Cross-Domain-Policies", "none")
        if request.path.startswith(_NOT_TO_BE_KEPT) and not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response


class NoNulls:
    """Refuses addresses with a null character: no name or text of ours has one, and PostgreSQL takes none."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            return error_response(request, problem_of_status(400))
        return self.get_response(request)


class Language(LocaleMiddleware):
    """The language a browser asks for; stands before the host is known, so that its error pages have one too.

    Static files are the same in every language: caches need not keep them once for each.
    """

    @override
    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not request.path.startswith(settings.STATIC_URL):
            response = super().process_response(request, response)
        # The thread goes on to other work, whose language is not this visitor's.
        translation.deactivate()
        return response


class DomainErrors:
    """A DomainError that no view has handled becomes a problem document or an error page."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, DomainError):
            return None
        if exception.status >= 500:  # noqa: PLR2004 -- the class of faults
            log.error("web.refused", code=exception.code, status=exception.status, exc_info=exception)
        response = error_response(request, problem_for(exception))
        add_retry_after(response, exception)
        return response
