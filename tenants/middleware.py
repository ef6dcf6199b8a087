# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which municipality a request is for, decided by its host alone, and which of its modules may answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from tenants import directory
from verbund.kernel import context, registry
from verbund.kernel.context import Municipality
from verbund.kernel.ports import is_active

Response = Callable[[HttpRequest], HttpResponseBase]
Entered = Callable[[], AbstractContextManager[context.Scope]]
_HEALTH = "/healthz/"
_PORT = re.compile(r"[0-9]{1,5}")
_NAME = re.compile(r"[A-Za-z0-9.-]+")
_LONGEST_HOST = 253
_MOVED_SECONDS = 3600


class HostRouting:
    """Enters the scope of the host for the whole request; everything unknown gets one neutral 404."""

    def __init__(self, get_response: Response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith(_HEALTH):
            _forget_cookies(request)
            request.urlconf = "verbund.config.urls.health"
            return self.get_response(request)
        host = _host(request)
        municipality = directory.by_host(host) if host and host != settings.VERBUND.association_host else None
        if municipality is not None:
            request.urlconf = "verbund.config.urls.municipality"
            with context.enter(municipality):
                response = self.get_response(request)
                if response.streaming:
                    _keep_scope_while_streaming(response, partial(context.enter, municipality))
                return response
        if host == settings.VERBUND.association_host:
            request.urlconf = "verbund.config.urls.association"
            with context.enter_association():
                response = self.get_response(request)
                if response.streaming:
                    _keep_scope_while_streaming(response, context.enter_association)
                return response
        moved_to = directory.moved_to(host) if host else ""
        if moved_to and request.method in {"GET", "HEAD"}:
            return _moved(request, moved_to)
        if request.path.startswith(settings.STATIC_URL):
            _forget_cookies(request)
            return self.get_response(request)  # the look of the page below; the same on every host
        return render(request, "web/unknown_host.html", status=404)


class ModuleGate:
    """A page of a module that is off for the municipality does not exist."""

    def __init__(self, get_response: Response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, arguments: Any, options: Any) -> None:  # noqa: ARG002 (Django's signature)
        match = request.resolver_match
        if match is None:
            return
        scope = context.current_or_none()
        if not isinstance(scope, Municipality):
            return  # what a module shows there enters the municipality itself, and asks then
        for namespace in match.namespaces:
            module = registry.module(namespace.split("-")[0])
            if module is not None and not is_active(scope, module.slug):
                raise Http404


def _host(request: HttpRequest) -> str:
    """The host without port, lower case, without a trailing dot; empty when no host can be written so."""
    name, colon, port = str(request.META.get("HTTP_HOST", "")).partition(":")
    if colon and not _PORT.fullmatch(port):
        return ""
    return name.lower().rstrip(".") if len(name) <= _LONGEST_HOST and _NAME.fullmatch(name) else ""


def _moved(request: HttpRequest, host: str) -> HttpResponseBase:
    """The same address on the host that is used now. Browsers would keep a 308 for good; the host may serve others."""
    response = HttpResponse(
        status=308, headers={"Location": settings.VERBUND.url(host, request.get_full_path())}
    )
    response["Cache-Control"] = f"max-age={_MOVED_SECONDS}"
    return response


def _forget_cookies(request: HttpRequest) -> None:
    """Outside of any scope nobody is signed in: a session would be looked for where there is no table."""
    request.COOKIES = {}


def _keep_scope_while_streaming(response: HttpResponseBase, entered: Entered) -> None:
    """A streamed body is produced after the middleware has returned, so it enters the scope itself."""
    parts = iter(response.streaming_content)  # type: ignore[attr-defined]

    def scoped() -> Iterator[Any]:
        try:
            while True:
                with entered():
                    try:
                        part = next(parts)
                    except StopIteration:
                        return
                yield part
        finally:
            # Also when the reader goes away half-way: what the body has opened is closed where it belongs.
            with entered():
                getattr(parts, "close", lambda: None)()

    response.streaming_content = scoped()  # type: ignore[attr-defined]
