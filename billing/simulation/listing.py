# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A trial as a list people take along."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from billing.simulation.reach import Reach
from billing.simulation.trial import Comparison
from verbund.documents.listings.listing import Column, Kind, Listing


def trial_listing(
    *, name: str, reach: Reach | None, parts: Sequence[str], found: Comparison | None
) -> Listing:
    """Members with both amounts and the difference; without costs the list is empty."""
    rows = found.rows if found else ()
    period = reach.label if reach else ""
    return Listing(
        title=_("Was wäre, wenn: %(name)s, %(period)s") % {"name": name, "period": period},
        columns=(
            Column(key="member", title=_("Kommune")),
            Column(key="now_cents", title=_("Bisher"), kind=Kind.EURO),
            Column(key="tried_cents", title=_("Simuliert"), kind=Kind.EURO),
            Column(key="difference_cents", title=_("Unterschied"), kind=Kind.EURO),
            Column(key="difference_percent", title=_("Unterschied in %"), kind=Kind.DECIMAL),
        ),
        rows=[
            (
                row.name,
                row.now,
                row.then,
                row.difference,
                None if row.ratio is None else Decimal(round(row.ratio * 10_000)).scaleb(-2),
            )
            for row in rows
        ]
        + ([(_("Summe"), found.now, found.then, found.then - found.now, None)] if found else []),
        notes=[
            _("Simuliert: %(parts)s.") % {"parts": ", ".join(parts)},
            _("Eine Probe; es gilt weiter die beschlossene Fassung. Beträge ohne Preise und Berichtigungen."),
        ],
    )
