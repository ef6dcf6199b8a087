# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""All months with their state, and one month with what every member pays for which service."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from billing.board.addresses import breadcrumb, named_month, way_out
from billing.board.tabs import finance_tabs
from billing.board.wording import LIGHTS, steps_of
from billing.closing.blocking import Obstacle, obstacles
from billing.closing.comparing import Table, compared, table_of
from billing.closing.listing_adjustments import waiting_for
from billing.closing.models import BillingPeriod
from billing.closing.overview import overview
from billing.closing.periods import month_of
from billing.closing.states import State
from billing.costs.models import CostCentre
from billing.forms import month_text
from billing.permissions import BillingPermission
from verbund.accounts.access import requires, signed_in
from verbund.accounts.api import actor_of, names_of
from verbund.kernel import clock
from verbund.web.forms import Form
from verbund.web.pagination import page_of
from verbund.web.texts import euro_text

_PER_PAGE = 24


class CentreFilter(Form):
    """Which cost centre the table shows; the value stands in the address."""

    kostenstelle = forms.ChoiceField(label=gettext_lazy("Kostenstelle"), required=False)

    def __init__(self, *args: Any, centres: list[CostCentre], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["kostenstelle"]
        field.choices = [("", _("Alle")), *((centre.code, centre.title) for centre in centres)]


@requires(BillingPermission.READ_PERIODS)
@require_safe
def months(request: HttpRequest) -> HttpResponse:
    """Every month, what it came to and what it waits for."""
    found = overview(today=clock.today(), person=signed_in(request).pk)
    page = page_of(request, found, per_page=_PER_PAGE)
    rows = [
        {
            "found": item,
            "name": month_text(item.period),
            "light": LIGHTS[State(item.row.state)],
            "obstacles": with_ways(item.row, item.obstacles or ()),
            "is_ready": item.obstacles == (),
        }
        for item in page.object_list
    ]
    return render(
        request,
        "billing/board/months.html",
        {
            "page": page,
            "rows": rows,
            "has_centres": CostCentre.objects.exists(),
            "finance_tabs": finance_tabs(request, "months"),
        },
    )


@requires(BillingPermission.READ_PERIODS)
@require_safe
def month(request: HttpRequest, month: str) -> HttpResponse:
    """A month's state, its next step, and members by services."""
    row = named_month(month)
    period = month_of(row)
    centres = list(CostCentre.objects.all())
    chosen = request.GET.get("kostenstelle", "")
    centre = chosen if chosen in {one.code for one in centres} else ""
    table = table_of(row.run, period, centre=centre) if row.run else None
    blocking = obstacles(row, today=clock.today(), person=signed_in(request).pk)
    return render(
        request,
        "billing/board/month.html",
        {
            "row": row,
            "waiting_corrections": waiting_for(row),
            "name": month_text(period),
            "light": LIGHTS[State(row.state)],
            "obstacles": with_ways(row, blocking),
            "steps": steps_of(row, actor_of(request), blocking),
            "table": table,
            "figures": _figures(row, table) if table else [],
            "comparison": compared(row),
            "filter": CentreFilter({"kostenstelle": centre}, centres=centres) if len(centres) > 1 else None,
            "query": urlencode({"kostenstelle": centre}) if centre else "",
            "people": _people(row),
            "breadcrumb_items": breadcrumb(row),
        },
    )


def with_ways(row: BillingPeriod, found: tuple[Obstacle, ...] | Any) -> list[dict[str, Any]]:
    """Obstacles, each with the page on which it is removed."""
    return [
        {"obstacle": item, "url": url, "label": label}
        for item in found
        for url, label in [way_out(row, item)]
    ]


def _figures(row: BillingPeriod, table: Table) -> list[dict[str, str]]:
    before = table.before
    note = ""
    if before is not None:
        note = _("Vorjahr: %(amount)s") % {"amount": euro_text(before)}
    return [
        {"label": _("Summe"), "value": euro_text(table.cents), "note": note},
        {"label": _("Kommunen"), "value": str(len(table.rows))},
        {"label": _("Rechenlauf"), "value": str(row.run.number) if row.run else ""},
    ]


def _people(row: BillingPeriod) -> list[tuple[str, str]]:
    """Who calculated, approved, issued and closed; the platform itself where nobody did."""
    run = row.run
    if run is None:
        return []
    did = [
        (_("Berechnet"), run.calculated_by, run.calculated_at),
        (_("Freigegeben"), row.approved_by, row.approved_at),
        (_("Dokumente ausgestellt"), row.issued_by, row.issued_at),
        (_("Abgeschlossen"), row.closed_by, row.closed_at),
    ]
    names = names_of({person for _act, person, _at in did if person is not None})
    return [
        (
            act,
            _("%(name)s am %(day)s")
            % {
                "name": names.get(person, _("nicht mehr bekannt")) if person else _("die Plattform"),
                "day": f"{clock.day_of(at):%d.%m.%Y}",
            },
        )
        for act, person, at in did
        if at is not None
    ]
