# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Services with regimes and prices; a change is a new version from a month on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from billing.allocation import prices as engine
from billing.board.tabs import finance_tabs
from billing.books.centres import module_choices
from billing.books.price_forms import PriceForm, RegimeForm, ServiceForm
from billing.books.tiers import price_text
from billing.closing.open_months import open_months
from billing.costs.catalogue import find_service, in_force, offers
from billing.costs.models import Service
from billing.costs.structure import add_service
from billing.costs.versions import add_price_version, add_regime_version, prices_of
from billing.own_usage import countable
from billing.permissions import BillingPermission
from verbund.accounts.access import requires
from verbund.accounts.api import actor_of
from verbund.kernel import clock
from verbund.kernel.errors import DomainError
from verbund.metering.queries import label_of, unit_of
from verbund.web.forms import Form
from verbund.web.texts import number_text

_METHODS = ["GET", "HEAD", "POST"]


@requires(BillingPermission.READ_COSTS)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Every service as it is billed today."""
    found = offers(clock.today())
    rows = [
        {
            "service": offer.service,
            "regime": offer.regime.get_regime_display() if offer.regime else "",
            "prices": _sentences(offer.prices),
        }
        for offer in found
    ]
    return render(
        request,
        "billing/books/prices.html",
        {
            "rows": rows,
            "may_edit": actor_of(request).may(BillingPermission.EDIT_COSTS),
            "finance_tabs": finance_tabs(request, "prices"),
        },
    )


@requires(BillingPermission.READ_COSTS)
@require_safe
def service(request: HttpRequest, code: str) -> HttpResponse:
    """One service with every version, the newest first."""
    found = find_service(code)
    today = clock.today()
    regimes, versions = list(found.regimes.all()), list(found.prices.select_related("service"))
    return render(
        request,
        "billing/books/service.html",
        {
            "service": found,
            "module": dict(module_choices()).get(found.module, found.module) or _("alle Mitglieder"),
            "regimes": [
                {"row": row, "is_held": row.version == in_force(regimes, today)} for row in reversed(regimes)
            ],
            "versions": [
                {
                    "row": row,
                    "sentences": _sentences(prices_of(row)),
                    "is_held": row.version == in_force(versions, today),
                }
                for row in reversed(versions)
            ],
            "may_edit": actor_of(request).may(BillingPermission.EDIT_COSTS),
            "breadcrumb_items": _way((found.title, "")),
        },
    )


@requires(BillingPermission.EDIT_COSTS)
@require_http_methods(_METHODS)
def add(request: HttpRequest) -> HttpResponse:
    form = ServiceForm(request.POST or None, modules=module_choices())
    return _entered(
        request,
        form,
        lambda: add_service(**form.cleaned_data, by=actor_of(request), at=clock.now()),
        title=_("Dienst anlegen"),
        intro=_("Steuerart und Preise folgen danach als Fassungen. Kürzel und Modul bleiben so."),
    )


@requires(BillingPermission.EDIT_COSTS)
@require_http_methods(_METHODS)
def add_regime(request: HttpRequest, code: str) -> HttpResponse:
    found = find_service(code)
    form = RegimeForm(request.POST or None, initial={"valid_from": _next_month()})
    return _entered(
        request,
        form,
        lambda: (
            add_regime_version(
                service=found, **form.cleaned_data, by=actor_of(request), at=clock.now()
            ).service
        ),
        title=_("Neue Steuerart"),
        intro=_(
            "Die bisherige gilt bis dahin weiter. Wer sie ändert, kann die Monate danach nicht selbst freigeben."
        ),
        below=found,
    )


@requires(BillingPermission.EDIT_COSTS)
@require_http_methods(_METHODS)
def add_price(request: HttpRequest, code: str) -> HttpResponse:
    """What holds now stands in the fields; a month that is calculated refuses with the way out."""
    found = find_service(code)
    newest = found.prices.select_related("service").order_by("valid_from", "version").last()
    current = prices_of(newest) if newest is not None else None
    form = PriceForm(
        request.POST or None,
        meters=countable(),
        charges=len(current.charges) if current else 0,
        initial=PriceForm.initial_of(current, _next_month()),
    )
    return _entered(
        request,
        form,
        lambda: (
            add_price_version(
                service=found,
                valid_from=form.cleaned_data["valid_from"],
                source=form.cleaned_data["source"],
                definition=form.definition(),
                by=actor_of(request),
                at=clock.now(),
            ).service
        ),
        title=_("Neue Fassung der Preise"),
        intro=_(
            "Die bisherige gilt bis dahin weiter. Eine Fassung wird nie geändert; die nächste ersetzt sie."
        ),
        below=found,
    )


def _entered(
    request: HttpRequest,
    form: Form,
    enter: Callable[[], Service],
    *,
    title: str,
    intro: str,
    below: Service | None = None,
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            made = enter()
        except DomainError as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("„%(title)s“ ist eingetragen.") % {"title": made.title})
            return redirect("billing-association:service", code=made.code)
    cancel = _service_url(below) if below else reverse("billing-association:prices")
    above = [(below.title, cancel)] if below else []
    return render(
        request,
        "billing/books/price_form.html",
        {
            "title": title,
            "intro": intro,
            "service": below,
            "form": form,
            "cancel_url": cancel,
            "breadcrumb_items": _way(*above, (title, "")),
        },
    )


def _sentences(found: engine.PriceVersion | None) -> list[str]:
    """A version in words: base fee, and for each meter unit, free quantity and tiers."""
    if found is None:
        return []
    said = []
    if found.base_fee:
        said.append(_("Grundpreis: %(price)s € im Monat") % {"price": price_text(found.base_fee)})
    return said + [_charge_sentence(charge) for charge in found.charges]


def _charge_sentence(charge: engine.Charge) -> str:
    tiers = [
        _("%(price)s € bis %(limit)s") % {"price": price_text(tier.price), "limit": number_text(tier.up_to)}
        if tier.up_to is not None
        else f"{price_text(tier.price)} €"
        for tier in charge.ordered
    ]
    said = _("%(meter)s, je %(per)s %(unit)s: %(tiers)s") % {
        "meter": label_of(charge.meter),
        "per": number_text(charge.per),
        "unit": unit_of(charge.meter),
        "tiers": ", ".join(tiers),
    }
    if charge.included:
        said += _("; %(count)s im Monat frei") % {"count": number_text(charge.included)}
    if charge.scheme is engine.Scheme.VOLUME and len(charge.tiers) > 1:
        said += _("; alle zum Preis der erreichten Stufe")
    return said


def _next_month() -> date:
    """The first day of the first month that takes something in."""
    return open_months(today=clock.today())[0].first


def _service_url(found: Service) -> str:
    return reverse("billing-association:service", kwargs={"code": found.code})


def _way(*below: tuple[str, str]) -> list[tuple[Any, str]]:
    return [
        (_("Finanzen"), reverse("billing-association:months")),
        (_("Preise"), reverse("billing-association:prices")),
        *below,
    ]
