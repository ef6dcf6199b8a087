# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The documents a municipality was sent: its own, as the association issued them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from billing.alerts.document_mail import is_told
from billing.closing.periods import month_of
from billing.forms import month_text
from billing.issuing.finding import documents_with_standing, find_documents
from billing.member.reading import own_rows
from billing.member.tabs import own_tabs
from billing.papers.documents import standing_of
from billing.papers.files import file_response
from billing.permissions import BillingPermission
from verbund.accounts.access import requires
from verbund.accounts.api import actor_of
from verbund.kernel.errors import NotFound
from verbund.web.pagination import page_of


@requires(BillingPermission.READ_OWN_COSTS)
@require_safe
def documents(request: HttpRequest) -> HttpResponse:
    """Every document with its files, the newest first."""
    page = page_of(request, own_documents())
    return render(
        request,
        "billing/own_documents.html",
        {
            "page": page,
            "rows": [
                {
                    "document": row,
                    "month": month_text(month_of(row.period)),
                    "forms": row.forms,
                    **standing_of(row.standing),
                }
                for row in page.object_list
            ],
            "tabs": own_tabs(request, "documents"),
            "is_told": is_told(actor_of(request)),
        },
    )


@requires(BillingPermission.READ_OWN_COSTS)
@require_safe
def document_file(_request: HttpRequest, number: str, form: str) -> HttpResponse:
    """PDF or XML of one's own document, byte for byte."""
    with own_rows() as member:
        row = documents_with_standing().filter(tenant_id=member, number=number).first()
    if row is None:
        raise NotFound
    return file_response(row, form)


def own_documents() -> list[Any]:
    """The entered municipality's documents with their standing, without files."""
    with own_rows() as member:
        return list(find_documents().filter(tenant_id=member))
