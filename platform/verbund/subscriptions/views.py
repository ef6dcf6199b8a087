# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages of subscriptions: ask, confirm, change, pause, end; all but the first by the secret link from a mail."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from verbund.kernel import clock
from verbund.kernel.actors import CITIZEN
from verbund.kernel.errors import DomainError
from verbund.subscriptions import areas, limits, services
from verbund.subscriptions.errors import LinkUnknown
from verbund.subscriptions.forms import AskForm, PointForm, WishForm
from verbund.subscriptions.models import Rhythm, Subscription
from verbund.subscriptions.topics import active_topics
from verbund.web.limits import TooManyRequests, with_wait


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for a subscription; the answer is the same whether the mailbox is known or not."""
    form = AskForm(request.POST or None, initial=_initial(request))
    if request.method == "POST" and form.is_valid() and form.wish is not None:
        try:
            limits.ASKING.spend_for(request)
            services.ask(email=form.cleaned_data["email"], wish=form.wish, by=CITIZEN, at=clock.now())
        except DomainError as refusal:
            form.add_refusal(refusal)
        else:
            return redirect("subscriptions:asked")
    values = {"form": form, "topics": active_topics(), "breadcrumb_items": _way()}
    response = render(request, "subscriptions/ask.html", values, status=422 if form.errors else 200)
    return with_wait(response, form.refusal)


@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    values = {"days": services.VALID.days, "breadcrumb_items": _way()}
    return render(request, "subscriptions/asked.html", values)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def manage(request: HttpRequest, secret: str) -> HttpResponse:
    """The subscription behind the link. Opening it changes nothing: programs that check mails open links too."""
    try:
        row = services.subscription_of(secret=secret, at=clock.now())
        if row.confirmed_at is None:
            return _page(request, "subscriptions/confirm.html", row)
        form = WishForm(request.POST or None, row=row)
        if request.method == "POST" and form.is_valid() and _change(request, form, secret):
            messages.success(request, _("Ihr Abonnement ist geändert."))
            return redirect("subscriptions:manage", secret=secret)
    except LinkUnknown as unknown:
        return _gone(request, unknown)
    response = _page(request, "subscriptions/manage.html", row, form=form)
    response.status_code = 422 if form.errors else 200
    return with_wait(response, form.refusal)


@never_cache
@require_POST
def confirm(request: HttpRequest, secret: str) -> HttpResponse:
    """The mailbox's owner wants it."""
    try:
        services.confirm(secret=secret, by=CITIZEN, at=clock.now())
    except LinkUnknown as unknown:
        return _gone(request, unknown)
    messages.success(request, _("Vielen Dank. Ihr Abonnement ist bestätigt."))
    return redirect("subscriptions:manage", secret=secret)


@never_cache
@require_POST
def pause(request: HttpRequest, secret: str) -> HttpResponse:
    """Stop for a while, or go on."""
    is_paused = request.POST.get("pause") == "an"
    try:
        services.pause(secret=secret, is_paused=is_paused, by=CITIZEN, at=clock.now())
    except LinkUnknown as unknown:
        return _gone(request, unknown)
    told = (
        _("Ihr Abonnement ist pausiert. Wir schreiben Ihnen nicht, bis Sie es fortsetzen.")
        if is_paused
        else _("Ihr Abonnement läuft wieder.")
    )
    messages.success(request, told)
    return redirect("subscriptions:manage", secret=secret)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, secret: str) -> HttpResponse:
    """End it. Mail programs post here without session and token (RFC 8058), as often as they like; the secret is enough."""
    if request.method == "POST":
        services.unsubscribe(secret=secret, by=CITIZEN, at=clock.now())
        return _hidden(render(request, "subscriptions/ended.html", {"breadcrumb_items": _way()}))
    try:
        row = services.subscription_of(secret=secret, at=clock.now())
    except LinkUnknown as unknown:
        return _gone(request, unknown)
    return _page(request, "subscriptions/unsubscribe.html", row)


def _change(request: HttpRequest, form: WishForm, secret: str) -> bool:
    """Whether it was changed; otherwise the form says why not."""
    if form.wish is None:
        return False
    try:
        limits.CHANGING.spend_for(request)
    except TooManyRequests as refusal:
        form.add_refusal(refusal)
        return False
    services.change(secret=secret, wish=form.wish, by=CITIZEN, at=clock.now())
    return True


def _initial(request: HttpRequest) -> dict[str, Any]:
    """The address at the point a link from another page names."""
    point = PointForm(request.GET)
    if request.method == "POST" or not point.is_valid():
        return {}
    return {"address": areas.address_at(point.cleaned_data["lat"], point.cleaned_data["lon"])}


def _page(request: HttpRequest, template: str, row: Subscription, **values: Any) -> HttpResponse:
    name, _at, host = (row.email or "").rpartition("@")
    shown = {
        "row": row,
        "email": f"{name[:1]}…@{host}",
        "facts": _facts(row),
        "days": services.VALID.days,
        "breadcrumb_items": _way(),
        **values,
    }
    return _hidden(render(request, template, shown))


def _facts(row: Subscription) -> list[tuple[str, str]]:
    chosen = [str(label) for slug, label in active_topics().items() if slug in row.topics]
    return [
        (_("Gebiet"), areas.name_of(row)),
        (_("Themen"), ", ".join(chosen) or _("keine")),
        (_("Wie oft"), str(Rhythm(row.rhythm).label)),
    ]


def _gone(request: HttpRequest, unknown: LinkUnknown) -> HttpResponse:
    values = {"reason": unknown.message, "breadcrumb_items": _way()}
    return _hidden(render(request, "subscriptions/gone.html", values, status=unknown.status))


def _way() -> list[tuple[str, str]]:
    return [(_("Startseite"), "/"), (_("Mein Ort"), "")]


def _hidden(response: HttpResponse) -> HttpResponse:
    """The address is a secret: it goes to no other host and no search engine.

    Not `no-referrer`: with it browsers hide the origin of the form too, which then looks forged.
    """
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex"
    return response
