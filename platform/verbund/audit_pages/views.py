# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The record as a list with filter, as a file, and whether its chain holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from verbund.accounts.access import requires
from verbund.accounts.api import names_of
from verbund.accounts.models import Person
from verbund.audit import chain, queries
from verbund.audit.models import AuditEntry
from verbund.audit.permissions import AuditPermission
from verbund.audit_pages.forms import AuditFilterForm
from verbund.audit_pages.wording import action_choices, actor_text, changes_text
from verbund.kernel import clock, context
from verbund.kernel.context import Municipality
from verbund.web.exports import csv_for_people, export_name
from verbund.web.pagination import page_of

# A check of the whole chain belongs to `verbund audit verify`; the page looks at what is recent.
_CHECKED_DAYS = timedelta(days=7)
_PER_PAGE = 50


@requires(AuditPermission.READ)
@require_safe
def entries(request: HttpRequest) -> HttpResponse:
    form = _form(request)
    page = page_of(request, queries.find(form.wanted()), per_page=_PER_PAGE)
    names = _names(list(page.object_list))
    is_municipality = isinstance(context.current(), Municipality)
    return render(
        request,
        "audit_pages/entries.html",
        {
            "shell": "web/shell_staff.html" if is_municipality else "web/shell_console.html",
            "filter": form,
            "page": page,
            "rows": [
                {"entry": entry, "actor": actor_text(entry, names), "changes": changes_text(entry.changes)}
                for entry in page.object_list
            ],
            "broken": chain.verify(since=clock.today() - _CHECKED_DAYS),
            "query": _query_without_page(request),
            "is_filtered": any(request.GET.get(name) for name in form.fields),
        },
    )


@requires(AuditPermission.READ)
@require_safe
def download(request: HttpRequest) -> HttpResponseBase:
    """Every row that matches the filter, as recorded."""
    scope = context.current()
    place = scope.slug if isinstance(scope, Municipality) else scope.key
    header = [
        _("Zeitpunkt"), _("Art"), _("Kennung"), _("Rolle"), _("Handelt für"), _("Aktion"), _("Objekt"),
        _("Änderungen"), _("Grund"), _("Vorgang"),
    ]  # fmt: skip
    return csv_for_people(
        export_name(_("Protokoll"), place, clock.today()), header, _lines(_form(request).wanted())
    )


def _lines(wanted: queries.AuditFilter) -> Iterator[list[Any]]:
    for row in queries.rows(wanted):
        yield [
            row.at,
            row.actor_kind,
            row.actor_id,
            row.actor_role,
            row.acting_for,
            row.action,
            row.subject,
            changes_text(row.changes),
            row.reason,
            row.request_id,
        ]


def _form(request: HttpRequest) -> AuditFilterForm:
    people = [(str(number), name) for number, name in _everybody()]
    return AuditFilterForm(request.GET, people=people, actions=action_choices(queries.actions()))


def _everybody() -> list[tuple[int, str]]:
    return list(Person.objects.order_by("sort_name", "pk").values_list("pk", "name"))


def _names(shown: list[AuditEntry]) -> dict[int, str]:
    ids = {
        int(entry.actor_id) for entry in shown if entry.actor_kind == "person" and entry.actor_id.isdecimal()
    }
    return names_of(ids) if ids else {}


def _query_without_page(request: HttpRequest) -> str:
    query = request.GET.copy()
    query.pop("seite", None)
    return query.urlencode()
