# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What would be issued for a month, and what stands in the way, before anybody presses anything."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from billing.board.addresses import breadcrumb, named_month
from billing.closing.models import BillingPeriod
from billing.closing.periods import month_of
from billing.closing.states import State
from billing.costs.models import Regime as RegimeLabels
from billing.forms import month_text
from billing.issuing.draft import Regime
from billing.issuing.models import KIND_LABELS
from billing.issuing.planning import MemberPlan, Planned, plan
from billing.issuing.planning import preview as previewed
from billing.issuing.running import newest_run
from billing.papers.progress import progress_of
from billing.permissions import BillingPermission
from verbund.accounts.access import requires
from verbund.accounts.api import actor_of
from verbund.kernel import clock
from verbund.kernel.errors import DomainError, Invalid, NotFound
from verbund.web.texts import euro_text

# Before that there are no figures; afterwards there are the documents themselves.
_SHOWN = {State.CALCULATED, State.APPROVED}


@requires(BillingPermission.READ_PERIODS)
@require_safe
def preview(request: HttpRequest, month: str) -> HttpResponse:
    """Every member and its documents, the sums, and whose details are missing."""
    row = named_month(month)
    if row.state not in _SHOWN:
        raise NotFound
    name = month_text(month_of(row))
    values: dict[str, Any] = {
        "row": row,
        "name": name,
        "breadcrumb_items": breadcrumb(row, _("Dokumente")),
    }
    try:
        members = plan(row, today=clock.today())
    except Invalid as refusal:
        return render(request, "billing/papers/preview.html", {**values, "refusal": refusal})
    regimes = [regime for regime in Regime if any(_of(member, regime) for member in members)]
    run = newest_run(month_of(row))
    may_issue = actor_of(request).may(BillingPermission.ISSUE)
    return render(
        request,
        "billing/papers/preview.html",
        {
            **values,
            "figures": _figures(members),
            "regimes": [{"label": RegimeLabels(regime.value).label} for regime in regimes],
            "rows": [
                {"member": member, "cells": [_cell(member, regime) for regime in regimes]}
                for member in members
            ],
            "sums": [_sum(members, regime) for regime in regimes],
            "total": sum(member.gross_cents for member in members),
            "blocked": [_blocked(member) for member in members if member.failures],
            "progress": progress_of(run) if run else None,
            "may_rehearse": may_issue,
            "may_issue": may_issue and row.state == State.APPROVED,
        },
    )


@requires(BillingPermission.READ_PERIODS)
@require_safe
def preview_document(request: HttpRequest, month: str, slug: str, regime: str) -> HttpResponse:
    """One document as it would be, as a PDF marked as a draft; why there is none, where there is none."""
    row = named_month(month)
    if row.state not in _SHOWN:
        raise NotFound
    try:
        written = previewed(row, slug=slug, regime=regime, at=clock.now(), today=clock.today())
    except NotFound:
        raise
    except DomainError as refusal:
        values = {
            "refusal": refusal,
            "row": row,
            "name": month_text(month_of(row)),
            "breadcrumb_items": breadcrumb(row, _("Dokumente")),
        }
        return render(request, "billing/papers/preview.html", values, status=409)
    name = f"entwurf-{row.name}-{slug}-{regime.lower()}.pdf"
    return HttpResponse(
        written.pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )


def wanted(row: BillingPeriod) -> tuple[int, int, int]:
    """How many documents would come, for how many cents, and how many cannot yet."""
    found = [document for member in plan(row, today=clock.today()) for document in member.documents]
    drafts = [document for document in found if document.draft]
    return (
        len(drafts),
        sum(document.gross_cents for document in drafts),
        sum(document.failure is not None for document in found),
    )


def _of(member: MemberPlan, regime: Regime) -> Planned | None:
    return next((document for document in member.documents if document.regime is regime), None)


def _cell(member: MemberPlan, regime: Regime) -> dict[str, Any]:
    found = _of(member, regime)
    label = str(RegimeLabels(regime.value).label)
    if found is None:
        return {"title": label}
    kind = KIND_LABELS[found.draft.kind] if found.draft else ""
    return {"title": label, "found": found, "kind": kind, "regime": regime.value}


def _sum(members: Sequence[MemberPlan], regime: Regime) -> dict[str, Any]:
    found = [_of(member, regime) for member in members]
    return {
        "title": RegimeLabels(regime.value).label,
        "cents": sum(planned.gross_cents for planned in found if planned),
    }


def _blocked(member: MemberPlan) -> dict[str, Any]:
    """A member with what is missing, each sentence once."""
    sentences = list(dict.fromkeys(failure.sentence for failure in member.failures))
    return {"member": member, "sentences": sentences}


def _figures(members: Sequence[MemberPlan]) -> list[dict[str, str]]:
    found = [document for member in members for document in member.documents]
    failed = sum(document.failure is not None for document in found)
    issued = sum(document.document is not None for document in found)
    return [
        {
            "label": _("Dokumente"),
            "value": str(len(found)),
            "note": ngettext("%(count)s schon ausgestellt", "%(count)s schon ausgestellt", issued)
            % {"count": issued}
            if issued
            else "",
        },
        {"label": _("Summe mit Steuer"), "value": euro_text(sum(document.gross_cents for document in found))},
        {
            "label": _("Kommunen"),
            "value": str(len(members)),
            "note": ngettext("%(count)s Dokument fehlt noch", "%(count)s Dokumente fehlen noch", failed)
            % {"count": failed}
            if failed
            else "",
        },
    ]
