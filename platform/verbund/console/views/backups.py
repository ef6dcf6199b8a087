# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Backups of a member: what lies there, whether it can be restored, and the way back to one of them."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tenants.archive import in_place, kept
from tenants.models import BackupRun
from verbund.accounts.access import requires, requires_fresh_factor
from verbund.accounts.api import actor_of
from verbund.console import members
from verbund.console.permissions import TenantPermission
from verbund.console.views.states import Wording, step_page
from verbund.jobs.hints import hint
from verbund.kernel import clock
from verbund.kernel.context import ASSOCIATION
from verbund.kernel.errors import DomainError, NotFound
from verbund.web.confirmation import DestructiveForm
from verbund.web.texts import moment_text


@requires(TenantPermission.READ)
@require_safe
def backups(request: HttpRequest, slug: str) -> HttpResponse:
    member = _member(slug)
    values = {
        "member": member,
        "kept": kept.of_member(member.tenant.number, at=clock.now()),
        "may_restore": actor_of(request).may(TenantPermission.MANAGE),
        "breadcrumb_items": [
            (_("Kommunen"), reverse("console-association:tenants")),
            (member.tenant.name, reverse("console-association:tenant", kwargs={"slug": slug})),
            (_("Sicherungen"), ""),
        ],
    }
    return render(request, "console/backups.html", values)


@requires(TenantPermission.MANAGE)
@requires_fresh_factor
@require_http_methods(["GET", "HEAD", "POST"])
def restore(request: HttpRequest, slug: str, run_id: int) -> HttpResponse:
    """Back to the day of a backup; a worker does it, and the page of the job shows how far it is."""
    member = _member(slug)
    run = kept.backup_of(member.tenant.number, run_id, at=clock.now())
    form = DestructiveForm(request.POST or None, slug=slug)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                job = in_place.request_in_place(
                    number=member.tenant.number,
                    path=kept.path_of(run),
                    confirmation=form.cleaned_data["confirmation"],
                    reason=form.cleaned_data["reason"],
                    by=actor_of(request),
                    at=clock.now(),
                )
                transaction.on_commit(lambda: _wake(job.pk))
        except DomainError as refusal:
            form.add_refusal(refusal)
        else:
            return redirect("console-association:job", job_id=job.pk)
    return step_page(request, member, form, _wording(member, run))


def _member(slug: str) -> members.Member:
    member = members.member(slug)
    if not member.has_data:
        raise NotFound
    return member


def _wording(member: members.Member, run: BackupRun) -> Wording:
    made = moment_text(run.started_at)
    return Wording(
        title=_("%(name)s: zurück auf den Stand vom %(made)s") % {"name": member.tenant.name, "made": made},
        effects=[
            _(
                "Das Archiv wird zuerst vollständig gelesen und geprüft. Ist es beschädigt, ändert sich nichts."
            ),
            _("Solange die Wiederherstellung läuft, ist die Kommune nicht erreichbar."),
            _("Der jetzige Stand wird vorher gesichert und steht danach in dieser Liste."),
            _("Was seit dem %(made)s eingegangen ist, ist danach nicht mehr zu sehen.") % {"made": made},
            _("Schlägt ein Schritt fehl, gilt der jetzige Stand weiter."),
        ],
        submit=_("Jetzt wiederherstellen"),
        kind="danger",
    )


def _wake(job_id: int) -> None:
    """Without a broker the worker finds it by itself within minutes."""
    hint("tenants.restore_in_place", scope=ASSOCIATION, arguments=[job_id])
