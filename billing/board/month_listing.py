# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The lines of a month as a list people take along, each with what it follows from."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from billing.closing.models import BillingPeriod, StatementLine
from billing.closing.periods import month_of
from billing.derivation import grouped
from billing.forms import month_text
from verbund.documents.listings.listing import Column, Kind, Listing


def month_listing(row: BillingPeriod, lines: Iterable[StatementLine]) -> Listing:
    """The lines in their order; the month's run must be there."""
    number = row.run.number if row.run else 0
    return Listing(
        title=_("Abrechnung %(month)s") % {"month": month_text(month_of(row))},
        columns=(
            Column(key="member", title=_("Kommune")),
            Column(key="service", title=_("Dienst")),
            Column(key="regime", title=_("Steuerart")),
            Column(key="cost_centre", title=_("Kostenstelle")),
            Column(key="text", title=_("Posten")),
            Column(key="quantity", title=_("Menge"), kind=Kind.WHOLE),
            Column(key="unit", title=_("Einheit")),
            Column(key="share", title=_("Anteil")),
            Column(key="basis", title=_("Grundlage")),
            Column(key="net_cents", title=_("Betrag"), kind=Kind.EURO),
        ),
        rows=[
            (
                line.statement.tenant.name,
                line.service.title,
                line.get_regime_display(),
                line.cost_centre.title if line.cost_centre else "",
                line.text,
                line.quantity,
                line.unit,
                _share(line),
                basis_of(line),
                line.net_cents,
            )
            for line in lines
        ],
        notes=[
            _("Stand der Abrechnung: %(state)s, Rechenlauf %(number)s.")
            % {"state": row.state_label, "number": number},
            _("Beträge ohne Umsatzsteuer."),
        ],
    )


def basis_of(line: StatementLine) -> str:
    """Which version of which key or price the line follows from, or the reason of a correction."""
    if line.reason:
        return line.reason
    if line.key_version is not None:
        named = {"name": line.key_version.name, "version": line.key_version.version}
        return _("Schlüssel „%(name)s“, Fassung %(version)s") % named
    if line.price_version is not None:
        return _("Preise Fassung %(version)s") % {"version": line.price_version.version}
    return ""


def _share(line: StatementLine) -> str:
    if line.numerator is None or line.denominator is None:
        return ""
    return f"{grouped(int(line.numerator))} / {grouped(int(line.denominator))}"
