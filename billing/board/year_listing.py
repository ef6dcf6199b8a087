# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The year's table as a list people take along."""

from __future__ import annotations

from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

from billing.closing.yearly import YearTable
from billing.forms import month_text
from verbund.documents.listings.listing import Column, Kind, Listing


def year_listing(table: YearTable) -> Listing:
    """Each member, service and cost centre with its months; a spreadsheet sums and groups them as it likes."""
    return Listing(
        title=_("Abrechnung %(year)s") % {"year": table.wanted.year},
        columns=(
            Column(key="member", title=_("Kommune")),
            Column(key="service", title=_("Dienst")),
            Column(key="cost_centre", title=_("Kostenstelle")),
            *(
                Column(key=f"month_{month.month:02d}_cents", title=str(MONTHS[month.month]), kind=Kind.EURO)
                for month in table.months
            ),
            Column(key="total_cents", title=_("Summe"), kind=Kind.EURO),
            Column(key="before_cents", title=_("Vorjahr"), kind=Kind.EURO),
        ),
        rows=[
            (part.member_name, part.service_title, part.centre_title, *row.cells, row.cents, row.before)
            for part, row in table.flat
        ],
        notes=year_notes(table),
    )


def year_notes(table: YearTable) -> list[str]:
    """What to know before one adds up or compares."""
    notes = [_("Beträge ohne Umsatzsteuer.")]
    if table.previews:
        notes.append(
            _("Berechnet, aber noch nicht freigegeben: %(months)s.")
            % {"months": ", ".join(month_text(month) for month in table.previews)}
        )
    if table.compared:
        notes.append(
            _("Das Vorjahr umfasst dieselben Monate: %(months)s.")
            % {"months": ", ".join(str(MONTHS[month.month]) for month in table.compared)}
        )
    return notes
