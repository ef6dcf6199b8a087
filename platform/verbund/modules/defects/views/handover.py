# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages on which a report is given to another municipality, kept after all, or given back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from verbund.accounts.access import requires
from verbund.accounts.api import actor_of
from verbund.exchange.api import Partner
from verbund.kernel import clock
from verbund.kernel.errors import DomainError
from verbund.modules.defects import handing_over
from verbund.modules.defects.access import get_report_for
from verbund.modules.defects.forms_handover import HandbackForm, HandoverForm
from verbund.modules.defects.models import Report
from verbund.modules.defects.permissions import DefectsPermission
from verbund.modules.defects.travelling_photos import travelling


@require_http_methods(["GET", "HEAD", "POST"])
@requires(DefectsPermission.ANSWER)
def give(request: HttpRequest, reference: str) -> HttpResponse:
    """Choose, look at what travels, hand over: the second press does it."""
    by = actor_of(request)
    report = get_report_for(by, reference)
    partners = handing_over.neighbours(report)
    form = HandoverForm(
        request.POST or None,
        partners=partners,
        has_reporter=handing_over.has_reporter(report) and by.may(DefectsPermission.CONTACT),
    )
    is_chosen = request.method == "POST" and form.is_valid()
    if is_chosen and request.POST.get("aktion") == "abgeben":
        try:
            handover = handing_over.hand_over(reference=reference, **form.cleaned_data, by=by, at=clock.now())
        except DomainError as refusal:
            form.add_refusal(refusal)
            is_chosen = False
        else:
            text = _("Die Meldung geht in zehn Minuten an %(name)s. Bis dahin können Sie sie behalten.")
            messages.success(request, text % {"name": handover.partner_name})
            return _back(reference)
    values = {
        "report": report,
        "form": form,
        "partners": partners,
        "is_possible": handing_over.may_be_handed_over(report),
        "chosen": _chosen(form, partners) if is_chosen else None,
        "travels": handing_over.travels(report),
        "photos": travelling(report),
        "photos_here": report.photos.filter(released_at=None).count(),
        "breadcrumb_items": _way(report),
    }
    return render(request, "defects/staff/hand_over.html", values, status=422 if form.errors else 200)


@require_POST
@requires(DefectsPermission.ANSWER)
def keep(request: HttpRequest, reference: str) -> HttpResponse:
    """Take it back before it has left."""
    handing_over.take_back(reference=reference, by=actor_of(request), at=clock.now())
    messages.success(request, _("Die Meldung bleibt bei Ihnen."))
    return _back(reference)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(DefectsPermission.ANSWER)
def give_back(request: HttpRequest, reference: str) -> HttpResponse:
    """Say why it is not ours, and return it."""
    by = actor_of(request)
    report = get_report_for(by, reference)
    form = HandbackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            handover = handing_over.hand_back(
                reference=reference, reason=form.cleaned_data["reason"], by=by, at=clock.now()
            )
        except DomainError as refusal:
            form.add_refusal(refusal)
        else:
            text = _("Die Meldung geht zurück an %(name)s.") % {"name": handover.partner_name}
            messages.success(request, text)
            return _back(reference)
    values = {
        "report": report,
        "form": form,
        "handover": handing_over.latest_handover(report),
        "breadcrumb_items": _way(report),
    }
    return render(request, "defects/staff/hand_back.html", values, status=422 if form.errors else 200)


def _chosen(form: HandoverForm, partners: list[Partner]) -> Partner | None:
    return next((found for found in partners if found.number == form.cleaned_data["partner"]), None)


def _back(reference: str) -> HttpResponse:
    return redirect("defects-staff:report", reference=reference)


def _way(report: Report) -> list[tuple[str, str]]:
    return [
        (_("Mängel"), reverse("defects-staff:list")),
        (report.reference, reverse("defects-staff:report", kwargs={"reference": report.reference})),
        (_("Abgeben"), ""),
    ]
