# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The steps of a month: each says what will happen, and the weighty ones ask again who it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from billing.board.addresses import breadcrumb, month_url, named_month
from billing.closing import approving, calculating, periods
from billing.closing.comparing import Comparison, compared
from billing.closing.models import BillingPeriod
from billing.closing.periods import month_of
from billing.closing.states import State
from billing.forms import month_text
from billing.permissions import BillingPermission
from verbund.accounts.access import requires, requires_fresh_factor
from verbund.accounts.api import actor_of
from verbund.kernel import clock
from verbund.kernel.errors import DomainError, NotFound
from verbund.web.confirmation import ReasonForm
from verbund.web.forms import Form

_METHODS = ["GET", "HEAD", "POST"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What a page of a step says: ``effects`` are the sentences of what happens, ``done`` what is said afterwards."""

    title: str
    effects: list[str]
    submit: str
    done: str
    kind: str = "info"
    comparison: Comparison | None = None


@requires(BillingPermission.CALCULATE)
@require_POST
def calculate(request: HttpRequest, month: str) -> HttpResponse:
    """Calculate and go back to the month; what stands in the way is said there."""
    row = named_month(month)
    try:
        found = calculating.calculate_period(
            period=month_of(row), by=actor_of(request), at=clock.now(), today=clock.today()
        )
    except DomainError as refusal:
        messages.error(request, refusal.message)
    else:
        said = (
            _("%(month)s ist berechnet: Rechenlauf %(number)s.")
            if found.is_new
            else _("%(month)s ist berechnet. Die Zahlen sind dieselben wie in Rechenlauf %(number)s.")
        )
        messages.success(request, said % {"month": month_text(month_of(row)), "number": found.run.number})
    return redirect(month_url(row))


@requires(BillingPermission.CALCULATE)
@require_http_methods(_METHODS)
def stop_waiting(request: HttpRequest, month: str) -> HttpResponse:
    row = _in_state(month, State.GRACE)
    name = month_text(month_of(row))
    wording = Wording(
        title=_("Nachfrist für %(month)s beenden") % {"month": name},
        effects=[
            _("Der Monat kann sofort berechnet werden."),
            _("Was danach noch gemeldet wird, ist eine Berichtigung im nächsten offenen Monat."),
        ],
        submit=_("Nachfrist beenden"),
        done=_("Die Nachfrist für %(month)s ist beendet.") % {"month": name},
    )
    return _step(
        request,
        row,
        wording,
        ReasonForm(request.POST or None),
        lambda given: periods.end_grace(today=clock.today(), **given),
    )


@requires(BillingPermission.CALCULATE)
@require_http_methods(_METHODS)
def discard(request: HttpRequest, month: str) -> HttpResponse:
    row = _in_state(month, State.CALCULATED)
    name = month_text(month_of(row))
    wording = Wording(
        title=_("Berechnung von %(month)s zurücknehmen") % {"month": name},
        effects=[
            _("Kosten, Schlüssel und Preise dieses Monats lassen sich wieder ändern."),
            _("Der Rechenlauf bleibt zum Vergleich erhalten."),
        ],
        submit=_("Berechnung zurücknehmen"),
        done=_("Die Berechnung von %(month)s ist zurückgenommen.") % {"month": name},
    )
    return _step(
        request,
        row,
        wording,
        ReasonForm(request.POST or None),
        lambda given: calculating.discard_calculation(**given),
    )


@requires(BillingPermission.APPROVE)
@requires_fresh_factor
@require_http_methods(_METHODS)
def approve(request: HttpRequest, month: str) -> HttpResponse:
    """The second person: what changed since the last run, then the button."""
    row = _in_state(month, State.CALCULATED)
    name = month_text(month_of(row))
    wording = Wording(
        title=_("%(month)s freigeben") % {"month": name},
        effects=[
            _("Die Kommunen sehen ab jetzt ihre Beträge für diesen Monat."),
            _("Danach können die Dokumente ausgestellt werden."),
            _("Solange keines ausgestellt ist, lässt sich die Freigabe zurücknehmen."),
        ],
        submit=_("Freigeben"),
        done=_("%(month)s ist freigegeben.") % {"month": name},
        comparison=compared(row),
    )
    return _step(
        request,
        row,
        wording,
        Form(request.POST if request.method == "POST" else None),
        lambda given: approving.approve_period(today=clock.today(), **given),
    )


@requires(BillingPermission.APPROVE)
@requires_fresh_factor
@require_http_methods(_METHODS)
def withdraw(request: HttpRequest, month: str) -> HttpResponse:
    row = _in_state(month, State.APPROVED)
    name = month_text(month_of(row))
    wording = Wording(
        title=_("Freigabe von %(month)s zurücknehmen") % {"month": name},
        effects=[
            _("Die Kommunen sehen ihre Beträge für diesen Monat nicht mehr."),
            _("Der Monat steht wieder auf „berechnet“."),
        ],
        submit=_("Freigabe zurücknehmen"),
        done=_("Die Freigabe von %(month)s ist zurückgenommen.") % {"month": name},
        kind="warning",
    )
    return _step(
        request,
        row,
        wording,
        ReasonForm(request.POST or None),
        lambda given: approving.withdraw_approval(**given),
    )


@requires(BillingPermission.CLOSE)
@requires_fresh_factor
@require_http_methods(_METHODS)
def close(request: HttpRequest, month: str) -> HttpResponse:
    row = _in_state(month, State.ISSUED)
    name = month_text(month_of(row))
    wording = Wording(
        title=_("%(month)s abschließen") % {"month": name},
        effects=[
            _("Zähler, Beträge und Fassungen dieses Monats ändern sich nie wieder."),
            _("Was später auffällt, wird im nächsten offenen Monat berichtigt."),
            _("Das lässt sich nicht zurücknehmen."),
        ],
        submit=_("Endgültig abschließen"),
        done=_("%(month)s ist abgeschlossen.") % {"month": name},
        kind="warning",
    )
    return _step(
        request,
        row,
        wording,
        Form(request.POST if request.method == "POST" else None),
        lambda given: approving.close_period(today=clock.today(), **given),
    )


def _step(
    request: HttpRequest,
    row: BillingPeriod,
    wording: Wording,
    form: Form,
    service: Callable[[dict[str, Any]], object],
) -> HttpResponse:
    """What will happen, then the form; the service gets what was filled in."""
    if request.method == "POST" and form.is_valid():
        given = {"period": month_of(row), "by": actor_of(request), "at": clock.now(), **form.cleaned_data}
        try:
            service(given)
        except DomainError as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, wording.done)
            return redirect(month_url(row))
    values = {
        "row": row,
        "form": form,
        "wording": wording,
        "comparison": wording.comparison,
        "cancel_url": month_url(row),
        "breadcrumb_items": breadcrumb(row, wording.title),
    }
    return render(request, "billing/board/decision.html", values)


def _in_state(month: str, state: State) -> BillingPeriod:
    """The month, when the step fits its state.

    Raises:
        NotFound: it does not; the page has nothing to offer then.
    """
    row = named_month(month)
    if row.state != state:
        raise NotFound
    return row
