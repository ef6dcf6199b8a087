# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What would be if: a key tried in the address, the difference for each member, and the way to make it a version."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from billing.allocation.keys import KeyVersion as EngineKey
from billing.costs.versions import key_of
from billing.permissions import BillingPermission
from billing.simulation.describing import parts_text, percent_text
from billing.simulation.drafting import adopt_draft, draft_of, tried
from billing.simulation.editor import AdoptForm, DraftForm
from billing.simulation.keys import KeyEntry, key_entry
from billing.simulation.listing import trial_listing
from billing.simulation.reach import reaches
from billing.simulation.trial import Comparison
from billing.simulation.views_keys import trail
from verbund.accounts.access import requires
from verbund.accounts.api import actor_of
from verbund.documents.listings.forms import form_of
from verbund.kernel import clock
from verbund.kernel.errors import DomainError, Forbidden
from verbund.web.charts import spread_of
from verbund.web.exports import FORM_FIELD, listing_response
from verbund.web.texts import euro_text


@dataclass(frozen=True, kw_only=True)
class Trial:
    """What was typed and what came of it; ``draft`` and ``found`` are None where it does not hold, the form says why."""

    entry: KeyEntry
    form: DraftForm
    draft: EngineKey | None
    found: Comparison | None


@requires(BillingPermission.READ_COSTS)
@require_http_methods(["GET", "HEAD", "POST"])
def trial(request: HttpRequest, key: str) -> HttpResponse:
    """The address holds what is tried, nothing is kept; a POST makes it a version."""
    may_edit = actor_of(request).may(BillingPermission.EDIT_COSTS)
    if request.method == "POST" and not may_edit:
        raise Forbidden
    shown = _trial(key, request.POST if request.method == "POST" else request.GET)
    adopting = AdoptForm(
        request.POST if request.method == "POST" else None,
        initial=AdoptForm.initial_for(shown.entry.name, clock.today()),
    )
    if request.method == "POST" and shown.form.is_valid() and adopting.is_valid():
        try:
            row = adopt_draft(
                key=shown.entry.key,
                definition=shown.form.definition,
                by=actor_of(request),
                at=clock.now(),
                **adopting.cleaned_data,
            )
        except DomainError as refusal:
            _refuse(shown.form, adopting, refusal)
        else:
            messages.success(
                request,
                _("Fassung %(number)s ist angelegt und gilt ab %(day)s.")
                % {"number": row.version, "day": f"{row.valid_from:%d.%m.%Y}"},
            )
            return redirect("billing-association:key-version", key=row.key, number=row.version)
    return render(
        request,
        "billing/simulation/trial.html",
        {
            **_shown(shown),
            "form": shown.form if shown.form.errors else adopting,
            "adopting": adopting if may_edit else None,
            "breadcrumb_items": trail(_("Was wäre, wenn: %(name)s") % {"name": shown.entry.name}),
        },
    )


@requires(BillingPermission.READ_COSTS)
@require_safe
def trial_list(request: HttpRequest, key: str) -> HttpResponseBase:
    """The same comparison as CSV, Excel, PDF or JSON.

    Raises:
        Invalid: what the address says does not hold.
    """
    shown = _trial(key, request.GET)
    return listing_response(
        trial_listing(
            name=shown.entry.name,
            reach=shown.form.reach,
            parts=parts_text(shown.draft) if shown.draft else (),
            found=shown.found,
        ),
        form_of(request.GET.get(FORM_FIELD, "")),
        subject=_("Was wäre %(key)s") % {"key": key},
        place=_("Verband"),
        issuer=_("Verband"),
    )


def _trial(key: str, given: Any) -> Trial:
    entry = key_entry(key, clock.today())
    form = DraftForm(given.dict(), held=key_of(entry.now) if entry.now else None, reaches=reaches(key))
    if not form.is_valid():
        return Trial(entry=entry, form=form, draft=None, found=None)
    draft = found = None
    try:
        draft = draft_of(key=key, name=entry.name, definition=form.definition)
        if form.reach is not None:
            found = tried(key=key, draft=draft, reach=form.reach)
    except DomainError as refusal:
        form.add_refusal(refusal)
    return Trial(entry=entry, form=form, draft=draft, found=found)


def _refuse(form: DraftForm, adopting: AdoptForm, refusal: DomainError) -> None:
    """At the fields of the form that has them."""
    if any(name in adopting.fields for name in refusal.fields) or not refusal.fields:
        adopting.add_refusal(refusal)
    else:
        form.add_refusal(refusal)


def _shown(shown: Trial) -> dict[str, Any]:
    found, reach = shown.found, shown.form.reach
    rows = found.rows if found else ()
    return {
        "entry": shown.entry,
        "draft_form": shown.form,
        "hidden": [(name, shown.form.data.get(name, "")) for name in shown.form.fields],
        "query": shown.form.query,
        "reach": reach,
        "parts": parts_text(shown.draft) if shown.draft else [],
        "found": found,
        "figures": _figures(found) if found else [],
        "rows": [
            {
                "row": row,
                "percent": "–" if row.ratio is None else percent_text(row.ratio, 2),
                "spread": spread,
            }
            for row, spread in zip(rows, spread_of([row.difference for row in rows]), strict=True)
        ],
    }


def _figures(found: Comparison) -> list[dict[str, str]]:
    more = sum(row.difference > 0 for row in found.rows)
    less = sum(row.difference < 0 for row in found.rows)
    return [
        {"label": _("Zu verteilen"), "value": euro_text(found.now), "note": _("bleibt gleich")},
        {
            "label": _("Verschiebt sich"),
            "value": euro_text(found.moved),
            "note": _("%(more)s zahlen mehr, %(less)s weniger") % {"more": more, "less": less},
        },
        {
            "label": _("Am meisten mehr"),
            "value": euro_text(max((row.difference for row in found.rows), default=0)),
            "note": found.rows[0].name if found.rows and found.rows[0].difference > 0 else "",
        },
        {
            "label": _("Am meisten weniger"),
            "value": euro_text(min((row.difference for row in found.rows), default=0)),
            "note": found.rows[-1].name if found.rows and found.rows[-1].difference < 0 else "",
        },
    ]
