# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page of a municipality's thresholds, and one's own choice about mails."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from billing.alerts.document_mail import set_document_mail
from billing.alerts.forms import EUROS, ThresholdForm
from billing.alerts.models import Threshold
from billing.alerts.setting import remove_threshold, set_threshold
from billing.alerts.watching import amount_text, subject_text
from billing.member.tabs import own_tabs
from billing.permissions import BillingPermission
from verbund.accounts.access import requires
from verbund.accounts.api import actor_of
from verbund.kernel import clock
from verbund.kernel.errors import DomainError

_CENTS = 100


@require_http_methods(["GET", "HEAD", "POST"])
@requires(BillingPermission.EDIT_OWN_ALERTS)
def thresholds(request: HttpRequest) -> HttpResponse:
    """What is set, when it was last reached, and a form for another one."""
    form = ThresholdForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        is_costs = values["meter"] == EUROS
        try:
            set_threshold(
                meter="" if is_costs else values["meter"],
                amount=values["amount"] * (_CENTS if is_costs else 1),
                told=values["told"],
                by=actor_of(request),
                at=clock.now(),
            )
        except DomainError as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("Die Schwelle ist gesetzt."))
            return redirect("billing-staff:thresholds")
    return render(
        request,
        "billing/thresholds.html",
        {"form": form, "rows": _rows(), "tabs": own_tabs(request, "thresholds")},
    )


@require_POST
@requires(BillingPermission.EDIT_OWN_ALERTS)
def remove(request: HttpRequest, number: int) -> HttpResponse:
    remove_threshold(threshold_id=number, by=actor_of(request), at=clock.now())
    messages.success(request, _("Die Schwelle ist entfernt."))
    return redirect("billing-staff:thresholds")


@require_POST
@requires(BillingPermission.READ_OWN_COSTS)
def document_mail(request: HttpRequest) -> HttpResponse:
    """One's own choice: a mail about new documents or none."""
    wanted = request.POST.get("wanted") == "1"
    set_document_mail(wanted=wanted, by=actor_of(request), at=clock.now())
    messages.success(
        request,
        _("Sie bekommen eine E-Mail, wenn der Verband neue Dokumente ausstellt.")
        if wanted
        else _("Sie bekommen keine E-Mail mehr über neue Dokumente."),
    )
    return redirect("billing-staff:documents")


def _rows() -> list[dict[str, Any]]:
    found = Threshold.objects.prefetch_related("recipients__person", "crossings")
    return [
        {
            "pk": threshold.pk,
            "subject": subject_text(threshold),
            "amount": amount_text(threshold, threshold.amount),
            "told": ", ".join(recipient.person.shown_name for recipient in threshold.recipients.all()),
            "reached": ", ".join(
                f"{date_format(crossing.month, 'F Y')} ({amount_text(threshold, crossing.value)})"
                for crossing in list(threshold.crossings.all())[:3]
            ),
        }
        for threshold in found
    ]
