# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the office sees: the list, one report with its next steps, and the settings."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from verbund.accounts.access import principal, requires
from verbund.accounts.api import actor_of
from verbund.cases.forms_staff import NoteForm
from verbund.kernel import clock
from verbund.kernel.errors import DomainError, NotFound
from verbund.modules.defects import handling, queries, releasing, settings
from verbund.modules.defects.access import get_report_for
from verbund.modules.defects.contact import read_contact
from verbund.modules.defects.forms_staff import (
    AnswerForm,
    AssignForm,
    CategoryForm,
    ReleaseForm,
    SettingsForm,
    StaffFilter,
    StepForm,
)
from verbund.modules.defects.models import Category
from verbund.modules.defects.permissions import DefectsPermission
from verbund.modules.defects.views.working import VIEWS, page_values, people, step_forms
from verbund.web.forms import KernForm
from verbund.web.pagination import page_of


@require_safe
@requires(DefectsPermission.READ)
def report_list(request: HttpRequest) -> HttpResponse:
    """Tabs with counts, filter, table; every choice stands in the address."""
    today, person_id = clock.today(), principal(request).pk
    view = request.GET.get("ansicht", "")
    chosen = StaffFilter(request.GET)
    name = VIEWS.get(view, VIEWS[""])[0]
    reports = queries.staff_reports(
        view=name,
        category=request.GET.get("kategorie", ""),
        text=request.GET.get("q", "").strip(),
        person_id=person_id,
        today=today,
    )
    counts = queries.view_counts(person_id=person_id, today=today)
    values = {
        "filter": chosen,
        "page": page_of(request, reports, per_page=25),
        "tabs": [
            {
                "label": label,
                "url": f"?ansicht={key}" if key else "?",
                "is_current": key == view,
                "count": counts.get(query),
            }
            for key, (query, label) in VIEWS.items()
        ],
        "today": today,
        "is_filtered": bool(request.GET.get("q") or request.GET.get("kategorie")),
        "may_manage": actor_of(request).may(DefectsPermission.SETTINGS),
    }
    return render(request, "defects/staff/report_list.html", values)


@require_safe
@requires(DefectsPermission.READ)
def report(request: HttpRequest, reference: str) -> HttpResponse:
    return _page(request, reference)


@require_POST
@requires(DefectsPermission.ANSWER)
def step(request: HttpRequest, reference: str) -> HttpResponse:
    """Take the step whose form was sent; only steps of the table have one."""
    by = actor_of(request)
    found = get_report_for(by, reference)
    forms = {form.step.target: form for form in step_forms(found, request.POST)}
    form = forms.get(request.POST.get("schritt", ""))  # type: ignore[call-overload]  # a State is a str
    if form is None:
        messages.warning(request, _("Dieser Schritt ist nicht mehr möglich. Jemand war schneller."))
        return _back(reference)
    if form.is_valid():
        try:
            handling.change_state(reference=reference, wanted=form.wanted, by=by, at=clock.now())
        except DomainError as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("Gespeichert."))
            return _back(reference)
    return _page(request, reference, step_form=form)


@require_POST
@requires(DefectsPermission.ANSWER)
def answer(request: HttpRequest, reference: str) -> HttpResponse:
    form = AnswerForm(request.POST, prefix="auskunft")
    if form.is_valid():
        handling.answer_report(
            reference=reference, text=form.cleaned_data["answer"], by=actor_of(request), at=clock.now()
        )
        messages.success(request, _("Die Auskunft ist veröffentlicht."))
        return _back(reference)
    return _page(request, reference, answer_form=form)


@require_POST
@requires(DefectsPermission.NOTE)
def note(request: HttpRequest, reference: str) -> HttpResponse:
    form = NoteForm(request.POST, prefix="notiz")
    if form.is_valid():
        handling.add_note(
            reference=reference, text=form.cleaned_data["text"], by=actor_of(request), at=clock.now()
        )
        messages.success(request, _("Die Notiz ist gespeichert."))
        return _back(reference)
    return _page(request, reference, note_form=form)


