# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages about postings: what is waiting, what was exported, and the profiles."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from billing.board.tabs import finance_tabs
from billing.permissions import BillingPermission
from billing.postings.account_list import missing
from billing.postings.exporting import batch_of, billed_months, export
from billing.postings.forms import DatevForm, ExportForm, TableForm
from billing.postings.mapping import (
    AMOUNT_FORMATS,
    AMOUNT_SOURCES,
    CONSTANT,
    DAY_FORMATS,
    DAY_SOURCES,
    SOURCES,
)
from billing.postings.models import PostingBatch
from billing.postings.profiles import DATEV, NamedProfile, check_profile, profile_of, profiles, save_profile
from billing.postings.showing import shown
from verbund.accounts.access import requires
from verbund.accounts.api import actor_of
from verbund.kernel import clock
from verbund.kernel.errors import DomainError
from verbund.metering.periods import parse_period
from verbund.web.pagination import page_of

_SAVE = "speichern"


@requires(BillingPermission.READ_ACCOUNTS)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    return _page(request, None)


@requires(BillingPermission.MANAGE_ACCOUNTS)
@require_POST
def make(request: HttpRequest) -> HttpResponse:
    """Export what is waiting; the files stand in the list afterwards."""
    form = ExportForm(request.POST, profiles=profiles(), months=billed_months())
    if form.is_valid():
        month = parse_period(form.cleaned_data["month"]).first
        try:
            made = export(
                month=month, profile=form.cleaned_data["profile"], by=actor_of(request), at=clock.now()
            )
        except DomainError as refusal:
            form.add_error(None, refusal.message)
        else:
            if made:
                said = ngettext(
                    "%(count)s Datei ist ausgegeben.", "%(count)s Dateien sind ausgegeben.", len(made)
                )
                messages.success(request, said % {"count": len(made)})
            else:
                messages.info(request, _("Nichts Neues: Alle Belege dieses Monats sind schon ausgegeben."))
            return redirect("billing-association:postings")
    return _page(request, form)


@requires(BillingPermission.READ_ACCOUNTS)
@require_safe
def download(_request: HttpRequest, number: int) -> HttpResponse:
    """A file as it was handed out, byte for byte."""
    batch = batch_of(number)
    return HttpResponse(
        bytes(batch.content),
        content_type="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{batch.filename}"'},
    )


@requires(BillingPermission.MANAGE_ACCOUNTS)
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest, slug: str) -> HttpResponse:
    """Change a profile and see what it makes of one's own documents; only the button "Speichern" keeps it."""
    found = profile_of(slug)
    kind = DatevForm if found.definition.form == DATEV else TableForm
    form = kind(request.POST if request.method == "POST" else None, initial=kind.initial_of(found))
    if request.method == "POST" and form.is_valid():
        wanted = NamedProfile(
            slug=slug, title=form.cleaned_data["title"], definition=form.definition(found.definition)
        )
        try:
            _judge(wanted, request, is_kept=request.POST.get("aktion") == _SAVE)
        except DomainError as refusal:
            form.add_refusal(refusal)
        else:
            if request.POST.get("aktion") == _SAVE:
                messages.success(request, _("Das Profil ist gespeichert."))
                return redirect("billing-association:profile", slug=slug)
            found = wanted
    way = [(_("Buchungen"), reverse("billing-association:postings")), (found.title, "")]
    return render(
        request,
        "billing_postings/profile.html",
        {
            "profile": found,
            "form": form,
            "shown": shown(found),
            "is_table": kind is TableForm,
            "sources": _sources(),
            "breadcrumb_items": way,
        },
        status=422 if form.errors else 200,
    )


def _judge(wanted: NamedProfile, request: HttpRequest, *, is_kept: bool) -> None:
    if is_kept:
        save_profile(
            slug=wanted.slug,
            title=wanted.title,
            definition=wanted.definition,
            by=actor_of(request),
            at=clock.now(),
        )
    else:
        check_profile(title=wanted.title, definition=wanted.definition)


def _sources() -> list[tuple[str, str]]:
    """What a column may hold, and how it is written then."""
    forms = {name: ", ".join(DAY_FORMATS) for name in DAY_SOURCES} | {
        name: ", ".join(AMOUNT_FORMATS) for name in AMOUNT_SOURCES
    }
    length = _("größte Länge als Zahl, oder nichts")
    return [*((name, forms.get(name, length)) for name in SOURCES), (CONSTANT, _("der Text selbst"))]


def _page(request: HttpRequest, form: ExportForm | None) -> HttpResponse:
    known, months = profiles(), billed_months()
    return render(
        request,
        "billing_postings/overview.html",
        {
            "form": form
            or ExportForm(profiles=known, months=months, initial={"month": request.GET.get("month", "")}),
            "has_months": bool(months),
            "profiles": known,
            "missing": missing(),
            "page": page_of(request, PostingBatch.objects.defer("content")),
            "finance_tabs": finance_tabs(request, "postings"),
            "may_manage": actor_of(request).may(BillingPermission.MANAGE_ACCOUNTS),
        },
        status=422 if form is not None else 200,
    )
