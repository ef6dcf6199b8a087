# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Asking for a correction: of a counter, of a cost, or of one member's amount."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from billing.books.correction_forms import (
    AmountCorrectionForm,
    CorrectionForm,
    CostCorrectionForm,
    UsageCorrectionForm,
)
from billing.books.corrections import way
from billing.closing.adjusting import correct_amount, correct_cost, correct_usage
from billing.closing.models import Adjustment
from billing.closing.open_months import fixed_months
from billing.costs.models import CostCentre, Service
from billing.own_usage import countable
from billing.permissions import BillingPermission
from tenants.models import Tenant
from verbund.accounts.access import requires
from verbund.accounts.api import actor_of
from verbund.kernel import clock
from verbund.kernel.errors import DomainError, NotFound
from verbund.kernel.texts import LazyText


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind:
    """``options`` gives the form what there is to choose from."""

    label: LazyText
    help: LazyText
    form: type[CorrectionForm]
    options: Callable[[], dict[str, Any]]
    service: Callable[..., Adjustment]


_KINDS = {
    "zaehler": _Kind(
        label=gettext_lazy("Zähler"),
        help=gettext_lazy(
            "Es wurde zu viel oder zu wenig gezählt. Der Monat wird mit der Menge neu gerechnet."
        ),
        form=UsageCorrectionForm,
        options=lambda: {"tenants": _members(), "meters": countable()},
        service=correct_usage,
    ),
    "kosten": _Kind(
        label=gettext_lazy("Kosten"),
        help=gettext_lazy(
            "Eine Kostenstelle hat mehr oder weniger gekostet. Der Unterschied wird nach dem damaligen Schlüssel verteilt."
        ),
        form=CostCorrectionForm,
        options=lambda: {"centres": CostCentre.objects.all()},
        service=correct_cost,
    ),
    "betrag": _Kind(
        label=gettext_lazy("Betrag einer Kommune"),
        help=gettext_lazy("Nur eine Kommune zahlt nach oder bekommt etwas zurück."),
        form=AmountCorrectionForm,
        options=lambda: {"tenants": _members(), "services": Service.objects.all()},
        service=correct_amount,
    ),
}


@requires(BillingPermission.CORRECT)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, kind: str) -> HttpResponse:
    """The month that was wrong is calculated; the correction is booked in the next open one."""
    wanted = _KINDS.get(kind)
    if wanted is None:
        raise NotFound
    months = fixed_months()
    form = wanted.form(
        request.POST or None,
        months=months,
        initial={"origin": request.GET.get("monat", "")},
        **wanted.options(),
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = wanted.service(**form.cleaned_data, by=actor_of(request), at=clock.now())
        except DomainError as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("Die Berichtigung ist beantragt. Eine zweite Person genehmigt sie."))
            return redirect("billing-association:correction", adjustment_id=made.pk)
    return render(
        request,
        "billing/books/correction_new.html",
        {
            "form": form,
            "help": wanted.help,
            "is_possible": bool(months),
            "tabs": _tabs(kind),
            "cancel_url": reverse("billing-association:corrections"),
            "breadcrumb_items": way((_("Berichtigung beantragen"), "")),
        },
    )


def _tabs(current: str) -> list[dict[str, Any]]:
    return [
        {
            "label": kind.label,
            "url": reverse("billing-association:correction-ask", kwargs={"kind": name}),
            "is_current": name == current,
        }
        for name, kind in _KINDS.items()
    ]


def _members() -> Any:
    return Tenant.objects.filter(origin="").order_by("sort_key")
