# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Booked costs as a list people take along; its first four columns are what `take_costs` reads."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from billing.costs.cost_lines import titles
from billing.costs.models import ActualCost
from verbund.documents.listings.listing import Column, Kind, Listing
from verbund.metering.periods import Period, period_of


def cost_listing(months: Sequence[Period]) -> Listing:
    """Every amount of the months that counts, by month and cost centre; taken back ones are left out."""
    named = titles()
    found = (
        ActualCost.objects.filter(month__gte=months[0].first, month__lt=months[-1].after, replaced_by=None)
        .exclude(replaces__isnull=False, cents=0)
        .select_related("centre__service")
        .order_by("month", "centre__code", "pk")
    )
    return Listing(
        title=_("Kosten %(first)s bis %(last)s") % {"first": months[0], "last": months[-1]},
        columns=(
            Column(key="cost_centre", title=named["centre"]),
            Column(key="period", title=named["month"]),
            Column(key="amount_cents", title=named["cents"], kind=Kind.EURO),
            Column(key="source", title=named["source"]),
            Column(key="title", title=_("Bezeichnung")),
            Column(key="service", title=_("Dienst")),
            Column(key="entered_at", title=_("Eingetragen"), kind=Kind.MOMENT),
            Column(key="reason", title=_("Grund der Berichtigung")),
        ),
        rows=[
            (
                cost.centre.code,
                str(period_of(cost.month)),
                cost.cents,
                cost.source,
                cost.centre.title,
                cost.centre.service.title,
                cost.entered_at,
                cost.reason,
            )
            for cost in found
        ],
        notes=[_("Beträge ohne Umsatzsteuer. Ersetzte Beträge sind nicht dabei.")],
    )
