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
from verbund.kernel import clock
from verbund.public import pages, services
from verbund.public.errors import TextRefused
from verbund.public.feedback import close_feedback, get_feedback_for
from verbund.public.forms import ContactForm, PageForm
from verbund.public.kinds import PageKind
from verbund.public.models import LegalPage
from verbund.public.permissions import PublicPermission
from verbund.public.placeholders import names
from verbund.web.markup import render as render_markup


@requires(PublicPermission.EDIT_PAGES)
@require_safe
def pages_list(request: HttpRequest) -> HttpResponse:
    return render(request, "public/staff/pages.html", {"states": pages.states()})


@requires(PublicPermission.EDIT_PAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_page(request: HttpRequest, kind: PageKind) -> HttpResponse:
    """Write a text; "Vorschau" shows it without keeping it, "Entwurf speichern" keeps it as a new version."""
    state = pages.state_of(kind)
    form = PageForm(request.POST or None, initial={"body": state.newest.body if state.newest else ""})
    preview = None
    if request.method == "POST" and form.is_valid():
        if request.POST.get("aktion") == "vorschau":
            preview = pages.filled(form.cleaned_data["body"])
        elif _saved(request, kind, form):
            return redirect("public-staff:page", kind=kind)
    return render(
        request,
        "public/staff/page.html",
        {
            "state": state,
            "form": form,
            "preview": render_markup(preview.text) if preview else None,
            "preview_gaps": preview.gaps if preview else (),
            "placeholders": names().items(),
            "versions": _versions(kind),
            "breadcrumb_items": [*_way(), (state.label, "")],
        },
        status=422 if form.errors else 200,
    )


@requires(PublicPermission.EDIT_PAGES)
@require_POST
def confirm(request: HttpRequest, kind: PageKind) -> HttpResponse:
    number = request.POST.get("fassung", "")
    page = services.confirm_page(
        kind=kind, version=int(number) if number.isdecimal() else 0, by=actor_of(request), at=clock.now()
    )
    messages.success(request, _("„%(page)s“ ist veröffentlicht.") % {"page": page.label})
    return redirect("public-staff:page", kind=kind)


@requires(PublicPermission.EDIT_PAGES)
@require_safe
def version(request: HttpRequest, kind: PageKind, number: int) -> HttpResponse:
    """One version as citizens would see it today."""
    page = pages.version_of(kind, number)
    filled = pages.filled(page.body)
    return render(
        request,
        "public/staff/version.html",
        {
            "page": page,
            "body": render_markup(filled.text),
            "gaps": filled.gaps,
            "state": pages.state_of(kind),
            "breadcrumb_items": [
                *_way(),
                (page.label, reverse("public-staff:page", kwargs={"kind": kind})),
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
        return redirect("public-staff:pages")
    return render(
        request,
        "public/staff/contact.html",
        {"form": form, "breadcrumb_items": [*_way(), (_("Kontaktangaben"), "")]},
        status=422 if form.errors else 200,
    )


@requires(PublicPermission.HANDLE_FEEDBACK)
@require_safe
def feedback(request: HttpRequest, feedback_id: int) -> HttpResponse:
    found = get_feedback_for(actor_of(request), feedback_id, at=clock.now())
    way = [(_("Eingang"), reverse("staff-staff:inbox")), (found.reference, "")]
    return render(request, "public/staff/feedback.html", {"feedback": found, "breadcrumb_items": way})


@requires(PublicPermission.HANDLE_FEEDBACK)
@require_POST
def close(request: HttpRequest, feedback_id: int) -> HttpResponse:
    closed = close_feedback(feedback_id=feedback_id, by=actor_of(request), at=clock.now())
    messages.success(request, _("%(reference)s ist als erledigt vermerkt.") % {"reference": closed.reference})
    return redirect("staff-staff:inbox")


def _way() -> list[tuple[str, str]]:
    return [(_("Seiten und Texte"), reverse("public-staff:pages"))]


def _saved(request: HttpRequest, kind: PageKind, form: PageForm) -> bool:
    try:
        services.write_page(kind=kind, body=form.cleaned_data["body"], by=actor_of(request), at=clock.now())
    except TextRefused as refused:
        form.add_refusal(refused)
        return False
    messages.success(
        request, _("Der Entwurf ist gespeichert. Bürgerinnen und Bürger sehen ihn, wenn Sie ihn bestätigen.")
    )
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
