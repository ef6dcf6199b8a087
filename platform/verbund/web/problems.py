# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Refusals and faults, for programs as problem documents (RFC 9457), for people as pages in errors.py."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase

from verbund.kernel import context
from verbund.kernel.errors import DomainError
from verbund.web.problem_words import words_for

CONTENT_TYPE = "application/problem+json"
# Paths whose readers are programs; Open311 answers in its own format before it comes to this.
_MACHINE_PATHS = ("/api/", "/oparl/", "/ogc/", "/open311/")


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Something went wrong: ``code`` for programs, title, detail and ways out for people."""

    status: int
    code: str
    title: str
    detail: str
    fields: Mapping[str, str] = field(default_factory=dict)
    ways_out: tuple[str, ...] = ()
    retry: bool = False
    reference: str = ""

    def document(self, instance: str) -> dict[str, Any]:
        """The members of RFC 9457; our own are code, request_id and errors."""
        document: dict[str, Any] = {
            "type": f"urn:verbund:problem:{self.code}",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "instance": instance,
            "code": self.code,
            "request_id": self.reference,
        }
        if self.fields:
            document["errors"] = [{"field": name, "detail": reason} for name, reason in self.fields.items()]
        return document


def problem_for(error: DomainError) -> Problem:
    """What to tell about a refusal of a service."""
    base = problem_of_status(error.status)
    return Problem(
        status=error.status,
        code=error.code,
        title=base.title,
        detail=str(error.message),
        fields={name: str(reason) for name, reason in error.fields.items()},
        ways_out=base.ways_out,
        retry=base.retry,
        reference=base.reference,
    )


def problem_of_status(status: int, *, detail: str = "") -> Problem:
    """The standing words for an HTTP status; an unknown one gets those of its class."""
    words = words_for(status)
    return Problem(
        status=status,
        code=words.code,
        title=str(words.title),
        detail=detail or str(words.detail),
        ways_out=tuple(str(way) for way in words.ways_out),
        retry=words.retry,
        reference=context.request_id(),
    )


def wants_document(request: HttpRequest) -> bool:
    """Whether a program is asking."""
    return request.path.startswith(_MACHINE_PATHS)


def problem_document(request: HttpRequest, problem: Problem) -> JsonResponse:
    """The answer for programs."""
    document = problem.document(request.path)
    return JsonResponse(
        document, status=problem.status, content_type=CONTENT_TYPE, json_dumps_params={"ensure_ascii": False}
    )


def add_retry_after(response: HttpResponseBase, error: Exception) -> None:
    """Say when it is worth trying again, where the refusal knows (RFC 9110 section 10.2.3)."""
    seconds = getattr(error, "retry_after_seconds", None)
    if seconds is not None:
        response.headers["Retry-After"] = str(int(seconds))
