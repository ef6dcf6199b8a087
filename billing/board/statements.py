# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""One member's statement of a month: every line, and how each cent of it came about."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from billing.board.addresses import breadcrumb, named_month
from billing.board.month_listing import month_listing
from billing.closing.explaining import explanations
from billing.closing.models import StatementLine
from billing.closing.periods import month_of
from billing.closing.statements import lines_of, statement_of
from billing.forms import month_text
from billing.permissions import BillingPermission
from verbund.accounts.access import requires
from verbund.documents.listings.forms import form_of
from verbund.web.exports import FORM_FIELD, listing_response


@requires(BillingPermission.READ_PERIODS)
@require_safe
def statement(request: HttpRequest, month: str, slug: str) -> HttpResponse:
    row = named_month(month)
    found = statement_of(row, slug)
    tenant, run = found.statement.tenant, found.statement.run
    said = explanations(run, tenant, found.lines)
    services: list[dict[str, Any]] = [
        {
            "title": title,
            "regime": regime,
            "total": total,
            "lines": [
                {
                    "line": line,
                    "derivation": said.get(line.position, ()),
                    "usage_url": _usage_url(line, slug=slug, month=row.name),
                }
                for line in lines
            ],
        }
        for title, regime, lines, total in found.services
    ]
    return render(
        request,
        "billing/board/statement.html",
        {
            "row": row,
            "name": month_text(month_of(row)),
            "statement": found.statement,
            "services": services,
            "breadcrumb_items": breadcrumb(row, tenant.name),
        },
    )


def _usage_url(line: StatementLine, *, slug: str, month: str) -> str:
    """Where the days of a counted quantity stand; nothing for a line that counts nothing."""
    if not line.meter:
        return ""
    place = {"slug": slug, "meter": line.meter}
    return f"{reverse('console-association:usage-days', kwargs=place)}?monat={month}"


@requires(BillingPermission.READ_PERIODS)
@require_safe
def download(request: HttpRequest, month: str) -> HttpResponseBase:
    """Every line of the month as a file, or those of a cost centre or a member."""
    row = named_month(month)
    lines = lines_of(row, centre=request.GET.get("kostenstelle", ""), slug=request.GET.get("kommune", ""))
    return listing_response(
        month_listing(row, lines),
        form_of(request.GET.get(FORM_FIELD, "")),
        subject=_("Abrechnung"),
        place=row.name,
        issuer=_("Verband"),
    )
