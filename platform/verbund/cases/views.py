# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What somebody sees of their own cases, without an account."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from verbund.cases import limits
from verbund.cases import status as services
from verbund.cases.errors import NothingAsked, StatusLinkSpent
from verbund.cases.forms import AskForm, ReplyForm
from verbund.cases.status_links import VALID
from verbund.kernel import clock
from verbund.kernel.actors import CITIZEN
from verbund.kernel.errors import Invalid
from verbund.web.limits import TooManyRequests, with_wait


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Send a link; the answer is the same whether there is such a case or not."""
    form = AskForm(request.POST or None, initial={"reference": request.GET.get("nummer", "")[:30]})
    if request.method == "POST" and form.is_valid():
        try:
            limits.LINKS.spend_for(request)
        except TooManyRequests as refusal:
            form.add_refusal(refusal)
        else:
            services.ask_for_link(
                reference=form.cleaned_data["reference"],
                email=form.cleaned_data["email"],
                by=CITIZEN,
                at=clock.now(),
            )
            return redirect("cases:asked")
    response = render(request, "cases/ask.html", {"form": form}, status=422 if form.errors else 200)
    return with_wait(response, form.refusal)


@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    return render(request, "cases/asked.html", {"days": VALID.days})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def status(request: HttpRequest, secret: str) -> HttpResponse:
    """The page behind the link. Opening it changes nothing; a question is answered right there."""
    reference, form = request.POST.get("vorgang", ""), None
    try:
        if request.method == "POST":
            form = ReplyForm(request.POST)
            if form.is_valid() and _reply(request, secret, reference, form):
                return redirect("cases:status", secret=secret)
        shown = services.cases_of_link(secret=secret, at=clock.now())
    except StatusLinkSpent as spent:
        return _hidden(
            render(request, "cases/spent.html", {"reason": spent.message}, status=StatusLinkSpent.status)
        )
    values: dict[str, Any] = {
        "rows": [{"case": case, "form": _form_for(case, reference, form)} for case in shown],
        "secret": secret,
        "days": VALID.days,
    }
    response = render(request, "cases/status.html", values, status=422 if form is not None else 200)
    return _hidden(with_wait(response, form.refusal if form is not None else None))


@never_cache
@require_POST
def end(request: HttpRequest, secret: str) -> HttpResponse:
    """End all links of the address."""
    try:
        services.end_links(secret=secret, by=CITIZEN, at=clock.now())
    except StatusLinkSpent as spent:
        return render(request, "cases/spent.html", {"reason": spent.message}, status=StatusLinkSpent.status)
    messages.success(request, _("Der Link gilt nicht mehr. Sie können jederzeit einen neuen anfordern."))
    return redirect("cases:ask")


def _reply(request: HttpRequest, secret: str, reference: str, form: ReplyForm) -> bool:
    """Whether the answer was taken, or is not needed any more; otherwise the form says why not."""
    try:
        limits.REPLIES.spend_for(request)
        services.reply(
            secret=secret, reference=reference, text=form.cleaned_data["text"], by=CITIZEN, at=clock.now()
        )
    except (Invalid, TooManyRequests) as refusal:
        form.add_refusal(refusal)
        return False
    except NothingAsked as refusal:
        messages.info(request, refusal.message)
    else:
        messages.success(request, _("Vielen Dank, Ihre Antwort ist angekommen."))
    return True


def _form_for(case: services.Shown, reference: str, sent: ReplyForm | None) -> ReplyForm | None:
    """The form a question is answered with; the one that was refused as it was sent."""
    if not case.status.question:
        return None
    return (
        sent
        if sent is not None and case.reference == reference
        else ReplyForm(auto_id=f"{case.reference}-%s")
    )


def _hidden(response: HttpResponse) -> HttpResponse:
    """The address is a secret: it goes to no other host and no search engine.

    Not `no-referrer`: with it browsers hide the origin of the form too, which then looks forged.
    """
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex"
    return response
