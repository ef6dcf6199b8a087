# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Corrections of earlier months: all of them, one with what it comes to, and the second person's decision."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from billing.board.tabs import finance_tabs
from billing.closing.adjusting import approve_adjustment, withdraw_adjustment
from billing.closing.effects import Effect, effects_of
from billing.closing.late import late_usage, left_out
from billing.closing.listing_adjustments import Stand, adjustments, find_adjustment, stand_of, waiting_count
from billing.closing.models import Adjustment
from billing.closing.periods import month_of
from billing.forms import month_text
from billing.permissions import BillingPermission
from verbund.accounts.access import requires, requires_fresh_factor, signed_in
from verbund.accounts.api import actor_of, names_of
from verbund.kernel import clock
from verbund.kernel.errors import DomainError, NotFound
from verbund.metering.queries import label_of, unit_of
from verbund.web.forms import Form
from verbund.web.pagination import page_of
from verbund.web.texts import day_text, euro_text, moment_text, number_text

_METHODS = ["GET", "HEAD", "POST"]
LATE = "nachzuegler"


@requires(BillingPermission.READ_PERIODS)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Corrections so far as the address asks for, or what came late and nobody has decided about."""
    asked = request.GET.get("stand", Stand.WAITING)
    late = late_usage()
    is_late = asked == LATE
    stand = Stand(asked) if asked in set(Stand) else Stand.WAITING
    rows: Any = late if is_late else adjustments(stand)
    page = page_of(request, rows)
    return render(
        request,
        "billing/books/corrections.html",
        {
            "page": page,
            "is_late": is_late,
            "rows": [_late_row(one) if is_late else _row(one) for one in page.object_list],
            "left_out": [_late_row(one) for one in left_out()] if is_late else [],
            "tabs": _tabs(LATE if is_late else stand, len(late)),
            "may_correct": actor_of(request).may(BillingPermission.CORRECT),
            "finance_tabs": finance_tabs(request, "corrections"),
        },
    )


@requires(BillingPermission.READ_PERIODS)
@require_safe
def correction(request: HttpRequest, adjustment_id: int) -> HttpResponse:
    """One correction: what, why, by whom, and each member's difference."""
    found = find_adjustment(adjustment_id)
    stand = stand_of(found)
    effects, problem = _effects(found, stand)
    may = actor_of(request).may(BillingPermission.CORRECT)
    return render(
        request,
        "billing/books/correction.html",
        {
            "adjustment": found,
            "title": _title(found),
            "facts": _facts(found),
            "stand": _stand_text(stand),
            "is_waiting": stand is Stand.WAITING and may,
            "is_own": found.requested_by == signed_in(request).pk,
            "effects": effects,
            "total": sum(effect.cents for effect in effects),
            "problem": problem,
            "breadcrumb_items": way((_title(found), "")),
        },
    )


@requires(BillingPermission.CORRECT)
@requires_fresh_factor
@require_http_methods(_METHODS)
def approve(request: HttpRequest, adjustment_id: int) -> HttpResponse:
    """The second person; whoever asked for it is refused with the reason."""
    return _decided(request, adjustment_id, is_approval=True)


@requires(BillingPermission.CORRECT)
@require_http_methods(_METHODS)
def withdraw(request: HttpRequest, adjustment_id: int) -> HttpResponse:
    return _decided(request, adjustment_id, is_approval=False)


def way(*below: tuple[str, str]) -> list[tuple[str, str]]:
    """The way to what is below the list."""
    return [
        (_("Finanzen"), reverse("billing-association:months")),
        (_("Berichtigungen"), reverse("billing-association:corrections")),
        *below,
    ]


def _decided(request: HttpRequest, adjustment_id: int, *, is_approval: bool) -> HttpResponse:
    found = find_adjustment(adjustment_id)
    if stand_of(found) is not Stand.WAITING:
        raise NotFound
    form = Form(request.POST if request.method == "POST" else None)
    page = reverse("billing-association:correction", kwargs={"adjustment_id": adjustment_id})
    if request.method == "POST" and form.is_valid():
        service = approve_adjustment if is_approval else withdraw_adjustment
        try:
            service(adjustment_id=adjustment_id, by=actor_of(request), at=clock.now())
        except DomainError as refusal:
            form.add_refusal(refusal)
        else:
            done = (
                _("Die Berichtigung ist genehmigt.")
                if is_approval
                else _("Die Berichtigung ist zurückgezogen.")
            )
            messages.success(request, done)
            return redirect(page)
    title = _("Berichtigung genehmigen") if is_approval else _("Berichtigung zurückziehen")
    effect = (
        _("Die Beträge gehen in die Abrechnung %(month)s ein. Das lässt sich nicht zurücknehmen.")
        if is_approval
        else _("Sie geht in keine Abrechnung ein. Beantragen Sie sie bei Bedarf neu.")
    )
    return render(
        request,
        "billing/books/correction_decision.html",
        {
            "title": title,
            "what": _title(found),
            "facts": _facts(found),
            "effect": effect % {"month": month_text(month_of(found.period))} if is_approval else effect,
            "is_approval": is_approval,
            "form": form,
            "cancel_url": page,
            "breadcrumb_items": way((_title(found), page), (title, "")),
        },
    )


