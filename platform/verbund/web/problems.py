# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Refusals and faults, for programs as problem documents (RFC 9457), for people as pages in errors.py."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _

from verbund.kernel import context
from verbund.kernel.errors import DomainError

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
            "type": "about:blank" if not self.code else f"urn:verbund:problem:{self.code}",
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
    known = _words(status)
    code, title, explanation, ways_out, retry = known
    return Problem(
        status=status,
        code=code,
        title=title,
        detail=detail or explanation,
        ways_out=ways_out,
        retry=retry,
        reference=context.request_id(),
    )


def wants_document(request: HttpRequest) -> bool:
    """Whether a program is asking."""
    return request.path.startswith(_MACHINE_PATHS)


def problem_document(request: HttpRequest, problem: Problem) -> JsonResponse:
    """The answer for programs."""
    document = problem.document(request.path)
    return JsonResponse(document, status=problem.status, content_type=CONTENT_TYPE, json_dumps_params={"ensure_ascii": False})


def _words(status: int) -> tuple[str, str, str, tuple[str, ...], bool]:
    back = _("Gehen Sie zurück und prüfen Sie Ihre Angaben.")
    later = _("Versuchen Sie es in einigen Minuten noch einmal.")
    tell = _("Bleibt es dabei, nennen Sie uns bitte die Kennung unten.")
    words = {
        400: ("bad_request", _("Die Anfrage war unvollständig"), _("Wir konnten Ihre Anfrage nicht lesen."), (back, tell), False),
        403: (
            "forbidden",
            _("Kein Zugriff"),
            _("Diese Seite ist für Sie nicht freigegeben."),
            (_("Melden Sie sich mit einem anderen Konto an."), _("Bitten Sie Ihre Verwaltung um die nötige Rolle.")),
            False,
        ),
        404: (
            "not_found",
            _("Seite nicht gefunden"),
            _("Unter dieser Adresse gibt es nichts – oder nichts mehr."),
            (_("Prüfen Sie die Adresse auf Tippfehler."), _("Gehen Sie zur Startseite und suchen Sie von dort.")),
            False,
        ),
        405: ("method_not_allowed", _("So geht es nicht"), _("Diese Adresse erlaubt das nicht."), (back,), False),
        409: (
            "conflict",
            _("Inzwischen geändert"),
            _("Jemand anderes war schneller."),
            (_("Laden Sie die Seite neu und sehen Sie sich den neuen Stand an."),),
            False,
        ),
        413: ("too_large", _("Das war zu groß"), _("Die Datei ist größer als erlaubt."), (_("Wählen Sie eine kleinere Datei."),), False),
        422: ("invalid", _("Bitte prüfen Sie Ihre Angaben"), _("Etwas fehlt oder passt nicht."), (back,), False),
        429: (
            "too_many_requests",
            _("Bitte kurz warten"),
            _("Das waren sehr viele Anfragen in kurzer Zeit."),
            (_("Warten Sie eine Minute und versuchen Sie es dann noch einmal."),),
            True,
        ),
        503: (
            "unavailable",
            _("Gerade nicht erreichbar"),
            _("Ein Teil der Plattform antwortet im Moment nicht. Ihre Angaben wurden nicht gespeichert."),
            (later, tell),
            True,
        ),
    }
    fault = (
        "internal_error",
        _("Das hat nicht geklappt"),
        _("Bei uns ist ein Fehler aufgetreten. Er wurde festgehalten."),
        (later, tell),
        True,
    )
    return words.get(status, fault if status >= 500 else words[400])  # noqa: PLR2004 -- the class of faults
