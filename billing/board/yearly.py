# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The year at a glance: members, services and cost centres month by month, as a page and as a file."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.dates import MONTHS_3
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from billing.board.tabs import finance_tabs
from billing.board.year_forms import SERVICES, YearFilter
from billing.board.year_listing import year_listing, year_notes
from billing.closing.yearly import YearRow, YearTable, year_table
from billing.forms import month_text
from billing.permissions import BillingPermission
from verbund.accounts.access import requires
from verbund.documents.listings.forms import form_of
from verbund.metering.periods import Period
from verbund.web.exports import FORM_FIELD, listing_response
from verbund.web.texts import euro_text


@requires(BillingPermission.READ_PERIODS)
@require_safe
def year(request: HttpRequest) -> HttpResponse:
    """By members, or by services and cost centres; each figure leads to what it consists of."""
    choice = YearFilter(request.GET)
    table = year_table(choice.wanted)
    by_service = choice.by_service
    rows = table.by_service if by_service else table.by_member
    return render(
        request,
        "billing/board/year.html",
        {
            "table": table,
            "filter": choice,
            "by_service": by_service,
            "heads": [(str(MONTHS_3[month.month]).capitalize(), month) for month in table.months],
            "rows": [_shown(row, table, by_service=by_service) for row in rows],
            "total": _shown(table.total, table, by_service=by_service, is_total=True),
            "figures": _figures(table),
            "notes": year_notes(table),
            "query": choice.query,
            "finance_tabs": finance_tabs(request, "year"),
        },
    )


@requires(BillingPermission.READ_PERIODS)
@require_safe
def download(request: HttpRequest) -> HttpResponseBase:
    """What the page shows, each member, service and cost centre in a row of its own."""
    table = year_table(YearFilter(request.GET).wanted)
    return listing_response(
        year_listing(table),
        form_of(request.GET.get(FORM_FIELD, "")),
        subject=_("Abrechnung"),
        place=str(table.wanted.year),
        issuer=_("Verband"),
    )


def _shown(row: YearRow, table: YearTable, *, by_service: bool, is_total: bool = False) -> dict[str, Any]:
    """A row with the way from it to what it consists of, and from each month to its page."""
    service, _slash, centre = row.key.partition("/") if by_service else ("", "", "")
    member = table.wanted.member if by_service else row.key
    narrowed = {
        "jahr": str(table.wanted.year),
        "dienst": service or table.wanted.service,
        "kostenstelle": centre or table.wanted.centre,
        "kommune": member,
        "zeilen": "" if by_service else SERVICES,
    }
    return {
        "row": row,
        "url": "" if is_total else f"?{urlencode({name: text for name, text in narrowed.items() if text})}",
        "cells": [
            {
                "cents": cents,
                "label": month_text(month),
                "url": "" if cents is None or is_total else _month_url(month, member, centre),
            }
            for month, cents in zip(table.months, row.cells, strict=True)
        ],
    }


def _month_url(month: Period, member: str, centre: str) -> str:
    if member:
        return reverse("billing-association:member-statement", kwargs={"month": str(month), "slug": member})
    narrowed = f"?{urlencode({'kostenstelle': centre})}" if centre else ""
    return reverse("billing-association:month", kwargs={"month": str(month)}) + narrowed


def _figures(table: YearTable) -> list[dict[str, str]]:
    total = table.total
    found = [
        {"label": _("Summe %(year)s") % {"year": table.wanted.year}, "value": euro_text(total.cents)},
        {"label": _("Kommunen"), "value": str(len(table.by_member))},
    ]
    if total.difference is not None:
        sign = "+" if total.difference > 0 else ""
        found.append(
            {
                "label": _("Gegenüber dem Vorjahr"),
                "value": f"{sign}{euro_text(total.difference)}",
                "note": _("in denselben Monaten"),
            }
        )
    return found
