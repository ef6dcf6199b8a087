# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""How a municipality joins: find it in the official list, check, request, and watch each step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tenants.onboarding import provision_steps
from tenants.onboarding_input import OnboardingInput, OnboardingRefused
from verbund.accounts.access import requires
from verbund.accounts.api import actor_of
from verbund.console import forms, members, services
from verbund.console.forms import BaseBodies, OnboardingForm
from verbund.console.permissions import TenantPermission
from verbund.console.register_search import find, name_of, search
from verbund.console.wording import Progress, progress_of
from verbund.jobs.models import JobStep
from verbund.kernel import clock
from verbund.kernel.errors import NotFound

# Tells htmx to stop asking.
_STOP_POLLING = 286


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """Both forms of the page; ``plan`` is what a check found would happen."""

    form: OnboardingForm
    bodies: BaseBodies
    plan: OnboardingInput | None = None

    @property
    def has_errors(self) -> bool:
        return bool(self.form.is_bound and (self.form.errors or any(self.bodies.errors)))


@requires(TenantPermission.ONBOARD)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Search, form, check and request; every button works without JavaScript and loses nothing."""
    if request.method != "POST":
        if request.htmx:  # type: ignore[attr-defined]  # set by django-htmx
            return render(request, "console/tenant_new.html#results", _found(request))
        return _page(request, _prefilled(request))
    action = request.POST.get("aktion", "")
    if action in {"zeile", "ergaenzen"}:
        return _page(request, _retold(request.POST, extra=1 if action == "zeile" else 0))
    entered, job_slug = _requested(request, is_dry=action != "anlegen")
    if job_slug:
        return redirect("console-association:progress", slug=job_slug)
    return _page(request, entered)


@requires(TenantPermission.READ)
@require_safe
def progress(request: HttpRequest, slug: str) -> HttpResponse:
    """Each step of an onboarding; reloading shows where it is."""
    member, found = _progress(slug)
    way = [
        (_("Kommunen"), reverse("console-association:tenants")),
        (member.tenant.name, reverse("console-association:tenant", kwargs={"slug": slug})),
        (_("Einrichtung"), ""),
    ]
    return render(
        request, "console/progress.html", {"member": member, "progress": found, "breadcrumb_items": way}
    )


@requires(TenantPermission.READ)
@require_safe
def progress_fragment(request: HttpRequest, slug: str) -> HttpResponse:
    """The steps for htmx: nothing while nothing is new, so that nothing is read out twice."""
    member, found = _progress(slug)
    if found.is_open and request.GET.get("bekannt") == found.mark:
        return HttpResponse(status=204)
    return TemplateResponse(
        request,
        "console/progress.html#steps",
        {"member": member, "progress": found, "is_fragment": True},
        status=200 if found.is_open else _STOP_POLLING,
    )


@requires(TenantPermission.ONBOARD)
@require_POST
def retry(request: HttpRequest, slug: str) -> HttpResponse:
    job = members.member(slug).job
    if job is None:
        raise NotFound
    services.retry_onboarding(job_id=job.pk, by=actor_of(request), at=clock.now())
    return redirect("console-association:progress", slug=slug)


def _page(request: HttpRequest, entered: Entered) -> HttpResponse:
    way = [(_("Kommunen"), reverse("console-association:tenants")), (_("Neue Kommune"), "")]
    values = {
        "form": entered.form,
        "bodies": entered.bodies,
        "plan": entered.plan,
        "steps": provision_steps() if entered.plan else (),
        "has_errors": entered.has_errors,
        "reasons": _reasons(entered) if entered.has_errors else (),
        "breadcrumb_items": way,
        **_found(request),
    }
    return render(request, "console/tenant_new.html", values, status=422 if entered.has_errors else 200)


def _reasons(entered: Entered) -> list[tuple[str, str]]:
    """Every reason with the place it belongs to, in the order of the page: the rows stand before the hosts."""
    fields = list(entered.form)
    rows = [field for row in entered.bodies.forms for field in row]
    at = next(position for position, field in enumerate(fields) if field.name == "hosts")
    ordered: list[Any] = [*fields[:at], *rows, *fields[at:]]
    general = [
        ("", str(reason))
        for form in (entered.form, *entered.bodies.forms)
        for reason in form.non_field_errors()
    ]
    return general + [(field.anchor, str(reason)) for field in ordered for reason in field.errors]


def _found(request: HttpRequest) -> dict[str, Any]:
    text = request.GET.get("q", "")
    return {"q": text, "found": search(text)}


def _prefilled(request: HttpRequest) -> Entered:
    """An empty form, or one with what the list knows of `?schluessel=12061219`."""
    found = find(request.GET.get("schluessel", ""))
    if found is None:
        return Entered(form=OnboardingForm(), bodies=forms.bodies_formset(extra=1))
    rows = [{"ags": ags, "name": name} for ags, name in found.bodies]
    return Entered(
        form=OnboardingForm(initial=forms.initial_of(found)), bodies=forms.bodies_formset(rows=rows)
    )


def _retold(data: QueryDict, *, extra: int) -> Entered:
    """The same values again, not judged, with official names where none were given, and perhaps one row more."""
    bound = forms.bodies_formset(data)
    rows = []
    for row in bound.forms[: forms.MOST_BODIES]:
        ags, name = str(row["ags"].value() or "").strip(), str(row["name"].value() or "").strip()
        rows.append({"ags": ags, "name": name or name_of(ags)})
    given = OnboardingForm(data)
    initial = {field.name: field.value() for field in given}
    if not initial.get("name"):
        initial["name"] = next((row["name"] for row in rows if row["name"]), "")
    return Entered(form=OnboardingForm(initial=initial), bodies=forms.bodies_formset(rows=rows, extra=extra))


def _requested(request: HttpRequest, *, is_dry: bool) -> tuple[Entered, str]:
    """The judged forms and, when everything holds and it is meant, the slug of the new member."""
    form, bodies = OnboardingForm(request.POST), forms.bodies_formset(request.POST)
    if not (form.is_valid() & bodies.is_valid()):
        return Entered(form=form, bodies=bodies), ""
    wanted = forms.onboarding_input(form, bodies)
    try:
        if is_dry:
            services.check_onboarding(wanted)
            return Entered(form=form, bodies=bodies, plan=wanted), ""
        services.start_onboarding(wanted=wanted, by=actor_of(request), at=clock.now())
    except OnboardingRefused as refused:
        forms.show_problems(refused.problems, form, bodies)
        return Entered(form=form, bodies=bodies), ""
    return Entered(form=form, bodies=bodies), wanted.slug


def _progress(slug: str) -> tuple[members.Member, Progress]:
    member = members.member(slug)
    if member.job is None:
        raise NotFound
    steps = list(JobStep.objects.filter(job=member.job))
    return member, progress_of(member.job, steps, slug=slug)
