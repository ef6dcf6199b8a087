# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Answers the questions of a load balancer."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse

from verbund.kernel import registry
from verbund.kernel.errors import DomainError


def live(_request: HttpRequest) -> HttpResponse:
    """The process runs."""
    return JsonResponse({"status": "live"})


def ready(_request: HttpRequest) -> HttpResponse:
    """Every part the platform needs answers a real question; 503 names those that do not."""
    parts: dict[str, str] = {}
    for spec in registry.all_specs():
        for dotted in spec.readiness:
            check = registry.load(dotted)
            try:
                check()  # type: ignore[operator]  # checked by a conformance test
            except DomainError as error:
                parts[spec.slug] = error.message
            else:
                parts.setdefault(spec.slug, "ok")
    is_ready = all(state == "ok" for state in parts.values())
    return JsonResponse(
        {"status": "ready" if is_ready else "not ready", "parts": parts}, status=200 if is_ready else 503
    )
