# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A note, a day of its own and links for one case; each leads back to the case's page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from verbund.accounts.access import requires
from verbund.accounts.api import actor_of
from verbund.cases.access import case_for
from verbund.cases.deadlines import set_deadline
from verbund.cases.errors import CaseIsClosed
from verbund.cases.forms_staff import DeadlineForm, LinkForm, NoteForm
from verbund.cases.kinds import kind_of, path_of
from verbund.cases.linked import CASE
from verbund.cases.linking import link_objects
from verbund.cases.linking import unlink as take_link_back
from verbund.cases.models import Case, Relation
from verbund.cases.noting import add_note
from verbund.cases.phases import Phase
from verbund.kernel import clock
from verbund.kernel.errors import Invalid
from verbund.web.forms import Form


@require_http_methods(["GET", "HEAD", "POST"])
@requires()
def note(request: HttpRequest, reference: str) -> HttpResponse:
    case = case_for(reference, actor_of(request))
    form = NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        add_note(reference=reference, text=form.cleaned_data["text"], by=actor_of(request), at=clock.now())
        messages.success(request, _("Die Notiz ist gespeichert."))
        return _back(case)
    return _page(request, case, form, title=_("Interne Notiz"), submit=_("Notiz speichern"))


@require_http_methods(["GET", "HEAD", "POST"])
@requires()
def deadline(request: HttpRequest, reference: str) -> HttpResponse:
    case = case_for(reference, actor_of(request))
    if case.phase != Phase.OPEN:
        raise CaseIsClosed
    form = DeadlineForm(request.POST or None, initial={"due_on": case.own_due_on})
    if request.method == "POST" and form.is_valid():
        try:
            case = set_deadline(
                reference=reference,
                due_on=form.wanted,
                reason=form.cleaned_data["reason"],
                by=actor_of(request),
                at=clock.now(),
            )
        except Invalid as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("Die Frist ist gespeichert."))
            return _back(case)
    return _page(request, case, form, title=_("Frist ändern"), submit=_("Frist speichern"))


@require_http_methods(["GET", "HEAD", "POST"])
@requires()
def link(request: HttpRequest, reference: str) -> HttpResponse:
    case = case_for(reference, actor_of(request))
    form = LinkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            link_objects(
                kind=CASE,
                key=reference,
                relation=Relation(form.cleaned_data["relation"]),
                to=form.cleaned_data["to"],
                by=actor_of(request),
                at=clock.now(),
            )
        except Invalid as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("Die Verknüpfung ist gespeichert."))
            return _back(case)
    return _page(request, case, form, title=_("Verknüpfen"), submit=_("Verknüpfen"))


@require_POST
@requires()
def unlink(request: HttpRequest, reference: str, link_id: int) -> HttpResponse:
    case = case_for(reference, actor_of(request))
    take_link_back(link_id=link_id, kind=CASE, key=reference, by=actor_of(request), at=clock.now())
    messages.success(request, _("Die Verknüpfung ist gelöst."))
    return _back(case)


def _page(
    request: HttpRequest, case: Case, form: Form, *, title: str | Promise, submit: str | Promise
) -> HttpResponse:
    values: dict[str, Any] = {
        "case": case,
        "form": form,
        "title": title,
        "submit": submit,
        "case_url": _path(case),
        "breadcrumb_items": [(case.reference, _path(case)), (title, "")],
    }
    return render(request, "cases/staff/one_form.html", values, status=422 if form.errors else 200)


def _path(case: Case) -> str:
    return path_of(kind_of(case.kind), case.reference)


def _back(case: Case) -> HttpResponse:
    return HttpResponseRedirect(_path(case))
