# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A member leaves: asked for here, carried out by a worker, watched step by step, proven by a record."""

from __future__ import annotations

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from tenants.leaving import departures, record
from tenants.states import State
from verbund.accounts.access import requires, requires_fresh_factor
from verbund.accounts.api import actor_of
from verbund.accounts.reach import api as reach
from verbund.audit import api as audit
from verbund.console.permissions import TenantPermission
from verbund.console.views.states import Wording, in_state, step_page
from verbund.jobs.hints import hint
from verbund.jobs.models import Job, JobStep
from verbund.kernel import clock
from verbund.kernel.context import ASSOCIATION
from verbund.kernel.errors import DomainError, NotFound
from verbund.web.confirmation import ReasonField, SlugConfirmation


class LeaveForm(SlugConfirmation):
    """Reason, receiver of the archive, slug."""

    reason = ReasonField()
    receiver = forms.CharField(
        label=gettext_lazy("Öffentlicher Schlüssel des Empfängers"),
        help_text=gettext_lazy(
            "Inhalt der Datei .pub der Kommune. Ohne Schlüssel kann nur der Verband das Archiv öffnen."
        ),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "autocomplete": "off"}),
    )
    field_order = ("reason", "receiver", "confirmation")


@requires(TenantPermission.MANAGE)
@requires_fresh_factor
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    member = in_state(slug, State.LEAVING)
    form = LeaveForm(request.POST or None, slug=slug)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                job = departures.request_departure(
                    number=member.tenant.number,
                    confirmation=form.cleaned_data["confirmation"],
                    reason=form.cleaned_data["reason"],
                    receiver_pem=form.cleaned_data["receiver"],
                    by=actor_of(request),
                    at=clock.now(),
                )
                transaction.on_commit(lambda: _wake(job.pk))
        except DomainError as refusal:
            form.add_refusal(refusal)
        else:
            return redirect("console-association:departure", number=member.tenant.number)
    wording = Wording(
        title=_("%(name)s scheidet aus") % {"name": member.tenant.name},
        effects=[
            _("Die Seiten der Kommune sind sofort nicht mehr erreichbar."),
            _("Alle Daten werden als Archiv geschrieben und geprüft."),
            _(
                "Danach wird der Schlüssel vernichtet: Personenbezogene Angaben sind in jeder Sicherung unlesbar."
            ),
            _("Nach der Schonfrist werden Datenbank, Dateien und Sicherungen gelöscht."),
            _("Das lässt sich nicht zurücknehmen."),
        ],
        submit=_("Austritt beginnen"),
        kind="danger",
    )
    return step_page(request, member, form, wording)


@requires(TenantPermission.READ)
@require_safe
def departure(request: HttpRequest, number: int) -> HttpResponse:
    """How far a departure is; found by number, because the slug is given free."""
    found = record.of_member(number)
    if found is None or not reach.is_visible(number):
        raise NotFound
    kinds = [departures.SHUT_KIND, departures.REMOVE_KIND]
    jobs = list(Job.objects.filter(subject=found.tenant.key, kind__in=kinds).order_by("pk"))
    steps = [
        {"label": step.label, "state": step.state.lower(), "detail": step.message}
        for step in JobStep.objects.filter(job__in=jobs).order_by("job_id", "position")
    ]
    values = {
        "departure": found,
        "steps": steps,
        "is_open": any(job.is_open for job in jobs),
        "failed": next((job for job in jobs if job.state == "FAILED"), None),
        "breadcrumb_items": [
            (_("Kommunen"), reverse("console-association:tenants")),
            (_("%(name)s: Austritt") % {"name": found.name}, ""),
        ],
    }
    return render(request, "console/departure.html", values)


@requires(TenantPermission.READ)
@require_safe
def deletion_record(request: HttpRequest, number: int) -> HttpResponse:
    found = record.of_member(number)
    if found is None or found.record_pdf is None or not reach.is_visible(number):
        raise NotFound
    audit.record_read(
        action="tenants.departure.record_read",
        subject=f"tenants.tenant:{number}",
        by=actor_of(request),
        at=clock.now(),
    )
    response = HttpResponse(bytes(found.record_pdf), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="loeschprotokoll-{found.slug}.pdf"'
    return response


def _wake(job_id: int) -> None:
    """Without a broker the worker finds it by itself within minutes."""
    hint("tenants.offboard", scope=ASSOCIATION, arguments=[job_id])
