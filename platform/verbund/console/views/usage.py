# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is used: by member and month, by day, and as a file."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from verbund.accounts.access import requires
from verbund.console import usage
from verbund.console.permissions import ConsolePermission
from verbund.documents.listings.forms import form_of
from verbund.kernel import clock
from verbund.kernel.context import ASSOCIATION, municipality_key
from verbund.kernel.errors import NotFound
from verbund.metering import queries
from verbund.metering.deliveries import batches_of_day, day_detail, is_shared
from verbund.metering.errors import BadPeriod
from verbund.metering.periods import Period, parse_period, period_of
from verbund.web.charts import bars_of
from verbund.web.exports import FORM_FIELD, listing_response
from verbund.web.forms import Form
from verbund.web.pagination import page_of
from verbund.web.texts import day_text

TECHNICAL = "technik"
_BATCHES = 50


class MonthForm(Form):
    """Which month; the value stands in the address."""

    monat = forms.ChoiceField(label=gettext_lazy("Monat"), required=False)
    art = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, months: list[Period], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        month: Any = self.fields["monat"]
        month.choices = [(str(period), month_name(period)) for period in months]


@requires(ConsolePermission.READ_USAGE)
@require_safe
def month(request: HttpRequest) -> HttpResponse:
    period = _period(request)
    exact = request.GET.get("art") != TECHNICAL
    waiting = [row for row in queries.backlog() if row.unpushed]
    return render(
        request,
        "console/usage.html",
        {
            "period": period,
            "query": f"monat={period}",
            "month_name": month_name(period),
            "previous_name": month_name(period.previous),
            "table": usage.month_table(period, exact=exact),
            "filter": MonthForm(
                {"monat": str(period), "art": request.GET.get("art", "")}, months=_months(period)
            ),
            "tabs": _tabs(period, exact=exact),
            "unpushed": sum(row.unpushed for row in waiting),
            "oldest_unpushed": min((row.oldest_at for row in waiting if row.oldest_at), default=None),
        },
    )


@requires(ConsolePermission.READ_USAGE)
@require_safe
def download(request: HttpRequest) -> HttpResponseBase:
    """The month as a list, in the form the address names."""
    period = _period(request)
    form = form_of(request.GET.get(FORM_FIELD, ""))
    return listing_response(
        usage.listing(period), form, subject=_("Nutzung"), place=str(period), issuer=_("Verband")
    )


@requires(ConsolePermission.READ_USAGE)
@require_safe
def days(request: HttpRequest, slug: str, meter: str) -> HttpResponse:
    """One meter of one member, day by day."""
    period = _period(request)
    number, name = usage.member_of(slug)
    found = queries.usage_by_day(number, period, meter)
    total = sum(day.quantity for day in found)
    if not total and not queries.unit_of(meter):
        raise NotFound
    texts = [usage.shown_quantity(meter, day.quantity) for day in found]
    back = f"{reverse('console-association:usage')}?monat={period}"
    return render(
        request,
        "console/usage_days.html",
        {
            "name": name,
            "slug": slug,
            "meter": meter,
            "label": queries.label_of(meter),
            "unit": usage.shown_unit(meter),
            "period": period,
            "month_name": month_name(period),
            "days": list(zip(found, texts, strict=True)),
            "total": usage.shown_quantity(meter, total),
            "chart": bars_of(
                [(day.day, day.quantity) for day in found],
                lambda quantity: usage.shown_quantity(meter, quantity),
            ),
            "filter": MonthForm({"monat": str(period)}, months=_months(period)),
            "breadcrumb_items": [(_("Nutzung"), back), (f"{name}: {queries.label_of(meter)}", "")],
        },
    )


@requires(ConsolePermission.READ_USAGE)
@require_safe
def day(request: HttpRequest, slug: str, meter: str, day: str) -> HttpResponse:
    """One day of a meter: its hours, its seal, and the batches it came in."""
    number, name = usage.member_of(slug)
    try:
        wanted = date.fromisoformat(day)
    except ValueError as nonsense:
        raise NotFound from nonsense
    detail = day_detail(tenant=number, meter=meter, day=wanted)
    if not detail.hours and not queries.unit_of(meter):
        raise NotFound
    key = municipality_key(number) if number else ASSOCIATION.key
    period, label = period_of(wanted), queries.label_of(meter)
    address = reverse("console-association:usage-days", kwargs={"slug": slug, "meter": meter})
    return render(
        request,
        "console/usage_day.html",
        {
            "name": name,
            "label": label,
            "unit": usage.shown_unit(meter),
            "day": wanted,
            "detail": detail,
            "total": usage.shown_quantity(meter, detail.quantity),
            "late": usage.shown_quantity(meter, detail.late) if detail.late else "",
            "hours": [(hour, usage.shown_quantity(meter, hour.quantity)) for hour in detail.hours],
            "is_shared": is_shared(meter),
            "page": page_of(request, batches_of_day(key=key, meter=meter, day=wanted), per_page=_BATCHES),
            "breadcrumb_items": [
                (_("Nutzung"), f"{reverse('console-association:usage')}?monat={period}"),
                (f"{name}: {label}", f"{address}?monat={period}"),
                (day_text(wanted), ""),
            ],
        },
    )


def month_name(period: Period) -> str:
    """`November 2026`."""
    return date_format(period.first, "F Y")


def _period(request: HttpRequest) -> Period:
    """The month of the address; the running one where it is missing or no month."""
    try:
        return parse_period(request.GET.get("monat", ""))
    except BadPeriod:
        return period_of(clock.today())


def _months(period: Period) -> list[Period]:
    months = queries.months()
    return months if period in months else sorted({*months, period}, reverse=True)


def _tabs(period: Period, *, exact: bool) -> list[dict[str, Any]]:
    address = f"?monat={period}"
    return [
        {"label": _("Vorgänge"), "url": address, "is_current": exact},
        {"label": _("Technik"), "url": f"{address}&art={TECHNICAL}", "is_current": not exact},
    ]
