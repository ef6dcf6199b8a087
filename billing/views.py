# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A municipality's page about its own usage."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from billing.forms import MonthChoice, UsageChoice, month_text
from billing.member.arrivals import own_arrivals, own_marks
from billing.member.tabs import own_tabs
from billing.own_day import own_day
from billing.own_usage import own_listing, own_usage
from billing.permissions import BillingPermission
from verbund.accounts.access import requires
from verbund.documents.listings.forms import form_of
from verbund.kernel import clock, context
from verbund.kernel.errors import NotFound
from verbund.metering.periods import period_of
from verbund.metering.queries import label_of, unit_of
from verbund.metering.sources import source_of
from verbund.web.charts import bars_of
from verbund.web.exports import FORM_FIELD, listing_response
from verbund.web.pagination import page_of
from verbund.web.texts import ago_text, day_text, number_text

_BATCHES = 50


@requires(BillingPermission.READ_OWN_USAGE)
@require_safe
def usage(request: HttpRequest) -> HttpResponse:
    """Figures of the month, the days of one meter as bars and table, and what is not counted yet."""
    choice = UsageChoice(request.GET)
    found = own_usage(period=choice.period, meter=choice.meter)
    said = own_marks(choice.period)
    return render(
        request,
        "billing/own_usage.html",
        {
            "choice": choice,
            "tabs": own_tabs(request, "usage"),
            "usage": found,
            "rows": [
                {
                    "usage": row,
                    "label": label_of(row.meter),
                    "outlook": found.outlook.get(row.meter),
                    "marks": said.get(row.meter, ("", "")),
                }
                for row in found.rows
            ],
            "has_fresh": any(fresh for fresh, _estimated in said.values()),
            "year": found.period.year,
            "query": f"monat={found.period}",
            "month": month_text(found.period),
            "meter": choice.meter,
            "meter_label": label_of(choice.meter),
            "unit": unit_of(choice.meter),
            "total": sum(day.quantity for day in found.days),
            "most": max((day.quantity for day in found.days), default=0),
            "chart": bars_of([(day.day, day.quantity) for day in found.days], number_text),
        },
    )


@requires(BillingPermission.READ_OWN_USAGE)
@require_safe
def arrived(request: HttpRequest) -> HttpResponse:
    """Everything that arrived in a month is counted, late or rejected; how fresh each meter is and where it comes from."""
    choice = MonthChoice(request.GET)
    found, now = own_arrivals(choice.period), clock.now()
    return render(
        request,
        "billing/own_arrivals.html",
        {
            "choice": choice,
            "month": month_text(choice.period),
            "found": found,
            "rows": [
                {
                    "arrival": row,
                    "label": label_of(row.meter),
                    "source": source_of(row.meter),
                    "rejected": found.rejected.get(row.meter, 0),
                    "fresh": ago_text(row.last_at, now) if row.last_at else "",
                }
                for row in found.rows
            ],
            "breadcrumb_items": [
                (_("Nutzung und Kosten"), f"{reverse('billing-staff:usage')}?monat={choice.period}"),
                (_("Nachweis der Zählung"), ""),
            ],
        },
    )


@requires(BillingPermission.READ_OWN_USAGE)
@require_safe
def usage_listing(request: HttpRequest) -> HttpResponseBase:
    """The figures of a month as CSV, Excel, PDF or JSON."""
    here = context.current_municipality()
    period = UsageChoice(request.GET).period
    return listing_response(
        own_listing(period),
        form_of(request.GET.get(FORM_FIELD, "")),
        subject=_("Nutzung %(period)s") % {"period": period},
        place=here.name,
        issuer=here.display_name,
    )


@requires(BillingPermission.READ_OWN_USAGE)
@require_safe
def usage_day(request: HttpRequest, meter: str, day: str) -> HttpResponse:
    """One day of a meter: its hours, its seal, and the own deliveries it came in."""
    try:
        wanted = date.fromisoformat(day)
    except ValueError as nonsense:
        raise NotFound from nonsense
    found = own_day(meter=meter, day=wanted)
    if not found.detail.hours and not unit_of(meter):
        raise NotFound
    back = f"{reverse('billing-staff:usage')}?monat={period_of(wanted)}&zaehler={meter}#tage"
    return render(
        request,
        "billing/own_usage_day.html",
        {
            "found": found,
            "day": wanted,
            "meter_label": label_of(meter),
            "unit": unit_of(meter),
            "page": page_of(request, found.batches, per_page=_BATCHES),
            "breadcrumb_items": [(_("Nutzung und Kosten"), back), (day_text(wanted), "")],
        },
    )
