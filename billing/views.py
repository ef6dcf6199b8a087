# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A municipality's page about its own usage."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from billing.forms import UsageChoice, month_text
from billing.member.tabs import own_tabs
from billing.own_usage import own_usage
from billing.permissions import BillingPermission
from verbund.accounts.access import requires
from verbund.metering.queries import label_of, unit_of
from verbund.web.charts import bars_of
from verbund.web.texts import number_text


@requires(BillingPermission.READ_OWN_USAGE)
@require_safe
def usage(request: HttpRequest) -> HttpResponse:
    """Figures of the month, the days of one meter as bars and table, and what is not counted yet."""
    choice = UsageChoice(request.GET)
    found = own_usage(period=choice.period, meter=choice.meter)
    return render(
        request,
        "billing/own_usage.html",
        {
            "choice": choice,
            "tabs": own_tabs(request, "usage"),
            "usage": found,
            "rows": [{"usage": row, "label": label_of(row.meter)} for row in found.rows],
            "month": month_text(found.period),
            "meter_label": label_of(choice.meter),
            "unit": unit_of(choice.meter),
            "total": sum(day.quantity for day in found.days),
            "most": max((day.quantity for day in found.days), default=0),
            "chart": bars_of([(day.day, day.quantity) for day in found.days], number_text),
        },
    )
