# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages about requests for access and erasure."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from verbund.accounts.access import requires, requires_fresh_factor
from verbund.accounts.api import actor_of
from verbund.kernel import clock, context
from verbund.kernel.errors import DomainError
from verbund.privacy.permissions import PrivacyPermission
from verbund.privacy.persons import requests
from verbund.privacy.persons.forms import CloseForm, EraseForm, IdentityForm, RequestForm
from verbund.privacy.persons.models import Identity, Kind, PersonRequest
from verbund.privacy.persons.telling import access_pdf, closing_pdf, grouped
from verbund.web.exports import export_name
from verbund.web.pagination import page_of
from verbund.web.texts import day_text


@requires(PrivacyPermission.REQUESTS)
@require_safe
def show_requests(request: HttpRequest) -> HttpResponse:
    page = page_of(request, requests.requests_for(actor_of(request)))
    return render(request, "privacy_persons/requests.html", {"page": page, "today": clock.today()})


@requires(PrivacyPermission.REQUESTS)
@require_http_methods(["GET", "HEAD", "POST"])
def new_request(request: HttpRequest) -> HttpResponse:
    form = RequestForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        values = {**form.cleaned_data, "kind": Kind(form.cleaned_data["kind"])}
        try:
            wanted = requests.record_request(**values, by=actor_of(request), at=clock.now())
        except DomainError as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("Der Antrag ist erfasst."))
            return redirect("privacy-staff:request", reference=wanted.reference)
    status = 422 if form.errors else 200
    return render(request, "privacy_persons/new.html", {"form": form}, status=status)


@requires(PrivacyPermission.REQUESTS)
@require_safe
def show_request(request: HttpRequest, reference: str) -> HttpResponse:
    wanted = requests.get_request_for(actor_of(request), reference)
    return render(request, "privacy_persons/request.html", _values(request, wanted))


@requires(PrivacyPermission.REQUESTS)
@require_POST
def note_identity(request: HttpRequest, reference: str) -> HttpResponse:
    by = actor_of(request)
    form = IdentityForm(request.POST)
    if not form.is_valid():
        values = _values(request, requests.get_request_for(by, reference))
        return render(request, "privacy_persons/request.html", {**values, "identity_form": form}, status=422)
    identity = Identity(form.cleaned_data["identity"])
    requests.note_identity(reference=reference, identity=identity, by=by, at=clock.now())
    messages.success(request, _("Die Prüfung der Identität ist festgehalten."))
    return redirect("privacy-staff:request", reference=reference)


@requires(PrivacyPermission.REQUESTS)
@requires_fresh_factor
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest, reference: str) -> HttpResponse:
    """The second look: what goes and what stays, once more, before it is gone."""
    by, now = actor_of(request), clock.now()
    wanted = requests.get_request_for(by, reference)
    if not wanted.is_open or wanted.kind != Kind.ERASURE or not wanted.identity:
        return redirect("privacy-staff:request", reference=reference)
    form = EraseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            requests.erase_for(reference=reference, seen=form.cleaned_data["seen"], by=by, at=now)
        except DomainError as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("Die Daten sind gelöscht. Die Antwort können Sie als PDF laden."))
            return redirect("privacy-staff:request", reference=reference)
    held = requests.look_for(wanted, by=by, at=now)
    refusals = form.errors
    if request.method == "POST":
        form.data = {**request.POST.dict(), "seen": held.fingerprint}
    else:
        form.initial["seen"] = held.fingerprint
    values = {"wanted": wanted, "held": held, "groups": grouped(held.lines), "form": form}
    return render(request, "privacy_persons/erase.html", values, status=422 if refusals else 200)


@requires(PrivacyPermission.REQUESTS)
@require_POST
def close(request: HttpRequest, reference: str) -> HttpResponse:
    by = actor_of(request)
    wanted = requests.get_request_for(by, reference)
    form = CloseForm(request.POST, wanted=wanted)
    if not form.is_valid():
        return render(
            request,
            "privacy_persons/request.html",
            {**_values(request, wanted), "close_form": form},
            status=422,
        )
    requests.close_request(reference=reference, result=form.cleaned_data["result"], by=by, at=clock.now())
    messages.success(request, _("Der Antrag ist abgeschlossen. Die E-Mail-Adresse ist entfernt."))
    return redirect("privacy-staff:request", reference=reference)


@requires(PrivacyPermission.REQUESTS)
@require_safe
def answer_pdf(request: HttpRequest, reference: str) -> HttpResponse:
    """The answer: everything with its contents while access is open, afterwards what became of it."""
    by, now, here = actor_of(request), clock.now(), context.current_municipality()
    wanted = requests.get_request_for(by, reference)
    if wanted.is_open:
        held = requests.look_for(wanted, by=by, at=now)
        content = access_pdf(wanted, held, here, at=now)
    else:
        content = closing_pdf(wanted, here, at=now)
    name = export_name(wanted.reference, here.slug, clock.today(), "pdf")
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _values(request: HttpRequest, wanted: PersonRequest) -> dict[str, Any]:
    values: dict[str, Any] = {"wanted": wanted, "today": clock.today(), "facts": _facts(wanted)}
    if not wanted.is_open:
        return values
    held = requests.look_for(wanted, by=actor_of(request), at=clock.now())
    return values | {
        "held": held,
        "groups": grouped(held.lines),
        "identity_form": None if wanted.identity else IdentityForm(),
        "close_form": CloseForm(wanted=wanted),
        "may_erase": wanted.kind == Kind.ERASURE and wanted.identity,
        "may_answer": wanted.kind == Kind.ACCESS and wanted.identity,
    }


def _facts(wanted: PersonRequest) -> list[tuple[str, str]]:
    checked = wanted.identity_checked_at
    facts = [
        (_("Verlangt"), wanted.get_kind_display()),
        (_("E-Mail-Adresse"), wanted.email or _("nach dem Abschluss entfernt")),
        (_("Eingegangen"), day_text(wanted.received_on)),
        (_("Frist"), day_text(wanted.due_on)),
        (
            _("Identität"),
            f"{wanted.get_identity_display()} ({day_text(checked)})" if checked else _("noch nicht geprüft"),
        ),
    ]
    if wanted.closed_at:
        words = ": ".join(filter(None, (day_text(wanted.closed_at), wanted.get_declined_display())))
        facts.append((_("Abgeschlossen"), words))
    return facts
