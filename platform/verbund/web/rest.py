# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What every REST endpoint shares: pages and problem documents (RFC 9457)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from rest_framework import exceptions
from rest_framework.pagination import PageNumberPagination
from rest_framework.response import Response
from rest_framework.views import set_rollback

from verbund.kernel.errors import DomainError, Invalid
from verbund.web.problems import CONTENT_TYPE, Problem, add_retry_after, problem_for, problem_of_status


class Pages(PageNumberPagination):
    """``?page=2&page_size=50``, at most 200 on a page."""

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200


def problem_response(error: Exception, view: dict[str, Any]) -> Response | None:
    """DRF's exception handler: every refusal as a problem document; anything else stays an error of ours."""
    problem = _problem(error)
    if problem is None:
        return None
    set_rollback()
    response = Response(
        problem.document(view["request"].path), status=problem.status, content_type=CONTENT_TYPE
    )
    add_retry_after(response, error)
    if getattr(error, "auth_header", None):
        response["WWW-Authenticate"] = error.auth_header  # type: ignore[attr-defined]  # set by DRF
    if getattr(error, "wait", None):
        response["Retry-After"] = str(int(error.wait))  # type: ignore[attr-defined]  # set by DRF
    return response


def _problem(error: Exception) -> Problem | None:
    if isinstance(error, DomainError):
        return problem_for(error)
    if isinstance(error, Http404):
        return problem_of_status(404)
    if isinstance(error, PermissionDenied):
        return problem_of_status(403)
    if isinstance(error, exceptions.ValidationError):
        return problem_for(Invalid(fields=_flat(error.detail)))
    if isinstance(error, exceptions.APIException):
        return problem_of_status(error.status_code, detail=str(error.detail))
    return None


def _flat(detail: Any, prefix: str = "") -> dict[str, str]:
    """DRF's nested messages as one line for each field."""
    if isinstance(detail, dict):
        found: dict[str, str] = {}
        for name, inner in detail.items():
            found |= _flat(inner, f"{prefix}.{name}" if prefix else str(name))
        return found
    if isinstance(detail, list) and any(isinstance(item, dict | list) for item in detail):
        found = {}
        for position, inner in enumerate(detail):
            found |= _flat(inner, f"{prefix}[{position}]")
        return found
    texts = detail if isinstance(detail, list) else [detail]
    return {prefix or "body": " ".join(map(str, texts))}
