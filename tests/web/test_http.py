# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Request ids, security headers, refusals as pages and as problem documents."""

from __future__ import annotations

import json

import pytest
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import RequestFactory

from tests.web.site.host import municipality
from verbund.kernel import context
from verbund.kernel.errors import Conflict, Invalid
from verbund.web import errors
from verbund.web.context import initials
from verbund.web.middleware import DomainErrors, NoNulls, RequestId, SecurityHeaders
from verbund.web.problems import problem_for, problem_of_status
from verbund.web.security import CONTENT_SECURITY_POLICY


def answer(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(context.request_id())


def test_request_gets_a_name_of_ours():
    request = RequestFactory().get("/", headers={"X-Request-ID": "from outside"})

    response = RequestId(answer)(request)

    assert response["X-Request-ID"] == response.content.decode()
    assert response["X-Request-ID"] != "from outside"
    assert len(response["X-Request-ID"]) == 16
    assert context.request_id() == ""


def test_headers_of_a_view_stay():
    def shared(_request: HttpRequest) -> HttpResponse:
        return HttpResponse(headers={"Cross-Origin-Resource-Policy": "cross-origin"})

    assert SecurityHeaders(answer)(RequestFactory().get("/"))["Cross-Origin-Resource-Policy"] == "same-origin"
    assert (
        SecurityHeaders(shared)(RequestFactory().get("/"))["Cross-Origin-Resource-Policy"] == "cross-origin"
    )


@pytest.mark.parametrize("path", ["/api/v1/defects/reports/", "/konto/zweiter-faktor/app/"])
def test_answers_made_for_one_person_are_kept_by_nobody(path):
    assert "no-store" in SecurityHeaders(answer)(RequestFactory().get(path))["Cache-Control"]


def test_other_answers_say_themselves_who_may_keep_them():
    assert "Cache-Control" not in SecurityHeaders(answer)(RequestFactory().get("/maengel/"))


@pytest.mark.parametrize("path", ["/suche?q=a%00b", "/a%00b/", "/?%00=1"])
def test_addresses_with_a_null_character_are_refused(path):
    with context.enter(municipality(1)):
        response = NoNulls(answer)(RequestFactory().get(path))

    assert response.status_code == 400


def test_policy_allows_nothing_inline_and_nothing_from_outside():
    directives = CONTENT_SECURITY_POLICY["DIRECTIVES"]

    assert {source for sources in directives.values() for source in sources} == {"'self'", "'none'", "data:"}
    assert directives["script-src"] == ["'self'"]
    assert directives["style-src"] == ["'self'"]


def test_refusal_becomes_a_page_for_people():
    request = RequestFactory().get("/meldung/")

    with context.enter(municipality(1)), context.request("abc123"):
        response = DomainErrors(answer).process_exception(request, Conflict("Schon erledigt."))

    assert response is not None
    page = response.content.decode()
    assert response.status_code == 409
    assert response["Cache-Control"] == "no-store"
    assert "<h1>Inzwischen geändert</h1>" in page
    assert "Schon erledigt." in page
    assert "<code>abc123</code>" in page
    assert "Gemeinde Luckau" in page


def test_refusal_becomes_a_problem_document_for_programs():
    request = RequestFactory().post("/api/v1/reports/")

    with context.request("abc123"):
        response = DomainErrors(answer).process_exception(
            request, Invalid(fields={"place": "Bitte ausfüllen."})
        )

    assert response is not None
    assert response["Content-Type"] == "application/problem+json"
    assert json.loads(response.content) == {
        "type": "urn:verbund:problem:invalid",
        "title": "Bitte prüfen Sie Ihre Angaben",
        "status": 422,
        "detail": "Bitte prüfen Sie Ihre Angaben.",
        "instance": "/api/v1/reports/",
        "code": "invalid",
        "request_id": "abc123",
        "errors": [{"field": "place", "detail": "Bitte ausfüllen."}],
    }


def test_other_exceptions_are_not_swallowed():
    assert DomainErrors(answer).process_exception(RequestFactory().get("/"), ValueError("bug")) is None


def test_page_for_an_unknown_host_needs_nothing_from_the_context():
    page = render_to_string("web/unknown_host.html")

    assert "<title>Seite nicht gefunden – Kommunale Dienste</title>" in page
    assert "theme.css" not in page


def test_refused_form_keeps_the_reason_from_attackers():
    response = errors.csrf_failure(RequestFactory().post("/"), reason="CSRF token missing.")

    assert response.status_code == 403
    assert "token" not in response.content.decode().lower()


@pytest.mark.parametrize(("view", "status"), [(errors.too_many_requests, 429), (errors.unavailable, 503)])
def test_answer_says_when_to_come_back(view, status: int):
    response = view(RequestFactory().get("/"), seconds=30)

    assert response.status_code == status
    assert response["Retry-After"] == "30"
    assert "Erneut versuchen" in response.content.decode()


def test_form_that_failed_is_not_offered_to_be_sent_again():
    assert "Erneut versuchen" not in errors.unavailable(RequestFactory().post("/")).content.decode()


def test_unknown_status_gets_the_words_of_its_class():
    assert problem_of_status(418).code == "bad_request"
    assert problem_of_status(599).code == "internal_error"


def test_problem_carries_the_refusal():
    problem = problem_for(Conflict("Schon erledigt."))

    assert (problem.status, problem.code, problem.detail) == (409, "conflict", "Schon erledigt.")


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Luckau", "Lu"),
        ("Lübben (Spreewald)", "Lü"),
        ("Bad Liebenwerda", "BL"),
        ("Dahme/Mark", "DM"),
        ("Schulzendorf-Nord am See", "SN"),
        ("", "–"),
    ],
)
def test_badge_has_two_letters(name: str, letters: str):
    assert initials(name) == letters
