# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The list of issued documents, as pages and as files."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from billing.board.tabs import finance_tabs
from billing.issuing.bundling import bundle
from billing.issuing.finding import (
    STANDING_LABELS,
    Standing,
    documents_listing,
    find_documents,
    get_document,
    sums_of,
)
from billing.papers.files import file_response
from billing.papers.forms import DocumentFilter
from billing.permissions import BillingPermission
from verbund.accounts.access import requires
from verbund.documents.listings.forms import form_of
from verbund.kernel import clock
from verbund.kernel.errors import NotFound
from verbund.metering.errors import BadPeriod
from verbund.metering.periods import parse_period
from verbund.web.exports import FORM_FIELD, export_name, listing_response
from verbund.web.pagination import page_of
from verbund.web.texts import euro_text

#: Colour of a standing's badge.
BADGES = {Standing.ISSUED: "success", Standing.CANCELLED: "neutral", Standing.REPLACED: "info"}


@requires(BillingPermission.READ_PERIODS)
@require_safe
def documents(request: HttpRequest) -> HttpResponse:
    """What was issued, found by month, member, kind, standing and number."""
    choice = DocumentFilter(request.GET)
    found = find_documents(choice.wanted)
    sums = sums_of(found)
    page = page_of(request, found, count=sums.count)
    return render(
        request,
        "billing/papers/documents.html",
        {
            "filter": choice,
            "page": page,
            "rows": [{"document": row, **standing_of(row.standing)} for row in page.object_list],
            "sums": sums,
            "figures": [
                {"label": _("Belege"), "value": str(sums.count)},
                {"label": _("Netto"), "value": euro_text(sums.net_cents)},
                {"label": _("Umsatzsteuer"), "value": euro_text(sums.vat_cents)},
                {"label": _("Summe mit Steuer"), "value": euro_text(sums.gross_cents)},
            ],
            "query": request.GET.urlencode(),
            "month": choice.wanted.month,
            "finance_tabs": finance_tabs(request, "documents"),
        },
    )


@requires(BillingPermission.READ_PERIODS)
@require_safe
def documents_list(request: HttpRequest) -> HttpResponseBase:
    """The same as CSV, Excel, PDF or JSON, all pages."""
    return listing_response(
        documents_listing(DocumentFilter(request.GET).wanted),
        form_of(request.GET.get(FORM_FIELD, "")),
        subject=_("Belege"),
        place=_("Verband"),
        issuer=_("Verband"),
    )


@requires(BillingPermission.READ_PERIODS)
@require_safe
def documents_bundle(_request: HttpRequest, month: str) -> HttpResponseBase:
    """Every PDF and XML of a month as one ZIP."""
    try:
        period = parse_period(month)
    except BadPeriod as nonsense:
        raise NotFound from nonsense
    at = clock.now()
    name = export_name(_("Belege"), str(period), clock.day_of(at), "zip")
    return StreamingHttpResponse(
        bundle(period, issuer=_("Verband"), at=at),
        content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@requires(BillingPermission.READ_PERIODS)
@require_safe
def document_file(_request: HttpRequest, number: str, form: str) -> HttpResponse:
    """PDF or XML as it was sent."""
    return file_response(get_document(number), form)


def standing_of(standing: str) -> dict[str, str]:
    """A standing in words, and the colour of its badge."""
    found = Standing(standing)
    return {"standing": str(STANDING_LABELS[found]), "badge": BADGES[found]}
