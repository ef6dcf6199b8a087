# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages about what is open: items, reminders, statements, payments that somebody must look at."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from billing.amounts import amount_text
from billing.board.tabs import finance_tabs
from billing.permissions import BillingPermission
from billing.receivables.forms import AssignForm, StatementForm
from billing.receivables.open_items import items_listing, open_items, unassigned_payments
from billing.receivables.payments import assign, take_payments
from verbund.accounts.access import requires
from verbund.accounts.api import actor_of
from verbund.documents.listings.forms import form_of
from verbund.kernel import clock
from verbund.kernel.errors import DomainError, NotFound
from verbund.web.exports import FORM_FIELD, listing_response
from verbund.web.pagination import page_of

LATE = "ueberfaellig"


@requires(BillingPermission.READ_ACCOUNTS)
@require_safe
def items(request: HttpRequest) -> HttpResponse:
    return _page(request, StatementForm())


@requires(BillingPermission.READ_ACCOUNTS)
@require_safe
def download(request: HttpRequest) -> HttpResponseBase:
    """Open items or reminders as a list, in the form the address names."""
    is_late = request.GET.get("art") == LATE
    return listing_response(
        items_listing(today=clock.today(), overdue=is_late),
        form_of(request.GET.get(FORM_FIELD, "")),
        subject=_("Zahlungserinnerungen") if is_late else _("Offene Posten"),
        place=_("Verband"),
        issuer=_("Verband"),
    )


@requires(BillingPermission.MANAGE_ACCOUNTS)
@require_POST
def statement(request: HttpRequest) -> HttpResponse:
    """Take a statement in; the page then shows what somebody has to look at."""
    form = StatementForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            taken = take_payments(
                content=form.cleaned_data["file"].read(), by=actor_of(request), at=clock.now()
            )
        except DomainError as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(
                request,
                _(
                    "%(entries)s Umsätze gelesen: %(known)s schon bekannt, %(matched)s zugeordnet, %(unmatched)s noch zuzuordnen."
                )
                % {
                    "entries": taken.entries,
                    "known": taken.known,
                    "matched": taken.matched,
                    "unmatched": taken.unmatched,
                },
            )
            return redirect("billing-association:items")
    return _page(request, form, status=422)


@requires(BillingPermission.MANAGE_ACCOUNTS)
@require_http_methods(["GET", "HEAD", "POST"])
def payment(request: HttpRequest, payment_id: int) -> HttpResponse:
    """One payment that is not used up, and to which document it goes."""
    found = unassigned_payments().filter(pk=payment_id).first()
    if found is None:
        raise NotFound(_("Diese Zahlung gibt es nicht, oder sie ist schon ganz zugeordnet."))
    initial = {"cents": amount_text(found.left_cents)}
    form = AssignForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            assign(payment_id=payment_id, **form.cleaned_data, by=actor_of(request), at=clock.now())
        except DomainError as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("Die Zahlung ist zugeordnet."))
            return redirect("billing-association:items")
    way = [(_("Offene Posten"), reverse("billing-association:items")), (_("Zahlung zuordnen"), "")]
    values = {"payment": found, "form": form, "breadcrumb_items": way}
    return render(request, "billing_receivables/payment.html", values, status=422 if form.errors else 200)


def _page(request: HttpRequest, form: StatementForm, *, status: int = 200) -> HttpResponse:
    today = clock.today()
    is_late = request.GET.get("art") == LATE
    found = open_items(overdue_on=today if is_late else None)
    rows = list(found)
    return render(
        request,
        "billing_receivables/items.html",
        {
            "form": form,
            "page": page_of(request, rows),
            "total": sum(item.open_cents for item in rows),
            "today": today,
            "query": f"art={LATE}" if is_late else "",
            "tabs": [
                {
                    "label": _("Alle offenen"),
                    "url": reverse("billing-association:items"),
                    "is_current": not is_late,
                },
                {
                    "label": _("Überfällig"),
                    "url": f"{reverse('billing-association:items')}?art={LATE}",
                    "is_current": is_late,
                },
            ],
            "payments": list(unassigned_payments()[:50]),
            "finance_tabs": finance_tabs(request, "items"),
            "may_manage": actor_of(request).may(BillingPermission.MANAGE_ACCOUNTS),
        },
        status=status,
    )
