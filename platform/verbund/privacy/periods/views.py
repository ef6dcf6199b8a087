# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The periods of a municipality with what they would delete, and the hold on a single case."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from verbund.accounts.access import requires
from verbund.accounts.api import actor_of
from verbund.cases.access import case_for, may_change
from verbund.cases.errors import MayNotChange
from verbund.cases.kinds import kind_of, path_of
from verbund.cases.models import Case
from verbund.kernel import clock
from verbund.kernel.errors import Invalid
from verbund.privacy.offers.offering import waiting
from verbund.privacy.periods.changing import change_period
from verbund.privacy.periods.counting import due, in_words, rule_of, rules
from verbund.privacy.periods.forms import HoldForm, PeriodForm
from verbund.privacy.periods.holding import hold_case, hold_of, release_case
from verbund.privacy.periods.models import Why
from verbund.privacy.periods.showing import held_rows, latest_deletions
from verbund.privacy.permissions import PrivacyPermission


@requires(PrivacyPermission.READ)
@require_safe
def periods(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    chosen = list(rules().values())
    values = {
        "rows": list(zip(due(chosen, at=now), (waiting(rule, at=now) for rule in chosen), strict=True)),
        "held": held_rows(actor_of(request), on=clock.today()),
        "deleted": latest_deletions(),
        "breadcrumb_items": [(_("Datenschutz"), reverse("privacy-staff:record")), (_("Fristen"), "")],
    }
    return render(request, "privacy_periods/periods.html", values)


@requires(PrivacyPermission.PERIODS)
@require_http_methods(["GET", "HEAD", "POST"])
def period(request: HttpRequest, slug: str) -> HttpResponse:
    rule, now = rule_of(slug), clock.now()
    shown = due([rule], at=now)[0]
    form = PeriodForm(request.POST or None, initial={"months": shown.shorter_months or shown.months})
    if request.method == "POST" and form.is_valid():
        try:
            change_period(slug=slug, **form.cleaned_data, by=actor_of(request), at=now)
        except Invalid as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("Die Aufbewahrungsfrist ist gespeichert."))
            return redirect("privacy-staff:periods")
    values = {
        "form": form,
        "rule": rule,
        "shown": shown,
        "bounds": {"shortest": in_words(rule.shortest), "longest": in_words(rule.longest)},
        "breadcrumb_items": [(_("Fristen"), reverse("privacy-staff:periods")), (rule.label, "")],
    }
    return render(request, "privacy_periods/period.html", values, status=422 if form.errors else 200)


@requires()
@require_http_methods(["GET", "HEAD", "POST"])
def hold(request: HttpRequest, reference: str) -> HttpResponse:
    by = actor_of(request)
    case = _case(request, reference)
    held = hold_of(reference, on=clock.today())
    initial = {"why": held.why, "until_on": held.until_on} if held else {}
    form = HoldForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        try:
            hold_case(
                reference=reference,
                why=Why(chosen["why"]),
                until_on=chosen["until_on"],
                by=by,
                at=clock.now(),
            )
        except Invalid as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("Die Löschung ist angehalten."))
            return _back(case)
    values = {
        "case": case,
        "form": form,
        "case_url": path_of(kind_of(case.kind), reference),
        "breadcrumb_items": [
            (reference, path_of(kind_of(case.kind), reference)),
            (_("Löschung anhalten"), ""),
        ],
    }
    return render(request, "privacy_periods/hold.html", values, status=422 if form.errors else 200)


@requires()
@require_POST
def release(request: HttpRequest, reference: str) -> HttpResponse:
    case = _case(request, reference)
    release_case(reference=reference, by=actor_of(request), at=clock.now())
    messages.success(request, _("Ab jetzt gilt wieder die übliche Frist."))
    return _back(case)


def _case(request: HttpRequest, reference: str) -> Case:
    """The case, if it is this person's to work on."""
    by = actor_of(request)
    case = case_for(reference, by)
    if not may_change(case, by):
        raise MayNotChange
    return case


def _back(case: Case) -> HttpResponse:
    return HttpResponseRedirect(path_of(kind_of(case.kind), case.reference))
