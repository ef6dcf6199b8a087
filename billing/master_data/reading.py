# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tables that are looked at first and then taken: details of all members, and inhabitants by municipality."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from billing import population
from billing.allocation.keys import INHABITANTS
from billing.issuing import recipients_file
from billing.master_data.forms import LinesForm, PopulationForm
from billing.master_data.members import LIST, way_to
from billing.models import FigureSnapshot
from billing.permissions import BillingPermission
from verbund.accounts.access import requires
from verbund.accounts.api import actor_of
from verbund.kernel import clock
from verbund.kernel.errors import DomainError
from verbund.web.texts import day_text, number_text

_METHODS = ["GET", "HEAD", "POST"]
_TAKE = "einlesen"


@requires(BillingPermission.EDIT_COSTS)
@require_http_methods(_METHODS)
def read_members(request: HttpRequest) -> HttpResponse:
    """Only the button "Einlesen" keeps anything; the other shows what it would do."""
    form = LinesForm(request.POST or None, request.FILES or None)
    taken: recipients_file.Taken | None = None
    if request.method == "POST" and form.is_valid():
        is_dry_run = request.POST.get("aktion") != _TAKE
        form = form.with_lines()
        try:
            taken = recipients_file.take_recipients(
                content=form.data["content"].encode(),
                is_dry_run=is_dry_run,
                by=actor_of(request),
                at=clock.now(),
            )
        except DomainError as refusal:
            form.add_error(None, refusal.message)
        else:
            if not is_dry_run:
                messages.success(request, _("Eingelesen: %(count)s geändert.") % {"count": taken.changed})
                return redirect(LIST)
    figures = (
        [
            (_("geändert"), number_text(taken.changed)),
            (_("unverändert"), number_text(taken.same)),
            (_("ohne Angaben"), number_text(len(taken.missing))),
        ]
        if taken
        else []
    )
    values = {
        "form": form,
        "taken": taken,
        "figures": figures,
        "columns": ";".join(recipients_file.COLUMNS.values()),
        "list_url": reverse(LIST),
        "breadcrumb_items": way_to(_("Mitglieder einlesen")),
    }
    return render(
        request, "billing/master_data/read_members.html", values, status=422 if form.errors else 200
    )


@requires(BillingPermission.EDIT_COSTS)
@require_http_methods(_METHODS)
def read_population(request: HttpRequest) -> HttpResponse:
    """The series that are there, and a file that becomes a new one; none is ever changed."""
    form = PopulationForm(request.POST or None, request.FILES or None)
    taken: population.Taken | None = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        content, day, census = given["file"].read(), given["reference_date"], given["census"]
        try:
            if request.POST.get("aktion") == _TAKE:
                taken = population.read_population(
                    content=content,
                    reference_date=day,
                    census=census,
                    source=given["source"],
                    by=actor_of(request),
                    at=clock.now(),
                )
                messages.success(
                    request, _("Die Einwohnerzahlen vom %(day)s sind da.") % {"day": day_text(day)}
                )
                return redirect("billing-association:population")
            taken = population.look_at(
                content=content, reference_date=day, census=census, today=clock.today()
            )
        except DomainError as refusal:
            form.add_refusal(refusal)
    figures = (
        [
            (_("Gemeinden"), number_text(taken.municipalities)),
            (_("Einwohner"), number_text(taken.inhabitants)),
            (_("übergangene Summenzeilen"), number_text(taken.passed_over)),
        ]
        if taken
        else []
    )
    values = {
        "form": form,
        "taken": taken,
        "figures": figures,
        "snapshots": FigureSnapshot.objects.filter(series=INHABITANTS),
        "list_url": reverse(LIST),
        "breadcrumb_items": way_to(_("Einwohnerzahlen")),
    }
    return render(request, "billing/master_data/population.html", values, status=422 if form.errors else 200)
