# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Issuing by button: what will happen, the button, and the work as it goes on."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from billing.board.addresses import breadcrumb, month_url, named_month
from billing.board.decisions import Wording
from billing.closing.models import BillingPeriod
from billing.closing.periods import month_of
from billing.closing.states import State
from billing.forms import month_text
from billing.issuing.models import IssueRun
from billing.issuing.running import request_issue
from billing.papers.previewing import wanted
from billing.papers.progress import progress_of
from billing.permissions import BillingPermission
from verbund.accounts.access import requires, requires_fresh_factor
from verbund.accounts.api import actor_of
from verbund.kernel import clock
from verbund.kernel.errors import DomainError, Invalid, NotFound
from verbund.web.forms import Form
from verbund.web.texts import euro_text

# Tells htmx to stop asking.
STOP_POLLING = 286


@requires(BillingPermission.ISSUE)
@requires_fresh_factor
@require_http_methods(["GET", "HEAD", "POST"])
def issue(request: HttpRequest, month: str) -> HttpResponse:
    """Say what will happen and let a worker do it; pressing again later makes what is missing."""
    row = named_month(month)
    if row.state != State.APPROVED:
        raise NotFound
    name = month_text(month_of(row))
    form = Form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            run = request_issue(period=month_of(row), by=actor_of(request), at=clock.now())
        except DomainError as refusal:
            form.add_refusal(refusal)
        else:
            return redirect(run_url(row, run))
    wording = Wording(
        title=_("Dokumente für %(month)s ausstellen") % {"month": name},
        effects=_effects(row),
        submit=_("Ausstellen"),
        done="",
        kind="warning",
    )
    values = {
        "row": row,
        "form": form,
        "wording": wording,
        "cancel_url": reverse("billing-association:issue-preview", kwargs={"month": row.name}),
        "breadcrumb_items": breadcrumb(row, wording.title),
    }
    return render(request, "billing/board/decision.html", values)


@requires(BillingPermission.ISSUE)
@require_POST
def rehearse(request: HttpRequest, month: str) -> HttpResponse:
    """Let a worker write every document and throw it away: what the rules say stands there afterwards."""
    row = named_month(month)
    try:
        run = request_issue(period=month_of(row), is_rehearsal=True, by=actor_of(request), at=clock.now())
    except DomainError as refusal:
        messages.error(request, refusal.message)
        return redirect(month_url(row))
    return redirect(run_url(row, run))


@requires(BillingPermission.READ_PERIODS)
@require_safe
def run(request: HttpRequest, month: str, number: int) -> HttpResponse:
    """How far it is; reloading shows where it stands now."""
    row = named_month(month)
    values = _values(request, row, _found(row, number))
    title = values["progress"].run.job.title
    return render(request, "billing/papers/run.html", {**values, "breadcrumb_items": breadcrumb(row, title)})


@requires(BillingPermission.READ_PERIODS)
@require_safe
def run_fragment(request: HttpRequest, month: str, number: int) -> HttpResponse:
    """The same for htmx: nothing while nothing is new, so that nothing is read out twice."""
    row = named_month(month)
    values = _values(request, row, _found(row, number))
    progress = values["progress"]
    if progress.is_open and request.GET.get("bekannt") == progress.mark:
        return HttpResponse(status=204)
    return TemplateResponse(
        request,
        "billing/papers/run.html#state",
        {**values, "is_fragment": True},
        status=200 if progress.is_open else STOP_POLLING,
    )


def run_url(row: BillingPeriod, run: IssueRun) -> str:
    return reverse("billing-association:issue-run", kwargs={"month": row.name, "number": run.pk})


def _found(row: BillingPeriod, number: int) -> IssueRun:
    found = IssueRun.objects.select_related("job").filter(pk=number, period_id=row.pk).first()
    if found is None:
        raise NotFound
    return found


def _values(request: HttpRequest, row: BillingPeriod, run: IssueRun) -> dict[str, Any]:
    return {
        "row": row,
        "name": month_text(month_of(row)),
        "progress": progress_of(run),
        "documents_url": f"{reverse('billing-association:documents')}?monat={row.name}",
        "may_issue": actor_of(request).may(BillingPermission.ISSUE) and row.state == State.APPROVED,
    }


def _effects(row: BillingPeriod) -> list[str]:
    try:
        count, cents, missing = wanted(row)
    except Invalid as refusal:
        return [refusal.message]
    found = [
        ngettext(
            "Ein Dokument über %(amount)s wird ausgestellt.",
            "%(count)s Dokumente über zusammen %(amount)s werden ausgestellt.",
            count,
        )
        % {"count": count, "amount": euro_text(cents)},
        _("Die Kommunen können ihre Dokumente sofort herunterladen."),
        _("Jedes erhält seine Nummer und ändert sich danach nie wieder; was falsch ist, wird aufgehoben."),
    ]
    if missing:
        found.append(
            ngettext(
                "Ein Dokument kann noch nicht ausgestellt werden. Es kommt beim nächsten Versuch.",
                "%(count)s Dokumente können noch nicht ausgestellt werden. Sie kommen beim nächsten Versuch.",
                missing,
            )
            % {"count": missing}
        )
    return found