def _effects(found: Adjustment, stand: Stand) -> tuple[list[Effect], str]:
    """Each member's difference, or why it cannot be told; what was withdrawn has none."""
    if stand is Stand.WITHDRAWN:
        return [], ""
    try:
        return list(effects_of(found)), ""
    except DomainError as refusal:
        return [], refusal.message


def _tabs(current: str, late: int) -> list[dict[str, Any]]:
    page = reverse("billing-association:corrections")
    counts = {Stand.WAITING.value: waiting_count(), LATE: late}
    return [
        {
            "label": label,
            "url": f"{page}?stand={name}",
            "is_current": name == current,
            "count": counts.get(name) or "",
        }
        for name, label in (
            (Stand.WAITING.value, _("Warten auf eine zweite Person")),
            (LATE, _("Nachzügler")),
            (Stand.APPROVED.value, _("Genehmigt")),
            (Stand.BOOKED.value, _("Gebucht")),
            (Stand.WITHDRAWN.value, _("Zurückgezogen")),
        )
    ]


def _row(found: Adjustment) -> dict[str, Any]:
    return {
        "url": reverse("billing-association:correction", kwargs={"adjustment_id": found.pk}),
        "title": _title(found),
        "origin": month_text(month_of(found.origin)),
        "period": month_text(month_of(found.period)),
        "amount": _amount(found),
        "reason": found.reason,
    }


def _late_row(found: Any) -> dict[str, Any]:
    kwargs = {"month": str(found.period), "slug": found.tenant.slug, "meter": found.meter}
    return {
        "url": reverse("billing-association:late", kwargs=kwargs),
        "reopen_url": reverse("billing-association:late-reopen", kwargs=kwargs),
        "title": f"{found.tenant.name}: {found.label}",
        "origin": month_text(found.period),
        "amount": f"{number_text(found.quantity)} {found.unit}",
        "received": moment_text(found.received_at),
    }


def _title(found: Adjustment) -> str:
    if found.cost_centre is not None:
        return found.cost_centre.title
    what = found.service.title if found.service is not None else label_of(found.meter)
    return f"{found.tenant.name}: {what}" if found.tenant is not None else what


def _amount(found: Adjustment) -> str:
    if found.quantity is not None:
        sign = "+" if found.quantity > 0 else ""
        return f"{sign}{number_text(found.quantity)} {unit_of(found.meter)}"
    cents = found.cents or 0
    return ("+" if cents > 0 else "") + euro_text(cents)


def _facts(found: Adjustment) -> list[tuple[str, str]]:
    names = names_of({person for person in (found.requested_by, found.approved_by) if person is not None})
    unknown = _("nicht mehr bekannt")
    facts = [
        (_("Berichtigter Monat"), month_text(month_of(found.origin))),
        (_("Gebucht im Monat"), month_text(month_of(found.period))),
        (_("Unterschied"), _amount(found)),
        (_("Grund"), found.reason),
        (
            _("Beantragt"),
            f"{moment_text(found.requested_at)}, {names.get(found.requested_by, unknown)}",
        ),
    ]
    if found.day is not None:
        facts.insert(1, (_("Tag"), day_text(found.day)))
    if found.approved_at is not None and found.approved_by is not None:
        facts.append(
            (_("Genehmigt"), f"{moment_text(found.approved_at)}, {names.get(found.approved_by, unknown)}")
        )
    if found.withdrawn_at is not None:
        facts.append((_("Zurückgezogen"), moment_text(found.withdrawn_at)))
    return facts


def _stand_text(stand: Stand) -> str:
    return {
        Stand.WAITING: _("Wartet auf eine zweite Person."),
        Stand.APPROVED: _("Genehmigt; wird mit ihrem Monat berechnet."),
        Stand.BOOKED: _("Gebucht."),
        Stand.WITHDRAWN: _("Zurückgezogen."),
    }[stand]
