# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""One member's statement of a month: every line, and how each cent of it came about."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from billing.board.addresses import breadcrumb, named_month
from billing.closing.explaining import explanations
from billing.closing.periods import month_of
from billing.closing.statements import statement_of
from billing.forms import month_text
from billing.permissions import BillingPermission
from verbund.accounts.access import requires


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
            "lines": [{"line": line, "derivation": said.get(line.position, ())} for line in lines],
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
