# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Offers to the archive: the list, one of them with its answer, its file, and whether a kind is offered at all."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count, Q
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from verbund.accounts.access import requires
from verbund.accounts.api import actor_of
from verbund.kernel import clock
from verbund.kernel.errors import Invalid
from verbund.privacy.offers.deciding import note_answer, note_handover
from verbund.privacy.offers.duties import change_duty, obligation_of
from verbund.privacy.offers.exporting import export
from verbund.privacy.offers.forms import AnswerForm, DutyForm
from verbund.privacy.offers.models import Choice, Offer
from verbund.privacy.offers.offering import not_offered, offer_now
from verbund.privacy.periods.counting import all_rules, rule_of, rules
from verbund.privacy.permissions import PrivacyPermission

_MOST = 50


@requires(PrivacyPermission.PERIODS)
@require_safe
def offers(request: HttpRequest) -> HttpResponse:
    """Every kind with what waits to be offered, and the offers with the days until which the archive may choose."""
    now = clock.now()
    labels = {slug: rule.label for slug, rule in all_rules().items()}
    counted = Offer.objects.annotate(
        count=Count("records"), taken=Count("records", filter=Q(records__choice=Choice.TAKEN))
    )
    kinds = [
        {
            "rule": rule,
            "obligation": obligation_of(rule),
            "waiting": not_offered(rule, at=now).count() if obligation_of(rule).is_offered else 0,
        }
        for rule in rules().values()
        if rule.exhibit
    ]
    rows = [{"offer": offer, "label": labels.get(offer.slug, offer.slug)} for offer in counted[:_MOST]]
    values = {"kinds": kinds, "offers": rows, "today": clock.today(), "breadcrumb_items": _way()}
    return render(request, "privacy_offers/offers.html", values)


@requires(PrivacyPermission.PERIODS)
@require_POST
def make(request: HttpRequest, slug: str) -> HttpResponse:
    offer = offer_now(slug=slug, by=actor_of(request), at=clock.now())
    count = offer.records.count()
    messages.success(
        request,
        ngettext("%(count)s Unterlage ist angeboten.", "%(count)s Unterlagen sind angeboten.", count)
        % {"count": count},
    )
    return redirect("privacy-staff:offer", number=offer.number)


@requires(PrivacyPermission.PERIODS)
@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: HttpRequest, number: int) -> HttpResponse:
    """One offer; the answer of the archive is noted here."""
    found = get_object_or_404(Offer, number=number)
    # An answer without any record is one too: everything is released.
    form = AnswerForm(request.POST if request.method == "POST" else None, offer=found)
    if request.method == "POST" and form.is_valid():
        try:
            note_answer(number=number, taken=form.cleaned_data["taken"], by=actor_of(request), at=clock.now())
        except Invalid as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("Die Antwort des Archivs ist eingetragen."))
            return redirect("privacy-staff:offer", number=number)
    records = list(found.records.all())
    values = {
        "offer": found,
        "records": records,
        "label": rule_of(found.slug).label,
        "is_over": found.answer_by < clock.today(),
        "taken": sum(record.choice == Choice.TAKEN for record in records),
        "form": form,
        "breadcrumb_items": [*_way(), (found.reference, "")],
    }
    return render(request, "privacy_offers/offer.html", values, status=422 if form.errors else 200)


@requires(PrivacyPermission.PERIODS)
@require_POST
def hand_over(request: HttpRequest, number: int) -> HttpResponse:
    note_handover(number=number, by=actor_of(request), at=clock.now())
    messages.success(request, _("Die Übergabe ist eingetragen. Was übernommen ist, wird hier gelöscht."))
    return redirect("privacy-staff:offer", number=number)


@requires(PrivacyPermission.PERIODS)
@require_safe
def download(request: HttpRequest, number: int) -> FileResponse:
    made = export(number=number, by=actor_of(request), at=clock.now())
    return FileResponse(
        made, as_attachment=True, filename=f"anbietung-{number}.zip", content_type="application/zip"
    )


@requires(PrivacyPermission.PERIODS)
@require_http_methods(["GET", "HEAD", "POST"])
def duty(request: HttpRequest, slug: str) -> HttpResponse:
    rule = rule_of(slug)
    obligation = obligation_of(rule)
    initial = {"is_offered": obligation.is_offered, "months": obligation.months}
    form = DutyForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            change_duty(slug=slug, **form.cleaned_data, by=actor_of(request), at=clock.now())
        except Invalid as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("Gespeichert."))
            return redirect("privacy-staff:offers")
    values = {"rule": rule, "form": form, "breadcrumb_items": [*_way(), (rule.label, "")]}
    return render(request, "privacy_offers/duty.html", values, status=422 if form.errors else 200)


def _way() -> list[tuple[str, str]]:
    return [
        (_("Fristen"), reverse("privacy-staff:periods")),
        (_("Anbietung an das Archiv"), reverse("privacy-staff:offers")),
    ]
