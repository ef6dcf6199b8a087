# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A member's days of membership, and what it pays on account beside its shares."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from billing.closing.on_account import accounts_of
from billing.costs.advances import set_advances, years_with_advances
from billing.costs.member_days import registered_spans
from billing.costs.memberships import add_membership, end_membership
from billing.costs.models import Membership, Service
from billing.forms import month_text
from billing.master_data.members import way_to
from billing.master_data.membership_forms import AdvancesForm, EndMembershipForm, MembershipForm
from billing.member.forms import YearChoice
from billing.permissions import BillingPermission
from tenants.models import Tenant
from verbund.accounts.access import requires
from verbund.accounts.api import actor_of, names_of
from verbund.kernel import clock
from verbund.kernel.errors import DomainError, NotFound
from verbund.metering.periods import Period, period_of
from verbund.web.forms import Form
from verbund.web.texts import euro_text

_METHODS = ["GET", "HEAD", "POST"]
_PAGE = "billing-association:membership"
_MONTHS = 12


@requires(BillingPermission.READ_COSTS)
@require_safe
def membership(request: HttpRequest, slug: str) -> HttpResponse:
    """The days that count, and a year of advances by service."""
    tenant = _tenant(slug)
    rows = list(Membership.objects.filter(tenant=tenant))
    names = names_of({person for row in rows for person in (row.entered_by, row.ended_by) if person})
    year, years = _years(request)
    return render(
        request,
        "billing/master_data/membership.html",
        {
            "tenant": tenant,
            "rows": [
                {
                    "row": row,
                    "entered_by": _person(row.entered_by, names),
                    "ended_by": _person(row.ended_by, names) if row.ended_at else "",
                }
                for row in rows
            ],
            "registered": None if rows else registered_spans().get(tenant.pk),
            "accounts": [
                {
                    "account": account,
                    "months": [(month_text(month.period), month) for month in account.months],
                }
                for account in accounts_of(tenant, year)
            ],
            "year": year,
            "choice": YearChoice(year=year, years=years) if len(years) > 1 else None,
            "may_edit": actor_of(request).may(BillingPermission.EDIT_COSTS),
            "breadcrumb_items": way_to(tenant.name),
        },
    )


@requires(BillingPermission.EDIT_COSTS)
@require_http_methods(_METHODS)
def add(request: HttpRequest, slug: str) -> HttpResponse:
    """Enter days; as long as none are, those of the registry are proposed."""
    tenant = _tenant(slug)
    form = MembershipForm(request.POST or None, initial=_proposed(tenant))
    if request.method == "POST" and form.is_valid():
        try:
            add_membership(tenant=tenant, **form.cleaned_data, by=actor_of(request), at=clock.now())
        except DomainError as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("Die Mitgliedschaft ist eingetragen."))
            return redirect(_PAGE, slug=slug)
    return _form_page(request, form, tenant, _("Mitgliedschaft eintragen"))


@requires(BillingPermission.EDIT_COSTS)
@require_http_methods(_METHODS)
def end(request: HttpRequest, slug: str, membership_id: int) -> HttpResponse:
    tenant = _tenant(slug)
    row = Membership.objects.filter(pk=membership_id, tenant=tenant).first()
    if row is None:
        raise NotFound
    form = EndMembershipForm(request.POST or None, initial={"last": row.last})
    if request.method == "POST" and form.is_valid():
        last: date | None = form.cleaned_data["last"]
        try:
            end_membership(membership_id=row.pk, last=last, by=actor_of(request), at=clock.now())
        except DomainError as refusal:
            form.add_refusal(refusal)
        else:
            said = (
                _("Die Mitgliedschaft endet mit dem %(day)s.") % {"day": f"{last:%d.%m.%Y}"}
                if last
                else _("Die Mitgliedschaft hat kein Ende mehr.")
            )
            messages.success(request, said)
            return redirect(_PAGE, slug=slug)
    return _form_page(request, form, tenant, _("Ende der Mitgliedschaft"))


@requires(BillingPermission.EDIT_COSTS)
@require_http_methods(_METHODS)
def advances(request: HttpRequest, slug: str) -> HttpResponse:
    """Set what a member pays each month; what is planned in these months is replaced."""
    tenant = _tenant(slug)
    running = period_of(clock.today())
    form = AdvancesForm(
        request.POST or None,
        services=Service.objects.all(),
        months=[
            Period(year, month)
            for year in (running.year, running.year + 1)
            for month in range(1, _MONTHS + 1)
        ],
        initial={"first": str(running), "last": str(Period(running.year, _MONTHS))},
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            changed = set_advances(tenant=tenant, **given, by=actor_of(request), at=clock.now())
        except DomainError as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _set_text(given) if changed else _("So war es schon eingetragen."))
            return redirect(f"{reverse(_PAGE, kwargs={'slug': slug})}?jahr={given['first'].year}")
    return _form_page(request, form, tenant, _("Vorauszahlungen festlegen"))


def _tenant(slug: str) -> Tenant:
    tenant = Tenant.objects.filter(slug=slug, origin="").first()
    if tenant is None:
        raise NotFound
    return tenant


def _years(request: HttpRequest) -> tuple[int, list[int]]:
    """The year asked for, and those to choose from, the newest first."""
    running = clock.today().year
    years = sorted({running, running + 1, *years_with_advances()}, reverse=True)
    asked = request.GET.get("jahr", "")
    return (int(asked) if asked in {str(year) for year in years} else running), years


def _proposed(tenant: Tenant) -> dict[str, Any]:
    known = None if Membership.objects.filter(tenant=tenant).exists() else registered_spans().get(tenant.pk)
    return {"first": known.first, "last": known.last} if known else {}


def _person(person: int | None, names: Mapping[int, str]) -> str:
    return _("die Plattform") if person is None else names.get(person, _("nicht mehr bekannt"))


def _set_text(given: Mapping[str, Any]) -> str:
    return _("%(title)s: je Monat %(amount)s von %(first)s bis %(last)s.") % {
        "title": given["service"].title,
        "amount": euro_text(given["cents"]),
        "first": month_text(given["first"]),
        "last": month_text(given["last"]),
    }


def _form_page(request: HttpRequest, form: Form, tenant: Tenant, title: str) -> HttpResponse:
    page = reverse(_PAGE, kwargs={"slug": tenant.slug})
    values = {
        "form": form,
        "title": title,
        "tenant": tenant,
        "is_fixed": getattr(form.refusal, "code", "") == "month_fixed",
        "cancel_url": page,
        "breadcrumb_items": [*way_to(tenant.name)[:-1], (tenant.name, page), (title, "")],
    }
    return render(
        request, "billing/master_data/membership_form.html", values, status=422 if form.errors else 200
    )
