# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A year of a member's costs: approved months, the year before, what is to be expected, as figures, drawing and list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.dates import MONTHS, MONTHS_3
from django.utils.translation import gettext as _

from billing.closing.models import STATE_LABELS
from billing.closing.states import State
from billing.member.forecast import Basis, Year, year_end
from billing.member.statements import MonthCost, month_costs
from verbund.documents.listings.listing import Column, Kind, Listing
from verbund.kernel import clock
from verbund.web.charts import Chart, Look, Point, Series, columns_of
from verbund.web.texts import euro_text

_MONTHS = range(1, 13)


@dataclass(frozen=True, slots=True, kw_only=True)
class CostYear:
    """``outlook`` is None for a year that is over, and as long as no month is approved."""

    year: int
    years: Sequence[int]
    months: Sequence[MonthCost]
    before: dict[int, int]
    outlook: Year | None

    @property
    def cost(self) -> int:
        return sum(month.cost for month in self.months)

    @property
    def due(self) -> int:
        return sum(month.due for month in self.months)

    @property
    def before_total(self) -> int | None:
        """The whole year before; None when some of its months are not there."""
        return sum(self.before.values()) if len(self.before) == len(_MONTHS) else None


def cost_year(wanted: int | None = None) -> CostYear:
    """The year asked for, or the newest with an approved month; the running one when there is none at all."""
    found = month_costs()
    years = sorted({month.period.year for month in found}, reverse=True)
    running = clock.today().year
    year = wanted if wanted in years else (years[0] if years else running)
    months = [month for month in found if month.period.year == year]
    before = {month.period.month: month.cost for month in found if month.period.year == year - 1}
    return CostYear(
        year=year,
        years=years,
        months=months,
        before=before,
        outlook=_outlook(months, before) if year == running else None,
    )


def basis_text(basis: Basis) -> str:
    """How the months to come were reached, for people."""
    return {
        Basis.KNOWN: _("Alle Monate sind freigegeben."),
        Basis.LAST_YEAR: _(
            "Je Monat der des Vorjahrs, um so viel höher oder niedriger wie dieses Jahr bisher."
        ),
        Basis.AVERAGE: _("Je Monat der Durchschnitt der bisherigen; ein Vorjahr zum Vergleichen fehlt."),
        Basis.MIXED: _(
            "Wo es den Monat im Vorjahr gibt: dieser, um so viel höher oder niedriger wie dieses Jahr bisher; sonst der Durchschnitt."
        ),
    }[basis]


def cost_chart(shown: CostYear) -> Chart:
    """Months of the year, certain and expected, beside those of the year before where there are any."""
    known = {month.period.month: month.cost for month in shown.months}
    expected = shown.outlook.expected if shown.outlook else {}
    now = [Series(label=str(shown.year), values=[known.get(month) for month in _MONTHS])]
    if expected:
        now.append(
            Series(
                label=_("erwartet"),
                values=[expected.get(month) for month in _MONTHS],
                look=Look.OPEN,
            )
        )
    last = Series(
        label=str(shown.year - 1),
        values=[shown.before.get(month) for month in _MONTHS],
        look=Look.PALE,
    )
    return columns_of(
        [Point(name=str(MONTHS[month]), label=str(MONTHS_3[month]).capitalize()[:3]) for month in _MONTHS],
        [[last], now] if shown.before else [now],
        euro_text,
        axis=_("Monat"),
    )


def cost_listing(shown: CostYear) -> Listing:
    """The approved months as a list people take along."""
    return Listing(
        title=_("Kosten %(year)s") % {"year": shown.year},
        columns=(
            Column(key="period", title=_("Monat")),
            Column(key="cost_cents", title=_("Kosten"), kind=Kind.EURO),
            Column(key="corrections_cents", title=_("davon Berichtigungen"), kind=Kind.EURO),
            Column(key="payments_cents", title=_("Vorauszahlungen und Verrechnung"), kind=Kind.EURO),
            Column(key="due_cents", title=_("Zu zahlen"), kind=Kind.EURO),
            Column(key="state", title=_("Stand")),
        ),
        rows=[
            (
                str(month.period),
                month.cost,
                month.corrections,
                month.payments,
                month.due,
                str(STATE_LABELS[State(month.state)]),
            )
            for month in shown.months
        ],
        notes=[_("Nur freigegebene Monate. Beträge ohne Umsatzsteuer.")],
    )


def _outlook(months: Sequence[MonthCost], before: dict[int, int]) -> Year | None:
    known = {month.period.month: month.cost for month in months}
    if not known:
        return None
    start = 1 if before else min(known)
    return year_end(known, before, missing=range(start, 13))
