# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""One member's late usage of a meter in a month: taken over as corrections or left out, each with a reason."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from billing.books.correction_forms import LateForm
from billing.books.corrections import LATE, way
from billing.closing.late import LateUsage, find_late
from billing.closing.late_deciding import leave_out_late, reopen_late, take_over_late
from billing.forms import month_text
from billing.permissions import BillingPermission
from verbund.accounts.access import requires
from verbund.accounts.api import actor_of
from verbund.kernel import clock
from verbund.kernel.errors import DomainError, NotFound
from verbund.metering.errors import BadPeriod
from verbund.metering.periods import Period, parse_period
from verbund.web.texts import day_text, number_text

_LEAVE_OUT = "nicht"


@requires(BillingPermission.CORRECT)
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, month: str, slug: str, meter: str) -> HttpResponse:
    period = _period(month)
    found = find_late(period, slug, meter)
    form = LateForm(request.POST or None, initial={"reason": _reason(found), "quantity": found.quantity})
    if request.method == "POST" and form.is_valid():
        service = leave_out_late if request.POST.get("aktion") == _LEAVE_OUT else take_over_late
        try:
            service(
                period=period,
                slug=slug,
                meter=meter,
                **form.cleaned_data,
                by=actor_of(request),
                at=clock.now(),
            )
        except DomainError as refusal:
            form.add_refusal(refusal)
        else:
            done = (
                _("Der Nachzügler bleibt außen vor.")
                if service is leave_out_late
                else _("Die Berichtigung ist beantragt. Eine zweite Person genehmigt sie.")
            )
            messages.success(request, done)
            return redirect(_list())
    title = f"{found.tenant.name}: {found.label}"
    return render(
        request,
        "billing/books/late.html",
        {
            "late": found,
            "title": title,
            "month": month_text(period),
            "days": [
                (day_text(day), f"{number_text(late)} {found.unit}") for day, late in found.days.items()
            ],
            "form": form,
            "cancel_url": _list(),
            "breadcrumb_items": way((_("Nachzügler"), _list()), (title, "")),
        },
    )


@requires(BillingPermission.CORRECT)
@require_POST
def reopen(request: HttpRequest, month: str, slug: str, meter: str) -> HttpResponse:
    """Propose again what was left out."""
    period = _period(month)
    reopen_late(period=period, slug=slug, meter=meter, by=actor_of(request), at=clock.now())
    messages.success(request, _("Der Nachzügler ist wieder vorgeschlagen."))
    return redirect(_list())


def _reason(found: LateUsage) -> str:
    return _("Nach der Freigabe gemeldet: %(quantity)s %(unit)s") % {
        "quantity": number_text(found.quantity),
        "unit": found.unit,
    }


def _list() -> str:
    return f"{reverse('billing-association:corrections')}?stand={LATE}"


def _period(month: str) -> Period:
    try:
        return parse_period(month)
    except BadPeriod as nonsense:
        raise NotFound from nonsense
