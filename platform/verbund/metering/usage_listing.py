# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The usage of a month as a list people take along."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from verbund.documents.listings.listing import Column, Kind, Listing
from verbund.metering.periods import Period
from verbund.metering.queries import Usage, label_of


def usage_listing(
    *,
    period: Period,
    rows: Iterable[Usage],
    names: Mapping[int, tuple[str, str]],
    estimated: Mapping[tuple[int, str], int],
    notes: Iterable[str] = (),
) -> Listing:
    """Exact quantities in the meters' own units; ``names``: slug and name by number, a former member has none.

    ``estimated`` hours of levels by tenant and meter are in the quantity; nobody measured them.
    """
    return Listing(
        title=_("Nutzung %(period)s") % {"period": period},
        columns=(
            Column(key="tenant", title=_("Kürzel")),
            Column(key="name", title=_("Kommune")),
            Column(key="period", title=_("Monat")),
            Column(key="meter", title=_("Kennung des Zählers")),
            Column(key="label", title=_("Zähler")),
            Column(key="unit", title=_("Einheit")),
            Column(key="quantity", title=_("Menge"), kind=Kind.WHOLE),
            Column(key="previous", title=_("Monat davor"), kind=Kind.WHOLE),
            Column(key="estimated_hours", title=_("Geschätzte Stunden"), kind=Kind.WHOLE),
        ),
        rows=[
            (
                *names.get(row.tenant, (str(row.tenant), "")),
                str(period),
                row.meter,
                label_of(row.meter),
                row.unit,
                row.quantity,
                row.previous,
                estimated.get((row.tenant, row.meter), 0),
            )
            for row in rows
            if row.quantity or row.previous
        ],
        notes=tuple(notes),
    )