@require_POST
@requires(DefectsPermission.ASSIGN)
def assign(request: HttpRequest, reference: str) -> HttpResponse:
    """Give it to somebody; the button "Übernehmen" sends one's own key."""
    form = AssignForm(request.POST, people=people(), prefix="zustaendig")
    if form.is_valid():
        handling.assign_report(
            reference=reference, person_id=form.cleaned_data["person"], by=actor_of(request), at=clock.now()
        )
        messages.success(request, _("Die Zuständigkeit ist gespeichert."))
        return _back(reference)
    return _page(request, reference, assign_form=form)


@require_POST
@requires(DefectsPermission.RELEASE)
def release(request: HttpRequest, reference: str) -> HttpResponse:
    by = actor_of(request)
    photos = list(get_report_for(by, reference).photos.all())
    form = ReleaseForm(request.POST, photos=photos, prefix="freigabe")
    if form.is_valid():
        releasing.release_contents(
            reference=reference,
            public_description=form.cleaned_data["public_description"],
            photo_ids=form.cleaned_data.get("photos", []),
            by=by,
            at=clock.now(),
        )
        messages.success(request, _("Gespeichert. So sehen es jetzt alle."))
        return _back(reference)
    return _page(request, reference, release_form=form)


@require_POST
@requires(DefectsPermission.CONTACT)
def contact(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the reporter's contact; each showing is recorded, so it takes a press of a button."""
    shown = read_contact(reference=reference, by=actor_of(request), at=clock.now())
    return _page(request, reference, contact=shown, status=200)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(DefectsPermission.SETTINGS)
def edit_settings(request: HttpRequest) -> HttpResponse:
    form = SettingsForm(request.POST or None, instance=settings.current_settings())
    if request.method == "POST" and form.is_valid():
        settings.change_settings(**form.cleaned_data, by=actor_of(request), at=clock.now())
        messages.success(request, _("Die Einstellungen sind gespeichert."))
        return redirect("defects-staff:settings")
    values = {
        "form": form,
        "categories": Category.objects.all(),
        "breadcrumb_items": _way(_("Einstellungen")),
    }
    return render(request, "defects/staff/settings.html", values, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(DefectsPermission.SETTINGS)
def edit_category(request: HttpRequest, code: str) -> HttpResponse:
    category = Category.objects.filter(code=code).first()
    if category is None:
        raise NotFound
    form = CategoryForm(request.POST or None, instance=category)
    if request.method == "POST" and form.is_valid():
        settings.change_category(code=code, **form.cleaned_data, by=actor_of(request), at=clock.now())
        messages.success(request, _("Die Kategorie ist gespeichert."))
        return redirect("defects-staff:settings")
    values = {"form": form, "category": category, "breadcrumb_items": _way(category.name)}
    return render(request, "defects/staff/category.html", values, status=422 if form.errors else 200)


def _page(request: HttpRequest, reference: str, *, status: int | None = None, **given: Any) -> HttpResponse:
    """The report's page; forms that were refused are shown as they were sent."""
    by = actor_of(request)
    found = get_report_for(by, reference)
    has_errors = any(isinstance(form, KernForm) for form in given.values())
    values = {**page_values(found, by), **given, "breadcrumb_items": _way(found.reference)}
    step_form = given.get("step_form")
    if isinstance(step_form, StepForm):
        values["steps"] = [
            step_form if form.step.target is step_form.step.target else form for form in values["steps"]
        ]
    return render(
        request, "defects/staff/report_detail.html", values, status=status or (422 if has_errors else 200)
    )


def _back(reference: str) -> HttpResponse:
    return redirect("defects-staff:report", reference=reference)


def _way(last: str) -> list[tuple[str, str]]:
    return [(_("Mängel"), reverse("defects-staff:list")), (last, "")]
