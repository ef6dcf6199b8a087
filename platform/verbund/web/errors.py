# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Error pages: what happened, what one can do, and a reference; they need neither database nor session."""

from __future__ import annotations

import errno
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from verbund.web.context import site
from verbund.web.problems import Problem, problem_document, problem_of_status, wants_document

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})


def error_response(request: HttpRequest, problem: Problem) -> HttpResponse:
    """The problem as a document for programs, as a page for people."""
    if wants_document(request):
        return problem_document(request, problem)
    page = {
        **site(),
        "problem": problem,
        "retry_url": request.get_full_path() if request.method == "GET" else "",
    }
    response = HttpResponse(render_to_string("web/errors/page.html", page), status=problem.status)
    response["Cache-Control"] = "no-store"
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 -- handler400's signature
    return error_response(request, problem_of_status(400))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 -- handler403's signature
    return error_response(request, problem_of_status(403))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 -- handler404's signature
    return error_response(request, problem_of_status(404))


def server_error(request: HttpRequest) -> HttpResponse:
    """Django calls this while it handles the exception; a database that is away is no mistake of ours.

    Nor is a disk that is full while an upload arrives.
    """
    error = sys.exc_info()[1]
    if isinstance(error, OperationalError | InterfaceError):
        return unavailable(request, seconds=10)
    if isinstance(error, OSError) and error.errno in _NO_ROOM:
        return storage_full(request)
    return error_response(request, problem_of_status(500))


def too_many_requests(request: HttpRequest, *, seconds: int = 60) -> HttpResponse:
    response = error_response(request, problem_of_status(429))
    response["Retry-After"] = str(seconds)
    return response


def unavailable(request: HttpRequest, *, seconds: int = 60) -> HttpResponse:
    response = error_response(request, problem_of_status(503))
    response["Retry-After"] = str(seconds)
    return response


def storage_full(request: HttpRequest, *, seconds: int = 60) -> HttpResponse:
    response = error_response(request, problem_of_status(507))
    response["Retry-After"] = str(seconds)
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 -- CSRF_FAILURE_VIEW's signature
    """A form came without its token: mostly a page that stood open too long."""
    words = problem_of_status(403)
    problem = Problem(
        status=403,
        code="csrf_failed",
        title=_("Die Seite war zu lange offen"),
        detail=_("Zu Ihrer Sicherheit haben wir das Formular nicht angenommen."),
        ways_out=(
            _("Gehen Sie zurück, laden Sie die Seite neu und senden Sie das Formular noch einmal."),
            _("Erlauben Sie Ihrem Browser Cookies für diese Seite."),
        ),
        reference=words.reference,
    )
    return error_response(request, problem)
