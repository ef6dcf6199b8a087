# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A table of costs is looked at first and then taken; the page keeps its lines, so that wrong ones are put right here."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from billing.books.cost_forms import CostsFileForm
from billing.costs.cost_file import CostsTaken, take_costs
from billing.costs.cost_lines import Complaint, LinesRefused, decoded
from billing.forms import month_text
from billing.permissions import BillingPermission
from verbund.accounts.access import requires
from verbund.accounts.api import actor_of
from verbund.kernel import clock
from verbund.kernel.errors import DomainError
from verbund.metering.periods import period_of
from verbund.web.texts import euro_text

_ENTER = "eintragen"


@requires(BillingPermission.EDIT_COSTS)
@require_http_methods(["GET", "HEAD", "POST"])
def read_file(request: HttpRequest) -> HttpResponse:
    """Only the button "Eintragen" keeps anything; the other shows what it would do."""
    form = CostsFileForm(request.POST or None, request.FILES or None)
    complaints: list[Complaint] = []
    taken: CostsTaken | None = None
    if request.method == "POST" and form.is_valid():
        is_dry_run = request.POST.get("aktion") != _ENTER
        try:
            form = _with_lines(form)
            taken = take_costs(
                content=form.data["content"], is_dry_run=is_dry_run, by=actor_of(request), at=clock.now()
            )
        except LinesRefused as refusal:
            complaints = refusal.complaints
            form.add_error(None, refusal.message)
        except DomainError as refusal:
            form.add_refusal(refusal)
        else:
            if not is_dry_run:
                messages.success(request, _said(taken))
                return redirect("billing-association:costs")
    return render(
        request,
        "billing/books/costs_read.html",
        {
            "form": form,
            "complaints": complaints,
            "taken": taken,
            "figures": _figures(taken) if taken else [],
            "months": _months(taken) if taken else [],
            "breadcrumb_items": [
                (_("Finanzen"), reverse("billing-association:months")),
                (_("Kosten"), reverse("billing-association:costs")),
                (_("Kosten einlesen"), ""),
            ],
        },
        status=422 if form.errors else 200,
    )


def _with_lines(form: CostsFileForm) -> CostsFileForm:
    """The same form with the lines of the file in the field, where they can be changed.

    Raises:
        Invalid: the file is too large.
    """
    file = form.cleaned_data["file"]
    content = decoded(file.read()) if file else form.cleaned_data["content"]
    filled = CostsFileForm({"content": content})
    filled.is_valid()
    return filled


def _figures(taken: CostsTaken) -> list[dict[str, str]]:
    return [
        {"label": _("Neue Beträge"), "value": str(taken.count)},
        {"label": _("Zusammen"), "value": euro_text(taken.cents)},
        {"label": _("Schon eingetragen"), "value": str(taken.known)},
    ]


def _months(taken: CostsTaken) -> list[dict[str, Any]]:
    return [
        {"name": month_text(period_of(one.month)), "count": one.count, "cents": one.cents}
        for one in taken.months
    ]


def _said(taken: CostsTaken) -> str:
    if not taken.count:
        return _("Nichts Neues: Alle Zeilen waren schon eingetragen.")
    return _("%(count)s Beträge sind eingetragen, zusammen %(amount)s; %(known)s waren es schon.") % {
        "count": taken.count,
        "amount": euro_text(taken.cents),
        "known": taken.known,
    }
