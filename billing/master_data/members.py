# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""How members and the association itself stand on documents."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from billing.board.tabs import finance_tabs
from billing.costs.member_days import member_spans
from billing.issuing.details import change_issuer, change_recipient
from billing.issuing.models import Issuer, Recipient
from billing.master_data.forms import IssuerForm, RecipientForm
from billing.permissions import BillingPermission
from tenants.models import Tenant
from verbund.accounts.access import requires
from verbund.accounts.api import actor_of
from verbund.kernel import clock
from verbund.kernel.errors import DomainError, NotFound

_METHODS = ["GET", "HEAD", "POST"]
LIST = "billing-association:members"


@requires(BillingPermission.READ_COSTS)
@require_safe
def members(request: HttpRequest) -> HttpResponse:
    """Everybody who is charged, with what a document still lacks."""
    known = {row.tenant_id: row for row in Recipient.objects.all()}
    tenants = Tenant.objects.filter(origin="").order_by("sort_key").only("number", "slug", "name")
    spans = member_spans()
    rows = [(tenant, known.get(tenant.pk), spans.get(tenant.pk, ())[-1:]) for tenant in tenants]
    values = {
        "rows": rows,
        "without": sum(row is None for _tenant, row, _span in rows),
        "issuer": Issuer.objects.first(),
        "may_edit": actor_of(request).may(BillingPermission.EDIT_COSTS),
        "finance_tabs": finance_tabs(request, "members"),
    }
    return render(request, "billing/master_data/members.html", values)


@requires(BillingPermission.EDIT_COSTS)
@require_http_methods(_METHODS)
def member(request: HttpRequest, slug: str) -> HttpResponse:
    """Change how one member stands on documents issued from now on."""
    tenant = Tenant.objects.filter(slug=slug, origin="").first()
    if tenant is None:
        raise NotFound
    initial = RecipientForm.initial_of(Recipient.objects.filter(pk=tenant.pk).first(), name=tenant.name)
    form = RecipientForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            change_recipient(tenant=tenant, details=form.details(), by=actor_of(request), at=clock.now())
        except DomainError as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("Gespeichert. Es gilt für Dokumente, die ab jetzt entstehen."))
            return redirect(LIST)
    return _form_page(request, form, title=tenant.name)


@requires(BillingPermission.EDIT_COSTS)
@require_http_methods(_METHODS)
def issuer(request: HttpRequest) -> HttpResponse:
    """Change how the association stands on documents issued from now on."""
    form = IssuerForm(request.POST or None, initial=IssuerForm.initial_of(Issuer.objects.first()))
    if request.method == "POST" and form.is_valid():
        try:
            change_issuer(details=form.details(), by=actor_of(request), at=clock.now())
        except DomainError as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("Gespeichert. Es gilt für Dokumente, die ab jetzt entstehen."))
            return redirect(LIST)
    return _form_page(request, form, title=_("Absender"))


def _form_page(request: HttpRequest, form: RecipientForm | IssuerForm, *, title: str) -> HttpResponse:
    values = {
        "form": form,
        "title": title,
        "list_url": reverse(LIST),
        "breadcrumb_items": way_to(title),
    }
    return render(request, "billing/master_data/details.html", values, status=422 if form.errors else 200)


def way_to(title: str) -> list[tuple[str, str]]:
    """The breadcrumb of a page below the list of members."""
    return [
        (_("Finanzen"), reverse("billing-association:months")),
        (_("Mitglieder"), reverse(LIST)),
        (title, ""),
    ]
