# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The keys, and one version of a key with what it gave."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from billing.allocation.sharing import Share
from billing.board.tabs import finance_tabs
from billing.closing.periods import month_of
from billing.costs.versions import key_of
from billing.derivation import derivation
from billing.forms import month_text
from billing.permissions import BillingPermission
from billing.simulation.describing import basis_text, parts_text, percent_text, rules
from billing.simulation.given import Given, last_given, member_names
from billing.simulation.keys import KeyEntry, all_keys, key_entry
from verbund.accounts.access import requires
from verbund.accounts.api import names_of
from verbund.kernel import clock
from verbund.kernel.errors import NotFound
from verbund.kernel.sorting import sort_key


@requires(BillingPermission.READ_COSTS)
@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    """Each key: what it shares, by what today, and its versions."""
    today = clock.today()
    rows = [
        {
            "entry": entry,
            "parts": parts_text(key_of(entry.now)) if entry.now else [],
            "versions": versions_of(entry),
        }
        for entry in all_keys(today)
    ]
    return render(
        request,
        "billing/simulation/keys.html",
        {"rows": rows, "finance_tabs": finance_tabs(request, "keys"), "breadcrumb_items": trail()},
    )


@requires(BillingPermission.READ_COSTS)
@require_safe
def version(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """A version in words, and each member's share of the last month with how it came about."""
    entry = key_entry(key, clock.today())
    row = next((item for item in entry.versions if item.version == number), None)
    if row is None:
        raise NotFound
    engine = key_of(row)
    found = last_given(row)
    people = names_of({row.entered_by} if row.entered_by else set())
    return render(
        request,
        "billing/simulation/version.html",
        {
            "entry": entry,
            "row": row,
            "versions": versions_of(entry),
            "state": entry.state_of(row, clock.today()),
            "parts": parts_text(engine),
            "rules": [
                *rules(engine, member_names()),
                (_("Grundlage"), row.source),
                (_("Eingetragen von"), people.get(row.entered_by or 0, _("die Plattform"))),
            ],
            "given": found,
            "month": month_text(month_of(found.row.period)) if found else "",
            "centres": shown_shares(found) if found else [],
            "breadcrumb_items": trail(
                _("%(name)s, Fassung %(number)s") % {"name": row.name, "number": number}
            ),
        },
    )


def trail(*below: str) -> list[tuple[str, str]]:
    """The way from the months to the keys and what is below."""
    start = (_("Finanzen"), reverse("billing-association:months"))
    if not below:
        return [start, (_("Schlüssel"), "")]
    return [start, (_("Schlüssel"), reverse("billing-association:keys")), *((text, "") for text in below)]


def versions_of(entry: KeyEntry) -> list[dict[str, Any]]:
    """The versions with the days on which they hold; of two that begin together only the later one holds."""
    today = clock.today()
    shown: list[dict[str, Any]] = []
    after = None
    for row in entry.versions:
        until = after.fromordinal(after.toordinal() - 1) if after else None
        shown.append(
            {
                "row": row,
                "until": until,
                "is_replaced": until is not None and until < row.valid_from,
                "state": entry.state_of(row, today),
            }
        )
        after = row.valid_from
    return shown


def shown_shares(found: Given) -> list[dict[str, Any]]:
    """For each cost centre its shares as a table with the derivation of each."""
    names = found.names
    return [
        {
            "title": title,
            "parts": [
                {"text": basis_text(part.basis), "denominator": part.denominator}
                for part in (shares[0].parts if shares else ())
            ],
            "total": shares[0].total_cents if shares else 0,
            "rows": [
                _row(found, share, names) for share in sorted(shares, key=lambda s: sort_key(names[s.member]))
            ],
        }
        for title, shares in found.centres
    ]


def _row(found: Given, share: Share, names: dict[str, str]) -> dict[str, Any]:
    return {
        "name": names[share.member],
        "numerators": [{"text": basis_text(part.basis), "numerator": part.numerator} for part in share.parts],
        "percent": percent_text(share.ratio),
        "cents": share.cents,
        "derivation": derivation(found.run, share) if found.run else (),
    }
