# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The operator's pages: a municipality's accesses, asking for one, fetching the link."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from verbund.accounts.access import requires, requires_fresh_factor
from verbund.accounts.api import actor_of
from verbund.kernel import clock
from verbund.kernel.context import Municipality
from verbund.kernel.errors import DomainError
from verbund.support import desk
from verbund.support.forms import AccessForm
from verbund.support.permissions import SupportPermission
from verbund.support.queries import outcome
from verbund.support.states import LINK_LIVES


@requires(SupportPermission.READ)
@require_safe
def accesses(request: HttpRequest, slug: str) -> HttpResponse:
    """What was granted there, and what is open."""
    by, now = actor_of(request), clock.now()
    municipality = desk.municipality_for(by, slug)
    rows = [
        {
            "grant": grant,
            "outcome": outcome(grant, now),
            "is_open": grant.is_open(now),
            "is_own": by.kind == "person" and str(grant.operator) == by.id,
            "is_unfinished": grant.is_open(now) or grant.is_waiting(now),
        }
        for grant in desk.grants_of(municipality)
    ]
    values = {
        "member": municipality,
        "rows": rows,
        "may_request": by.may(SupportPermission.REQUEST)
        and not any(row["is_own"] and row["is_unfinished"] for row in rows),
        "breadcrumb_items": _way(municipality),
    }
    return render(request, "support/accesses.html", values)


@requires(SupportPermission.REQUEST)
@requires_fresh_factor
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """The second factor is asked for when the form is opened, so that nothing typed is lost."""
    by = actor_of(request)
    municipality = desk.municipality_for(by, slug)
    form = AccessForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            desk.ask_for_access(municipality=municipality, **form.cleaned_data, by=by, at=clock.now())
        except DomainError as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("Der Fernzugriff ist beantragt. Die Kommune sieht es."))
            return redirect("support-association:accesses", slug=slug)
    values = {
        "form": form,
        "member": municipality,
        "breadcrumb_items": [*_way(municipality)[:-1], *_last(municipality), (_("Beantragen"), "")],
    }
    return render(request, "support/ask.html", values, status=422 if form.errors else 200)


@requires(SupportPermission.REQUEST)
@requires_fresh_factor
@never_cache
@require_POST
def link(request: HttpRequest, slug: str, grant_id: UUID) -> HttpResponse:
    """The link is shown, not followed: a form may lead to no other host."""
    by = actor_of(request)
    municipality = desk.municipality_for(by, slug)
    address = desk.fetch_link(municipality=municipality, grant_id=grant_id, by=by, at=clock.now())
    values = {
        "member": municipality,
        "address": address,
        "seconds": int(LINK_LIVES.total_seconds()),
        "breadcrumb_items": [*_way(municipality)[:-1], *_last(municipality), (_("Link"), "")],
    }
    return render(request, "support/link.html", values)


@requires(SupportPermission.REQUEST)
@require_POST
def end(request: HttpRequest, slug: str, grant_id: UUID) -> HttpResponse:
    by = actor_of(request)
    municipality = desk.municipality_for(by, slug)
    desk.end_access(municipality=municipality, grant_id=grant_id, by=by, at=clock.now())
    messages.success(request, _("Der Fernzugriff ist beendet."))
    return redirect("support-association:accesses", slug=slug)


def _way(municipality: Municipality) -> list[tuple[str, str]]:
    return [
        (_("Kommunen"), reverse("console-association:tenants")),
        (municipality.name, reverse("console-association:tenant", kwargs={"slug": municipality.slug})),
        (_("Fernzugriff"), ""),
    ]


def _last(municipality: Municipality) -> list[tuple[str, str]]:
    return [(_("Fernzugriff"), reverse("support-association:accesses", kwargs={"slug": municipality.slug}))]
