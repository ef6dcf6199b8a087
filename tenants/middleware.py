# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which municipality a request is for, decided by its host alone, and which of its modules may answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from tenants import directory
from verbund.kernel import context, registry
from verbund.kernel.ports import is_active

Response = Callable[[HttpRequest], HttpResponseBase]
_HEALTH = "/healthz/"


class HostRouting:
    """Enters the scope of the host for the whole request; everything unknown gets one neutral 404."""

    def __init__(self, get_response: Response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        host = _host(request)
        if request.path.startswith(_HEALTH):
            request.urlconf = "verbund.config.urls.health"
            return self.get_response(request)
        if host == settings.VERBUND.association_host:
            request.urlconf = "verbund.config.urls.association"
            with context.enter_association():
                return self.get_response(request)
        municipality = directory.by_host(host) if host else None
        if municipality is None and request.path.startswith(settings.STATIC_URL):
            return self.get_response(request)  # the look of the page below; the same on every host
        if municipality is None:
            return render(request, "web/unknown_host.html", status=404)
        request.urlconf = "verbund.config.urls.municipality"
        with context.enter(municipality):
            response = self.get_response(request)
            if response.streaming:
                _keep_scope_while_streaming(response, municipality)
            return response


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
        for namespace in match.namespaces:
            module = registry.module(namespace.split("-")[0])
            if module is not None and not is_active(context.current(), module.slug):
                raise Http404


def _host(request: HttpRequest) -> str:
    """The host without port, lower case, without a trailing dot; empty when it is not one."""
    raw = str(request.META.get("HTTP_HOST", ""))
    name, _, port = raw.partition(":")
    if (port and not port.isascii()) or (port and not port.isdigit()):
        return ""
    return name.lower().rstrip(".")


def _keep_scope_while_streaming(response: HttpResponseBase, municipality: context.Municipality) -> None:
    """A streamed body is produced after the middleware has returned, so it enters the scope itself."""
    parts = response.streaming_content  # type: ignore[attr-defined]

    def scoped() -> Any:
        iterator = iter(parts)
        while True:
            with context.enter(municipality):
                try:
                    part = next(iterator)
                except StopIteration:
                    return
            yield part

    response.streaming_content = scoped()  # type: ignore[attr-defined]
