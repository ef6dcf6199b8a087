# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Costs by cost centre and month, one amount entered or corrected, and the table as a file."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from billing.board.tabs import finance_tabs
from billing.books.cost_forms import EntryForm, ReplaceForm, SpanForm
from billing.books.showing import shown_table
from billing.books.spans import months_of, span_choices
from billing.closing.open_months import open_months
from billing.costs.booking import enter_cost, find_cost, replace_cost
from billing.costs.cost_listing import cost_listing
from billing.costs.models import CostCentre
from billing.costs.yearly import cost_table, first_missing, years_with_costs
from billing.forms import month_text
from billing.permissions import BillingPermission
from verbund.accounts.access import requires
from verbund.accounts.api import actor_of
from verbund.documents.listings.forms import form_of
from verbund.kernel import clock
from verbund.kernel.errors import DomainError
from verbund.metering.periods import period_of
from verbund.web.exports import FORM_FIELD, listing_response
from verbund.web.texts import euro_text

_METHODS = ["GET", "HEAD", "POST"]
_AND_ON = "weiter"


@requires(BillingPermission.READ_COSTS)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """The table; what is still missing in an open month leads to its entry."""
    span = request.GET.get("zeitraum", "")
    months = months_of(span, today=clock.today())
    choices = span_choices(years_with_costs())
    may_edit = actor_of(request).may(BillingPermission.EDIT_COSTS)
    table = cost_table(months)
    return render(
        request,
        "billing/books/costs.html",
        {
            "table": shown_table(table, open_months(today=clock.today()) if may_edit else []),
            "filter": SpanForm({"zeitraum": span}, spans=choices) if len(choices) > 1 else None,
            "query": urlencode({"zeitraum": span}) if span else "",
            "may_edit": may_edit,
            "finance_tabs": finance_tabs(request, "costs"),
        },
    )


@requires(BillingPermission.READ_COSTS)
@require_safe
def download(request: HttpRequest) -> HttpResponseBase:
    """Every amount of the months shown, in the form the address names."""
    months = months_of(request.GET.get("zeitraum", ""), today=clock.today())
    return listing_response(
        cost_listing(months),
        form_of(request.GET.get(FORM_FIELD, "")),
        subject=_("Kosten"),
        place=_("Verband"),
        issuer=_("Verband"),
    )


@requires(BillingPermission.EDIT_COSTS)
@require_http_methods(_METHODS)
def enter(request: HttpRequest) -> HttpResponse:
    """One amount; "und weiter" goes on with the next cost centre that has none yet."""
    months = open_months(today=clock.today())
    centres = CostCentre.objects.exclude(last_month__lt=months[0].first)
    form = EntryForm(request.POST or None, centres=centres, months=months, initial=_proposed(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            enter_cost(
                centre=given["centre"],
                month=given["month"].first,
                cents=given["cents"],
                source=given["source"],
                by=actor_of(request),
                at=clock.now(),
            )
        except DomainError as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _entered(given))
            return redirect(_next_page(request, given))
    return render(
        request,
        "billing/books/cost_entry.html",
        {"form": form, "has_centres": bool(form.centres), "breadcrumb_items": _way(_("Kosten eintragen"))},
    )


@requires(BillingPermission.EDIT_COSTS)
@require_http_methods(_METHODS)
def replace(request: HttpRequest, cost_id: int) -> HttpResponse:
    """Another amount in the place of one, as long as its month is open."""
    cost = find_cost(cost_id)
    form = ReplaceForm(request.POST or None, initial={"cents": cost.cents, "source": cost.source})
    if request.method == "POST" and form.is_valid():
        try:
            replace_cost(cost_id=cost_id, **form.cleaned_data, by=actor_of(request), at=clock.now())
        except DomainError as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("Der Betrag ist berichtigt. Der alte bleibt im Verlauf stehen."))
            return redirect("billing-association:cost-centre", code=cost.centre.code)
    centre_url = reverse("billing-association:cost-centre", kwargs={"code": cost.centre.code})
    return render(
        request,
        "billing/books/cost_replace.html",
        {
            "cost": cost,
            "month": month_text(period_of(cost.month)),
            "form": form,
            "cancel_url": centre_url,
            "breadcrumb_items": [*_way(), (cost.centre.title, centre_url), (_("Betrag berichtigen"), "")],
        },
    )


def _proposed(request: HttpRequest) -> dict[str, Any]:
    """What the address asks for; otherwise the first cost centre without costs in a month that is over."""
    centre, month = request.GET.get("kostenstelle", ""), request.GET.get("monat", "")
    offered = open_months(today=clock.today())
    running = period_of(clock.today())
    if not centre:
        wanted = [one.first for one in offered if (str(one) == month if month else one < running)]
        missing = first_missing(wanted)
        if missing is not None:
            return {"centre": missing[0].code, "month": str(missing[1])}
    return {"month": month or str(running), "centre": centre}


def _next_page(request: HttpRequest, given: dict[str, Any]) -> str:
    if request.POST.get("aktion") != _AND_ON:
        return reverse("billing-association:cost-centre", kwargs={"code": given["centre"].code})
    page = reverse("billing-association:cost-enter")
    missing = first_missing([given["month"].first])
    query = {"monat": str(given["month"]), **({"kostenstelle": missing[0].code} if missing else {})}
    return f"{page}?{urlencode(query)}"


def _entered(given: dict[str, Any]) -> str:
    return _("%(title)s, %(month)s: %(amount)s sind eingetragen.") % {
        "title": given["centre"].title,
        "month": month_text(given["month"]),
        "amount": euro_text(given["cents"]),
    }


def _way(*below: str) -> list[tuple[str, str]]:
    return [
        (_("Finanzen"), reverse("billing-association:months")),
        (_("Kosten"), reverse("billing-association:costs")),
        *((title, "") for title in below),
    ]
