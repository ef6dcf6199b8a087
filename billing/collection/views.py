# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of direct debits: what is due, the files, mandates, and the association's account."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from billing.board.tabs import finance_tabs
from billing.collection.collecting import collect, collection_of, due_items, note_return
from billing.collection.forms import CollectForm, CreditorForm, EndForm, MandateForm, ReturnForm
from billing.collection.mandates import end_mandate, enter_mandate, set_creditor
from billing.collection.models import Collection, Creditor, Mandate
from billing.permissions import BillingPermission
from tenants.models import Tenant
from verbund.accounts.access import requires, requires_fresh_factor
from verbund.accounts.api import actor_of
from verbund.kernel import clock, working_days
from verbund.kernel.errors import DomainError, NotFound
from verbund.web.forms import Form
from verbund.web.pagination import page_of

_METHODS = ["GET", "HEAD", "POST"]
# A debit has to be with the bank one banking day before; two more leave time to hand the file over.
_AHEAD = 3


@requires(BillingPermission.READ_ACCOUNTS)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """What would be collected on a day, and the files there are."""
    form = CollectForm({"collect_on": request.GET.get("collect_on") or f"{_next_day():%d.%m.%Y}"})
    return _page(request, form, form.cleaned_data["collect_on"] if form.is_valid() else None)


@requires(BillingPermission.MANAGE_ACCOUNTS)
@requires_fresh_factor
@require_POST
def make(request: HttpRequest) -> HttpResponse:
    """Write the files of what is due; they stand in the list afterwards."""
    form = CollectForm(request.POST)
    if form.is_valid():
        try:
            made = collect(**form.cleaned_data, by=actor_of(request), at=clock.now())
        except DomainError as refusal:
            form.add_refusal(refusal)
        else:
            if made:
                said = ngettext(
                    "%(count)s Datei ist ausgegeben.", "%(count)s Dateien sind ausgegeben.", len(made)
                )
                messages.success(request, said % {"count": len(made)})
            else:
                messages.info(request, _("An diesem Tag ist nichts einzuziehen."))
            return redirect("billing-association:collection")
    return _page(request, form, form.cleaned_data.get("collect_on"), status=422)


@requires(BillingPermission.MANAGE_ACCOUNTS)
@require_safe
def download(_request: HttpRequest, message_id: str) -> HttpResponse:
    """A file as it was handed out, byte for byte; it holds accounts, so only who makes them gets them."""
    found = collection_of(message_id)
    return HttpResponse(
        found.content.encode(),
        content_type="application/xml",
        headers={"Content-Disposition": f'attachment; filename="{found.message_id}.xml"'},
    )


@requires(BillingPermission.MANAGE_ACCOUNTS)
@require_http_methods(_METHODS)
def returned(request: HttpRequest) -> HttpResponse:
    """The bank gave a debit back."""
    form = ReturnForm(request.POST if request.method == "POST" else None)
    return _step(
        request,
        form,
        title=_("Rückgabe eintragen"),
        submit=_("Eintragen"),
        done=_("Eingetragen. Der Beleg kann wieder eingezogen werden."),
        service=note_return,
    )


@requires(BillingPermission.MANAGE_ACCOUNTS)
@requires_fresh_factor
@require_http_methods(_METHODS)
def creditor(request: HttpRequest) -> HttpResponse:
    """Whose account the money goes to from now on."""
    held = Creditor.objects.first()
    known = {"name": held.name, "iban": held.iban, "identifier": held.identifier} if held else {}
    form = CreditorForm(request.POST if request.method == "POST" else None, initial=known)
    return _step(
        request,
        form,
        title=_("Konto des Verbands"),
        submit=_("Speichern"),
        done=_("Das Konto gilt ab der nächsten Datei."),
        service=set_creditor,
    )


@requires(BillingPermission.MANAGE_ACCOUNTS)
@require_http_methods(_METHODS)
def new_mandate(request: HttpRequest) -> HttpResponse:
    """A mandate that a member signed."""
    held = Mandate.objects.filter(ended_on=None).values("tenant")
    free = Tenant.objects.filter(origin="").exclude(number__in=held).order_by("sort_key")
    form = MandateForm(
        request.POST if request.method == "POST" else None, members=list(free.values_list("slug", "name"))
    )
    return _step(
        request,
        form,
        title=_("Mandat eintragen"),
        submit=_("Eintragen"),
        done=_("Das Mandat ist eingetragen."),
        service=enter_mandate,
    )


@requires(BillingPermission.MANAGE_ACCOUNTS)
@require_http_methods(_METHODS)
def ending(request: HttpRequest, number: int) -> HttpResponse:
    """Nothing is collected by it any more."""
    found = Mandate.objects.select_related("tenant").filter(pk=number, ended_on=None).first()
    if found is None:
        raise NotFound
    form = EndForm(
        request.POST if request.method == "POST" else None, initial={"on": f"{clock.today():%d.%m.%Y}"}
    )
    return _step(
        request,
        form,
        title=_("Mandat von %(member)s beenden") % {"member": found.tenant.name},
        submit=_("Mandat beenden"),
        done=_("Das Mandat ist beendet."),
        service=lambda **given: end_mandate(reference=found.reference, **given),
    )


def _step(
    request: HttpRequest, form: Form, *, title: str, submit: str, done: str, service: Callable[..., object]
) -> HttpResponse:
    """A form of its own page; the service gets what was filled in."""
    if request.method == "POST" and form.is_valid():
        try:
            service(**form.cleaned_data, by=actor_of(request), at=clock.now())
        except DomainError as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, done)
            return redirect("billing-association:collection")
    back = reverse("billing-association:collection")
    values = {
        "form": form,
        "title": title,
        "submit": submit,
        "back": back,
        "breadcrumb_items": [(_("Lastschriften"), back), (title, "")],
    }
    return render(
        request, "billing_collection/step.html", values, status=422 if request.method == "POST" else 200
    )


def _page(request: HttpRequest, form: CollectForm, on: date | None, *, status: int = 200) -> HttpResponse:
    due = due_items(collect_on=on) if on else []
    files = page_of(request, Collection.objects.defer("content"))
    values: dict[str, Any] = {
        "form": form,
        "on": on,
        "due": due,
        "total": sum(entry.cents for entry in due),
        "files": files,
        "mandates": [
            _shown(mandate) for mandate in Mandate.objects.filter(ended_on=None).select_related("tenant")
        ],
        "creditor": Creditor.objects.first(),
        "may_manage": actor_of(request).may(BillingPermission.MANAGE_ACCOUNTS),
        "finance_tabs": finance_tabs(request, "collection"),
    }
    return render(request, "billing_collection/overview.html", values, status=status)


def _shown(mandate: Mandate) -> dict[str, Any]:
    """Of the account only as much as one recognises it by."""
    return {"mandate": mandate, "account": f"…{mandate.iban[-4:]}"}


def _next_day() -> date:
    day = clock.today() + timedelta(days=_AHEAD)
    while not working_days.is_working_day(day):
        day += timedelta(days=1)
    return day
