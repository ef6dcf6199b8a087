# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The estimate of a year: all members, one member on a sheet of its own, and the list."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from billing.board.tabs import finance_tabs
from billing.forms import month_text
from billing.gathering import member_key
from billing.permissions import BillingPermission
from billing.simulation.budget.basis import MONTHS, centres_of, window
from billing.simulation.budget.estimating import Estimate, estimate
from billing.simulation.budget.form import BudgetForm
from billing.simulation.budget.listing import budget_listing
from tenants.models import Tenant
from verbund.accounts.access import requires
from verbund.documents.listings.forms import form_of
from verbund.kernel import clock
from verbund.kernel.errors import DomainError, NotFound
from verbund.metering.periods import Period, period_of
from verbund.web.exports import FORM_FIELD, listing_response

_AHEAD = 5


@dataclass(frozen=True, kw_only=True)
class Budget:
    """What was typed and what it comes to; ``refusal`` says why there is no estimate."""

    year: int
    form: BudgetForm
    months: list[Period]
    found: Estimate | None
    refusal: str = ""

    @property
    def notes(self) -> list[str]:
        """On what the estimate rests, and that it binds nobody."""
        span = {"first": month_text(self.months[0]), "last": month_text(self.months[-1])}
        found = [
            _(
                "Kosten: die der Monate %(first)s bis %(last)s, mit der angenommenen Änderung oder eigenem Ansatz."
            )
            % span,
            _("Nutzung: ein durchschnittlicher Monat aus %(first)s bis %(last)s, zwölfmal.") % span,
        ]
        if any(0 < item.months < MONTHS for item in self.form.centres):
            found.append(_("Wo weniger als zwölf Monate gebucht sind, zählt ihr Durchschnitt zwölfmal."))
        if self.found is not None and self.found.keys:
            found.append(_("Schlüssel (Fassung): %(names)s.") % {"names": "; ".join(self.found.keys)})
        if self.found is not None and self.found.prices:
            found.append(_("Preise (Fassung): %(names)s.") % {"names": "; ".join(self.found.prices)})
        found.append(_("Beträge ohne Umsatzsteuer."))
        found.append(
            _("Eine Schätzung für die Haushaltsplanung. Sie begründet keine Forderung und keinen Anspruch.")
        )
        return found


@requires(BillingPermission.READ_COSTS)
@require_safe
def next_year(_request: HttpRequest) -> HttpResponse:
    """The year the members plan for now."""
    return redirect("billing-association:budget", year=clock.today().year + 1)


@requires(BillingPermission.READ_COSTS)
@require_safe
def budget(request: HttpRequest, year: int) -> HttpResponse:
    """Each member by cost centre and service; what is assumed stands in the address."""
    shown = _budget(request, year)
    slugs = {member_key(tenant): tenant.slug for tenant in Tenant.objects.filter(origin="")}
    members = shown.found.members if shown.found is not None else ()
    columns = shown.found.columns if shown.found is not None else ()
    return render(
        request,
        "billing/simulation/budget.html",
        {
            "shown": shown,
            "form": shown.form,
            "year": str(year),
            "rows": [
                {
                    "row": row,
                    "slug": slugs[row.member],
                    "cells": [
                        (cents, column.title) for cents, column in zip(row.cells, columns, strict=True)
                    ],
                }
                for row in members
            ],
            "finance_tabs": finance_tabs(request, "budget"),
            "breadcrumb_items": [
                (_("Finanzen"), reverse("billing-association:months")),
                (_("Haushalt %(year)s") % {"year": year}, ""),
            ],
        },
    )


@requires(BillingPermission.READ_COSTS)
@require_safe
def member(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """One member's sheet, as it is printed and sent."""
    shown = _budget(request, year)
    tenant = Tenant.objects.filter(slug=slug, origin="").first()
    if tenant is None:
        raise NotFound
    key = member_key(tenant)
    row = next(
        (row for row in (shown.found.members if shown.found is not None else ()) if row.member == key), None
    )
    back = reverse("billing-association:budget", kwargs={"year": year})
    return render(
        request,
        "billing/simulation/budget_member.html",
        {
            "shown": shown,
            "tenant": tenant,
            "row": row,
            "year": str(year),
            "today": clock.today(),
            "lines": [
                {"column": column, "cents": cents, "whole": whole}
                for column, cents, whole in zip(shown.found.columns, row.cells, shown.found.sums, strict=True)
                if cents
            ]
            if shown.found is not None and row is not None
            else [],
            "breadcrumb_items": [
                (_("Finanzen"), reverse("billing-association:months")),
                (_("Haushalt %(year)s") % {"year": year}, f"{back}?{shown.form.query}"),
                (tenant.name, ""),
            ],
        },
    )


@requires(BillingPermission.READ_COSTS)
@require_safe
def budget_list(request: HttpRequest, year: int) -> HttpResponseBase:
    """The estimate as CSV, Excel, PDF or JSON."""
    shown = _budget(request, year)
    return listing_response(
        budget_listing(year=year, found=shown.found, notes=shown.notes),
        form_of(request.GET.get(FORM_FIELD, "")),
        subject=_("Haushaltsansätze %(year)s") % {"year": year},
        place=_("Verband"),
        issuer=_("Verband"),
    )


def _budget(request: HttpRequest, year: int) -> Budget:
    today = clock.today()
    if not today.year - 1 <= year <= today.year + _AHEAD:
        raise NotFound
    months = window(period_of(today))
    form = BudgetForm(request.GET.dict(), centres=centres_of(months, year))
    if not form.is_valid():
        return Budget(year=year, form=form, months=months, found=None)
    try:
        found = estimate(year=year, centres=form.centres, planned=form.planned, months=months)
    except DomainError as refusal:
        return Budget(year=year, form=form, months=months, found=None, refusal=refusal.message)
    return Budget(year=year, form=form, months=months, found=found if found.columns else None)
