# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""One cost centre with what was booked on it; a new one, its end, and the end taken back."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from billing.books.cost_forms import CentreForm, EndForm
from billing.books.sharers import sharers
from billing.closing.open_months import fixed_among, last_billed_month
from billing.costs.booking import costs_of
from billing.costs.models import CostCentre, KeyVersion, Service
from billing.costs.structure import (
    add_cost_centre,
    end_cost_centre,
    find_cost_centre,
    resume_cost_centre,
)
from billing.costs.yearly import last_months
from billing.forms import month_text
from billing.permissions import BillingPermission
from billing.simulation.keys import key_entry
from billing.simulation.views_keys import versions_of
from verbund.accounts.access import requires
from verbund.accounts.api import actor_of, names_of
from verbund.kernel import clock, registry
from verbund.kernel.errors import DomainError
from verbund.metering.periods import Period, period_of
from verbund.web.pagination import page_of

_METHODS = ["GET", "HEAD", "POST"]
_TWELVE = 12


@requires(BillingPermission.READ_COSTS)
@require_safe
def centre(request: HttpRequest, code: str) -> HttpResponse:
    """What it is shared by, and every amount with what it replaced."""
    found = find_cost_centre(code)
    entry, running = key_entry(found.key, clock.today()), period_of(clock.today())
    page = page_of(request, costs_of(found))
    fixed = fixed_among({cost.month for cost in page.object_list})
    names = names_of({cost.entered_by for cost in page.object_list if cost.entered_by is not None})
    return render(
        request,
        "billing/books/centre.html",
        {
            "centre": found,
            "facts": _facts(found, entry.name),
            "key_name": entry.name,
            "versions": versions_of(entry),
            "sharers": sharers(found, entry.now, running),
            "running": month_text(running),
            "running_days": len(list(running.days())),
            "billed": _billed(found),
            "page": page,
            "rows": [
                {
                    "cost": cost,
                    "month": month_text(period_of(cost.month)),
                    "is_fixed": cost.month in fixed,
                    "by": _person(cost.entered_by, names),
                }
                for cost in page.object_list
            ],
            "may_edit": actor_of(request).may(BillingPermission.EDIT_COSTS),
            "breadcrumb_items": _way((found.title, "")),
        },
    )


@requires(BillingPermission.EDIT_COSTS)
@require_http_methods(_METHODS)
def add(request: HttpRequest) -> HttpResponse:
    services, keys = list(Service.objects.all()), key_choices()
    form = CentreForm(request.POST or None, services=services, keys=keys, modules=module_choices())
    if request.method == "POST" and form.is_valid():
        try:
            made = add_cost_centre(**form.cleaned_data, by=actor_of(request), at=clock.now())
        except DomainError as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("Die Kostenstelle „%(title)s“ ist angelegt.") % {"title": made.title})
            return redirect("billing-association:cost-centre", code=made.code)
    return render(
        request,
        "billing/books/centre_add.html",
        {
            "form": form,
            "is_possible": bool(services and keys),
            "breadcrumb_items": _way((_("Kostenstelle anlegen"), "")),
        },
    )


@requires(BillingPermission.EDIT_COSTS)
@require_http_methods(_METHODS)
def end(request: HttpRequest, code: str) -> HttpResponse:
    found = find_cost_centre(code)
    form = EndForm(
        request.POST or None, months=_ends(), initial={"last_month": str(period_of(clock.today()))}
    )
    if request.method == "POST" and form.is_valid():
        last: Period = form.cleaned_data["last_month"]
        try:
            end_cost_centre(code=code, last_month=last.first, by=actor_of(request), at=clock.now())
        except DomainError as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(
                request,
                _("„%(title)s“ endet mit %(month)s.") % {"title": found.title, "month": month_text(last)},
            )
            return redirect("billing-association:cost-centre", code=code)
    centre_url = reverse("billing-association:cost-centre", kwargs={"code": code})
    return render(
        request,
        "billing/books/centre_end.html",
        {
            "centre": found,
            "form": form,
            "cancel_url": centre_url,
            "breadcrumb_items": _way((found.title, centre_url), (_("Beenden"), "")),
        },
    )


@requires(BillingPermission.EDIT_COSTS)
@require_POST
def resume(request: HttpRequest, code: str) -> HttpResponse:
    """Take the end back."""
    found = resume_cost_centre(code=code, by=actor_of(request), at=clock.now())
    messages.success(request, _("„%(title)s“ geht weiter.") % {"title": found.title})
    return redirect("billing-association:cost-centre", code=code)


def key_choices() -> list[tuple[str, str]]:
    """Every key by the name of its newest version."""
    return sorted(
        dict(KeyVersion.objects.order_by("version").values_list("key", "name")).items(),
        key=lambda pair: pair[1],
    )


def module_choices() -> list[tuple[str, str]]:
    return [(module.slug, str(module.label)) for module in registry.modules()]


def _billed(found: CostCentre) -> dict[str, str] | None:
    """The newest calculated month with lines of this cost centre."""
    last = last_billed_month(found)
    if last is None:
        return None
    page = reverse("billing-association:month", kwargs={"month": str(last)})
    return {"month": month_text(last), "url": f"{page}?kostenstelle={found.code}"}


def _facts(found: CostCentre, key_name: str) -> list[tuple[str, str]]:
    modules = dict(module_choices())
    return [
        (_("Kürzel"), found.code),
        (_("Dienst"), found.service.title),
        (_("Schlüssel"), key_name),
        (_("Wer sich die Kosten teilt"), _sharers(found, modules)),
        (_("Letzter Monat"), month_text(period_of(found.last_month)) if found.last_month else _("ohne Ende")),
    ]


def _sharers(found: CostCentre, modules: dict[str, str]) -> str:
    if not found.module:
        return _("alle Mitglieder nach dem Schlüssel")
    return _("nur Nutzer von „%(module)s“") % {"module": modules.get(found.module, found.module)}


def _person(person: int | None, names: dict[int, str]) -> str:
    return _("die Plattform") if person is None else names.get(person, _("nicht mehr bekannt"))


def _ends() -> list[Period]:
    """A year back and ahead, the newest last."""
    running = period_of(clock.today())
    ahead = period_of(date(running.year + 1, running.month, 1))
    return last_months(ahead, 2 * _TWELVE + 1)


def _way(*below: tuple[str, str]) -> list[tuple[Any, str]]:
    return [
        (_("Finanzen"), reverse("billing-association:months")),
        (_("Kosten"), reverse("billing-association:costs")),
        *below,
    ]
