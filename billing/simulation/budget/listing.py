# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The estimate of a year as a list people take along."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from billing.simulation.budget.estimating import Estimate
from verbund.documents.listings.listing import Column, Kind, Listing


def budget_listing(*, year: int, found: Estimate | None, notes: Sequence[str]) -> Listing:
    """Members by cost centres and services, and the sums; empty where there is no estimate."""
    columns = found.columns if found is not None else ()
    return Listing(
        title=_("Haushaltsansätze %(year)s") % {"year": year},
        columns=(
            Column(key="member", title=_("Kommune")),
            *(
                Column(
                    key=f"{one.code.replace(' ', '_').replace('-', '_')}_cents",
                    title=one.title,
                    kind=Kind.EURO,
                )
                for one in columns
            ),
            Column(key="sum_cents", title=_("Summe"), kind=Kind.EURO),
        ),
        rows=[
            *((row.name, *row.cells, row.cents) for row in found.members),
            (_("Summe"), *found.sums, found.cents),
        ]
        if found is not None
        else [],
        notes=notes,
    )
