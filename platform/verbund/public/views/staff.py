# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where the administration writes its texts, confirms them, and answers feedback on barriers."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from verbund.accounts.access import requires
from verbund.accounts.api import actor_of, names_of
from verbund.cases.presenting import office_entries
from verbund.kernel import clock
from verbund.kernel.errors import Invalid
from verbund.public import pages, services
from verbund.public.addresses import is_association, staff_path, staff_shell
from verbund.public.answering import answer_feedback
from verbund.public.errors import TextRefused
from verbund.public.feedback import case_of, close_feedback, due_on, get_feedback_for, open_feedback
from verbund.public.forms import AnswerForm, ContactForm, PageForm
from verbund.public.kinds import PageKind
from verbund.public.models import LegalPage
from verbund.public.permissions import PublicPermission
from verbund.public.placeholders import names
from verbund.public.templates_of_pages import template_of
from verbund.web.markup import render as render_markup


@requires(PublicPermission.EDIT_PAGES)
@require_safe
def pages_list(request: HttpRequest) -> HttpResponse:
    values: dict[str, Any] = {"states": pages.states(), "is_association": is_association()}
    if is_association():
        values["feedback"] = open_feedback()
    return _page(request, "pages", values)


@requires(PublicPermission.EDIT_PAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_page(request: HttpRequest, kind: PageKind) -> HttpResponse:
    """Write a text; "Vorschau" shows it without keeping it, "Entwurf speichern" keeps it as a new version."""
    state = pages.state_of(kind)
    form = PageForm(
        request.POST or None, initial={"body": state.newest.body if state.newest else template_of(kind)}
    )
    preview = None
    if request.method == "POST" and form.is_valid():
        if request.POST.get("aktion") == "vorschau":
            preview = pages.filled(form.cleaned_data["body"])
        elif _saved(request, kind, form):
            return redirect(staff_path("page", kind=kind))
    return _page(
        request,
        "page",
        {
            "state": state,
            "form": form,
            "preview": render_markup(preview.text) if preview else None,
            "preview_gaps": preview.gaps if preview else (),
            "placeholders": names().items(),
            "versions": _versions(kind),
            "breadcrumb_items": [*_way(), (state.label, "")],
        },
        is_refused=bool(form.errors),
    )


@requires(PublicPermission.EDIT_PAGES)
@require_POST
def confirm(request: HttpRequest, kind: PageKind) -> HttpResponse:
    number = request.POST.get("fassung", "")
    page = services.confirm_page(
        kind=kind, version=int(number) if number.isdecimal() else 0, by=actor_of(request), at=clock.now()
    )
    messages.success(request, _("„%(page)s“ ist veröffentlicht.") % {"page": page.label})
    return redirect(staff_path("page", kind=kind))


@requires(PublicPermission.EDIT_PAGES)
@require_safe
def version(request: HttpRequest, kind: PageKind, number: int) -> HttpResponse:
    """One version as citizens would see it today."""
    page = pages.version_of(kind, number)
    filled = pages.filled(page.body)
    return _page(
        request,
        "version",
        {
            "page": page,
            "body": render_markup(filled.text),
            "gaps": filled.gaps,
            "state": pages.state_of(kind),
            "breadcrumb_items": [
                *_way(),
                (page.label, staff_path("page", kind=kind)),
                (_("Fassung %(number)s") % {"number": number}, ""),
            ],
        },
    )


@requires(PublicPermission.EDIT_PAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest) -> HttpResponse:
    form = ContactForm(request.POST or None, instance=pages.contact_details())
    if request.method == "POST" and form.is_valid():
        services.save_contact_details(values=form.cleaned_data, by=actor_of(request), at=clock.now())
        messages.success(
            request, _("Die Kontaktangaben sind gespeichert und stehen ab jetzt in allen Texten.")
        )
        return redirect(staff_path("pages"))
    return _page(
        request,
        "contact",
        {"form": form, "breadcrumb_items": [*_way(), (_("Kontaktangaben"), "")]},
        is_refused=bool(form.errors),
    )


@requires(PublicPermission.HANDLE_FEEDBACK)
@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request: HttpRequest, feedback_id: int) -> HttpResponse:
    """What somebody told; a post sends them the answer."""
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _answered(request, feedback_id, form):
        return redirect(staff_path("feedback", feedback_id=feedback_id))
    found = get_feedback_for(actor_of(request), feedback_id, at=clock.now())
    case = case_of(found)
    values = {
        "feedback": found,
        "due_on": due_on(found),
        "form": form if found.email and not found.handled_at else None,
        "breadcrumb_items": [_inbox(), (found.reference, "")],
        "case": case,
        "entries": office_entries(case) if case is not None else [],
    }
    return _page(request, "feedback", values, is_refused=bool(form.errors))


@requires(PublicPermission.HANDLE_FEEDBACK)
@require_POST
def close(request: HttpRequest, feedback_id: int) -> HttpResponse:
    closed = close_feedback(feedback_id=feedback_id, by=actor_of(request), at=clock.now())
    messages.success(request, _("%(reference)s ist als erledigt vermerkt.") % {"reference": closed.reference})
    return redirect(_inbox()[1])


def _page(
    request: HttpRequest, name: str, values: dict[str, Any], *, is_refused: bool = False
) -> HttpResponse:
    """A template in the frame of the host: staff here, console there."""
    values = {"shell": staff_shell(), **values}
    return render(request, f"public/staff/{name}.html", values, status=422 if is_refused else 200)


def _inbox() -> tuple[str, str]:
    """Where open feedback is listed."""
    if is_association():
        return _("Seiten und Texte"), staff_path("pages")
    return _("Eingang"), reverse("staff-staff:inbox")


def _way() -> list[tuple[str, str]]:
    return [(_("Seiten und Texte"), staff_path("pages"))]


def _saved(request: HttpRequest, kind: PageKind, form: PageForm) -> bool:
    try:
        services.write_page(kind=kind, body=form.cleaned_data["body"], by=actor_of(request), at=clock.now())
    except TextRefused as refused:
        form.add_refusal(refused)
        return False
    messages.success(request, _("Der Entwurf ist gespeichert. Zu lesen ist er, sobald Sie ihn bestätigen."))
    return True


def _answered(request: HttpRequest, feedback_id: int, form: AnswerForm) -> bool:
    try:
        answer_feedback(feedback_id=feedback_id, by=actor_of(request), at=clock.now(), **form.cleaned_data)
    except Invalid as refused:
        form.add_refusal(refused)
        return False
    messages.success(request, _("Ihre Antwort ist unterwegs."))
    return True


def _versions(kind: PageKind) -> list[dict[str, Any]]:
    versions = pages.versions_of(kind)
    ids = {
        int(number)
        for page in versions
        for number in (page.written_by, page.confirmed_by)
        if number.isdecimal()
    }
    people = names_of(ids) if ids else {}
    return [
        {"page": page, "writer": _name(people, page), "is_newest": page is versions[0]} for page in versions
    ]


def _name(people: dict[int, str], page: LegalPage) -> str:
    return people.get(int(page.written_by), "") if page.written_by.isdecimal() else _("Vorlage")
