# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What citizens see: start page, texts, feedback on barriers."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from verbund.kernel import clock, context, registry
from verbund.kernel.ports import is_active
from verbund.kernel.specs import ModuleSpec
from verbund.public import pages
from verbund.public.addresses import public_path, public_shell
from verbund.public.feedback import submit_feedback
from verbund.public.forms import BarrierFeedbackForm
from verbund.public.kinds import PageKind
from verbund.subscriptions.topics import active_topics
from verbund.web.limits import Limit, TooManyRequests, with_wait
from verbund.web.markup import render as render_markup

# For each address, which many may share; nobody writes ten of these in an hour.
_FEEDBACK = Limit(name="public.barrier_feedback", most=10, seconds=3600)


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Name, greeting and an entrance for each service."""
    return render(request, "public/start.html", {"tiles": service_tiles()})


@require_safe
def legal_page(request: HttpRequest, kind: PageKind) -> HttpResponse:
    page = pages.published(kind)
    filled = pages.filled(page.body)
    return render(
        request,
        "public/legal_page.html",
        {
            "shell": public_shell(request),
            "page": page,
            "body": render_markup(filled.text),
            "feedback_url": _feedback_url(kind),
            "breadcrumb_items": [(_("Startseite"), "/"), (page.label, "")],
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def barrier_feedback(request: HttpRequest) -> HttpResponse:
    """The form for barriers; after sending, a page that thanks and can be reloaded safely."""
    form = BarrierFeedbackForm(request.POST or None, initial={"address": request.GET.get("seite", "")})
    if request.method == "POST" and form.is_valid():
        try:
            _FEEDBACK.spend_for(request)
            submit_feedback(**form.cleaned_data, at=clock.now())
        except TooManyRequests as refusal:
            form.add_refusal(refusal)
        else:
            return redirect(public_path("barrier-feedback-sent"))
    way = [
        (_("Startseite"), "/"),
        (str(PageKind.BARRIEREFREIHEIT.label), public_path("barrierefreiheit")),
        (_("Barriere melden"), ""),
    ]
    values = {"shell": public_shell(request), "form": form, "breadcrumb_items": way}
    page = render(request, "public/barrier_feedback.html", values, status=422 if form.errors else 200)
    return with_wait(page, form.refusal)


@require_safe
def barrier_feedback_sent(request: HttpRequest) -> HttpResponse:
    return render(request, "public/barrier_feedback_sent.html", {"shell": public_shell(request)})


@require_safe
def robots(_request: HttpRequest) -> HttpResponse:
    """Search engines may read what citizens may read."""
    lines = ["User-agent: *", "Disallow: /verwaltung/", "Disallow: /konto/", "Disallow: /api/", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def service_tiles() -> list[dict[str, Any]]:
    """An entrance for each public navigation entry that says what it is for, else for the module's start."""
    scope = context.current()
    tiles: list[tuple[tuple[int, str], dict[str, Any]]] = []
    for spec in registry.modules():
        if is_active(scope, spec.slug):
            tiles.extend(_tiles_of(spec))
    if active_topics():
        tiles.append(((900, ""), _local_news()))
    return [tile for _order, tile in sorted(tiles, key=lambda entry: entry[0])]


def _local_news() -> dict[str, Any]:
    return {
        "label": _("Mein Ort"),
        "description": _("Neuigkeiten aus Ihrer Umgebung per E-Mail, sofort oder einmal in der Woche."),
        "url": reverse("subscriptions:ask", urlconf="verbund.config.urls.municipality"),
    }


def _tiles_of(spec: ModuleSpec) -> list[tuple[tuple[int, str], dict[str, Any]]]:
    entries = [
        (item.order, item.label, item.description, item.url_name)
        for item in spec.navigation
        if item.area == "public" and item.description
    ]
    if not entries and spec.start_url_name:
        entries = [(100, spec.label, spec.description, spec.start_url_name)]
    found = []
    for order, label, description, url_name in entries:
        try:
            url = reverse(url_name, urlconf="verbund.config.urls.municipality")
        except NoReverseMatch:
            continue
        found.append(((order, url_name), {"label": label, "description": description, "url": url}))
    return found


def _feedback_url(kind: PageKind) -> str:
    return public_path("barrier-feedback") if kind == PageKind.BARRIEREFREIHEIT else ""
