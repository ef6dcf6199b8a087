# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Steps of a member's life that weigh: a reason, the short name typed out, and who it is asked again."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tenants.states import STEPS, State
from tenants.suspension import resume as let_serve
from tenants.suspension import suspend as stop_serving
from verbund.accounts.access import requires, requires_fresh_factor
from verbund.accounts.api import actor_of
from verbund.console import members, services
from verbund.console.permissions import TenantPermission
from verbund.kernel import clock
from verbund.kernel.errors import DomainError, NotFound
from verbund.web.confirmation import DestructiveForm, ReasonForm
from verbund.web.forms import Form

_METHODS = ["GET", "HEAD", "POST"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What a page of a step says: ``effects`` are the sentences of what happens."""

    title: str
    effects: list[str]
    submit: str
    kind: str = "warning"


@requires(TenantPermission.MANAGE)
@requires_fresh_factor
@require_http_methods(_METHODS)
def suspend(request: HttpRequest, slug: str) -> HttpResponse:
    member = in_state(slug, State.SUSPENDED)
    form = DestructiveForm(request.POST or None, slug=slug)
    if request.method == "POST" and form.is_valid():
        try:
            stop_serving(
                number=member.tenant.number,
                by=actor_of(request),
                at=clock.now(),
                reason=form.cleaned_data["reason"],
            )
        except DomainError as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("%(name)s ist ausgesetzt.") % {"name": member.tenant.name})
            return redirect("console-association:tenant", slug=slug)
    wording = Wording(
        title=_("%(name)s aussetzen") % {"name": member.tenant.name},
        effects=[
            _("Alle Hosts antworten wie unbekannte Adressen; niemand sieht die Seiten mehr."),
            _("Alle Sitzungen enden, Zugangsschlüssel und wartende Aufgaben ruhen."),
            _("Die Daten bleiben. Was bis dahin genutzt wurde, wird noch gezählt."),
            _("Sie können die Kommune jederzeit wieder öffnen."),
        ],
        submit=_("Jetzt aussetzen"),
    )
    return step_page(request, member, form, wording)


@requires(TenantPermission.MANAGE)
@requires_fresh_factor
@require_http_methods(_METHODS)
def resume(request: HttpRequest, slug: str) -> HttpResponse:
    member = members.member(slug)
    if member.tenant.state != State.SUSPENDED:
        raise NotFound
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            let_serve(
                number=member.tenant.number,
                by=actor_of(request),
                at=clock.now(),
                reason=form.cleaned_data["reason"],
            )
        except DomainError as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("%(name)s ist wieder geöffnet.") % {"name": member.tenant.name})
            return redirect("console-association:tenant", slug=slug)
    wording = Wording(
        title=_("%(name)s wieder öffnen") % {"name": member.tenant.name},
        effects=[
            _("Alle Hosts zeigen wieder die Seiten der Kommune."),
            _("Beschäftigte melden sich neu an; Zugangsschlüssel gelten wieder."),
        ],
        submit=_("Wieder öffnen"),
        kind="info",
    )
    return step_page(request, member, form, wording)


@requires(TenantPermission.ONBOARD)
@requires_fresh_factor
@require_http_methods(_METHODS)
def discard(request: HttpRequest, slug: str) -> HttpResponse:
    """Also for one whose discarding stopped half-way: the same form lets it go on."""
    member = members.member(slug)
    if member.tenant.state != State.DISCARDING:
        member = in_state(slug, State.DISCARDING)
    form = DestructiveForm(request.POST or None, slug=slug)
    if request.method == "POST" and form.is_valid():
        try:
            job = services.start_discard(
                number=member.tenant.number,
                by=actor_of(request),
                at=clock.now(),
                reason=form.cleaned_data["reason"],
            )
        except DomainError as refusal:
            form.add_refusal(refusal)
        else:
            return redirect("console-association:job", job_id=job.pk)
    wording = Wording(
        title=_("Einrichtung von %(name)s verwerfen") % {"name": member.tenant.name},
        effects=[
            _("Alles, was die Einrichtung angelegt hat, wird entfernt: Datenbank, Schlüssel, Dateien."),
            _("Kürzel, Hosts und Gemeinden sind danach wieder frei."),
            _("Das lässt sich nicht zurücknehmen. Sie können die Kommune aber neu einrichten."),
        ],
        submit=_("Endgültig verwerfen"),
    )
    return step_page(request, member, form, wording)


def step_page(request: HttpRequest, member: members.Member, form: Form, wording: Wording) -> HttpResponse:
    """What will happen, then the form."""
    detail = reverse("console-association:tenant", kwargs={"slug": member.tenant.slug})
    values = {
        "member": member,
        "form": form,
        "wording": wording,
        "cancel_url": detail,
        "breadcrumb_items": [
            (_("Kommunen"), reverse("console-association:tenants")),
            (member.tenant.name, detail),
            (wording.title, ""),
        ],
    }
    return render(request, "console/step.html", values, status=422 if form.errors else 200)


def in_state(slug: str, wanted: State) -> members.Member:
    """The member, when it may go there.

    Raises:
        NotFound: there is none, or it may not: the page has nothing to offer then.
    """
    member = members.member(slug)
    if wanted not in STEPS[State(member.tenant.state)]:
        raise NotFound
    return member
