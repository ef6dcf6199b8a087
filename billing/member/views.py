# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages of a municipality about its own costs."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from billing.closing.models import STATE_LABELS, StatementLine
from billing.closing.states import State
from billing.forms import month_text
from billing.member.costs import CostYear, basis_text, cost_chart, cost_listing, cost_year
from billing.member.explaining import line_derivations
from billing.member.forms import YearChoice
from billing.member.statements import MonthCost, own_statement
from billing.member.tabs import own_tabs
from billing.permissions import BillingPermission
from verbund.accounts.access import requires
from verbund.documents.listings.forms import form_of
from verbund.kernel import context
from verbund.kernel.errors import NotFound
from verbund.metering.errors import BadPeriod
from verbund.metering.periods import Period, parse_period
from verbund.web.exports import FORM_FIELD, listing_response
from verbund.web.texts import euro_text


@requires(BillingPermission.READ_OWN_COSTS)
@require_safe
def costs(request: HttpRequest) -> HttpResponse:
    """A year month by month, what it will come to, and how that is calculated."""
    shown = cost_year(_year(request))
    return render(
        request,
        "billing/own_costs.html",
        {
            "shown": shown,
            "choice": YearChoice(year=shown.year, years=shown.years) if len(shown.years) > 1 else None,
            "months": [_named(month) for month in reversed(shown.months)],
            "figures": _figures(shown.months[-1]) + _year_figures(shown) if shown.months else [],
            "basis": basis_text(shown.outlook.basis) if shown.outlook else "",
            "chart": cost_chart(shown),
            "query": f"jahr={shown.year}",
            "tabs": own_tabs(request, "costs"),
        },
    )


@requires(BillingPermission.READ_OWN_COSTS)
@require_safe
def statement(request: HttpRequest, month: str) -> HttpResponse:
    """Every line of a month and how it came about."""
    try:
        period = parse_period(month)
    except BadPeriod as nonsense:
        raise NotFound from nonsense
    found = own_statement(period)
    derivations = line_derivations(period, found.lines)
    back = f"{reverse('billing-staff:costs')}?jahr={period.year}"
    return render(
        request,
        "billing/own_statement.html",
        {
            "found": found,
            "month": _named(found.cost),
            "figures": _figures(found.cost),
            "services": [
                {
                    "title": title,
                    "regime": regime,
                    "total": total,
                    "lines": [
                        {
                            "line": line,
                            "derivation": derivations.get(line.position, ()),
                            "usage_url": _usage_url(line, period=period),
                        }
                        for line in lines
                    ],
                }
                for title, regime, lines, total in found.services()
            ],
            "breadcrumb_items": [(_("Nutzung und Kosten"), back), (month_text(period), "")],
        },
    )


def _usage_url(line: StatementLine, *, period: Period) -> str:
    """Where the days of a counted quantity stand, of a correction those of its month; nothing where nothing is counted."""
    if not line.meter:
        return ""
    month = line.origin.name if line.origin else period
    return f"{reverse('billing-staff:usage')}?{urlencode({'monat': month, 'zaehler': line.meter})}#tage"


@requires(BillingPermission.READ_OWN_COSTS)
@require_safe
def costs_listing(request: HttpRequest) -> HttpResponseBase:
    """The year as CSV, Excel, PDF or JSON."""
    here = context.current_municipality()
    return listing_response(
        cost_listing(cost_year(_year(request))),
        form_of(request.GET.get(FORM_FIELD, "")),
        subject=_("Kosten"),
        place=here.name,
        issuer=here.display_name,
    )


def _year(request: HttpRequest) -> int | None:
    given = request.GET.get("jahr", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) == 4 else None  # noqa: PLR2004 -- digits of a year


def _named(month: MonthCost) -> dict[str, Any]:
    return {
        "cost": month,
        "name": month_text(month.period),
        "state": str(STATE_LABELS[State(month.state)]),
    }


def _figures(month: MonthCost) -> list[dict[str, str]]:
    name = month_text(month.period)
    return [
        {"label": _("Kosten %(month)s") % {"month": name}, "value": euro_text(month.cost)},
        {
            "label": _("Zu zahlen %(month)s") % {"month": name},
            "value": euro_text(month.due),
            "note": _("nach Vorauszahlungen") if month.payments else "",
        },
    ]


def _year_figures(shown: CostYear) -> list[dict[str, str]]:
    figures = [
        {
            "label": _("Kosten %(year)s bisher") % {"year": shown.year},
            "value": euro_text(shown.cost),
            "note": ngettext(
                "%(count)s freigegebener Monat", "%(count)s freigegebene Monate", len(shown.months)
            )
            % {"count": len(shown.months)},
        }
    ]
    if shown.outlook:
        last = shown.before_total
        figures.append(
            {
                "label": _("Erwartet für %(year)s") % {"year": shown.year},
                "value": euro_text(shown.outlook.total),
                "note": _("Vorjahr: %(amount)s") % {"amount": euro_text(last)}
                if last is not None
                else _("Schätzung"),
            }
        )
    return figures
