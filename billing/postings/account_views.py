# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page of accounts: whom and what the accounting program knows by which number."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from billing.permissions import BillingPermission
from billing.postings import account_list
from billing.postings.account_forms import IncomeAccountForm, MemberAccountsForm, title_of
from billing.postings.accounts import set_income_account, set_member_accounts
from tenants.models import Tenant
from verbund.accounts.access import requires
from verbund.accounts.api import actor_of
from verbund.kernel import clock
from verbund.kernel.errors import DomainError

_HERE = "billing-association:accounts"


@requires(BillingPermission.MANAGE_ACCOUNTS)
@require_safe
def accounts(request: HttpRequest) -> HttpResponse:
    """All accounts; `?vorschlag=70001` fills in numbers for members that have none, `?ziel=PUB` chooses an income."""
    return _page(request)


@requires(BillingPermission.MANAGE_ACCOUNTS)
@require_POST
def save_members(request: HttpRequest) -> HttpResponse:
    form = MemberAccountsForm(request.POST, members=account_list.members(), proposed={})
    if form.is_valid():
        try:
            changed = set_member_accounts(accounts=form.accounts(), by=actor_of(request), at=clock.now())
        except DomainError as refusal:
            form.add_refusal(refusal)
        else:
            said = ngettext("%(count)s Konto ist gespeichert.", "%(count)s Konten sind gespeichert.", changed)
            messages.success(
                request, said % {"count": changed} if changed else _("Nichts hat sich geändert.")
            )
            return redirect(_HERE)
    return _page(request, members=form)


@requires(BillingPermission.MANAGE_ACCOUNTS)
@require_POST
def save_income(request: HttpRequest) -> HttpResponse:
    form = IncomeAccountForm(request.POST, incomes=account_list.incomes())
    if form.is_valid():
        try:
            set_income_account(**form.chosen(), by=actor_of(request), at=clock.now())
        except DomainError as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("Das Konto ist gespeichert."))
            return redirect(_HERE)
    return _page(request, income=form)


def _page(
    request: HttpRequest,
    *,
    members: MemberAccountsForm | None = None,
    income: IncomeAccountForm | None = None,
) -> HttpResponse:
    incomes, known = account_list.incomes(), account_list.members()
    values = {
        "members": members or _members_form(request, known),
        "income": income or IncomeAccountForm(incomes=incomes, initial=_chosen(request, incomes)),
        "rows": [(title_of(found), found) for found in incomes],
        "without": sum(not account for _tenant, account in known),
        "first": account_list.FIRST_PROPOSED,
        "breadcrumb_items": [(_("Buchungen"), reverse("billing-association:postings")), (_("Konten"), "")],
    }
    return render(request, "billing_postings/accounts.html", values, status=422 if members or income else 200)


def _members_form(request: HttpRequest, known: list[tuple[Tenant, str]]) -> MemberAccountsForm:
    first = request.GET.get("vorschlag", "")
    is_number = first.isascii() and first.isdigit() and len(first) <= len("99999999")
    proposed = account_list.proposed(first=int(first)) if is_number else {}
    return MemberAccountsForm(members=known, proposed=proposed)


def _chosen(request: HttpRequest, incomes: list[account_list.Income]) -> dict[str, str]:
    target = request.GET.get("ziel", "")
    for income in incomes:
        if income.target == target:
            row = income.row
            kept = {"account": row.account, "tax_key": row.tax_key, "product": row.product} if row else {}
            return {"target": target, **kept}
    return {}
