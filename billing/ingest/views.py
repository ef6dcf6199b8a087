# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The association's page about events of other systems that were rejected: how many, why, and what to do."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from billing.board.tabs import finance_tabs
from billing.ingest.models import Producer, Rejection
from billing.ingest.reasons import EXPLAINED, Reason
from billing.ingest.rejected import rejections
from billing.permissions import BillingPermission
from tenants.models import Tenant
from verbund.accounts.access import requires
from verbund.web.forms import Form
from verbund.web.pagination import page_of


class SystemChoice(Form):
    """Whose rejected events are shown; the value stands in the address."""

    system = forms.ChoiceField(label=gettext_lazy("System"), required=False)

    def __init__(self, given: Any, *, producers: list[Producer]) -> None:
        super().__init__(given)
        field: Any = self.fields["system"]
        field.choices = [("", _("alle Systeme")), *((row.slug, row.title) for row in producers)]

    @property
    def chosen(self) -> str:
        return str(self.cleaned_data.get("system", "")) if self.is_valid() else ""


@requires(BillingPermission.READ_COSTS)
@require_safe
def rejected(request: HttpRequest) -> HttpResponse:
    """By day, system, meter and reason, each with the last example."""
    producers = list(Producer.objects.order_by("title"))
    choice = SystemChoice(request.GET, producers=producers)
    page = page_of(request, rejections(producer=choice.chosen))
    names = dict(
        Tenant.objects.filter(number__in={row.tenant for row in page.object_list}).values_list(
            "number", "name"
        )
    )
    return render(
        request,
        "billing/ingest/rejected.html",
        {
            "page": page,
            "rows": [_row(row, names) for row in page.object_list],
            "choice": choice if len(producers) > 1 else None,
            "has_producers": bool(producers),
            "finance_tabs": finance_tabs(request, "rejected"),
            "breadcrumb_items": [
                (_("Finanzen"), reverse("billing-association:months")),
                (_("Abgelehntes"), ""),
            ],
        },
    )


def _row(row: Rejection, names: dict[int, str]) -> dict[str, Any]:
    reason, way_out = EXPLAINED[Reason(row.code)]
    return {
        "row": row,
        "member": names.get(row.tenant, ""),
        "reason": reason,
        "way_out": way_out,
        "example": list(row.example.items()),
    }
