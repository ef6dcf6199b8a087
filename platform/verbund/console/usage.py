# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Usage figures as the console shows them: a table of members and meters, a month of days as bars."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext as _

from verbund.accounts.reach import api as reach
from verbund.console import members
from verbund.documents.listings.listing import Listing
from verbund.kernel import registry
from verbund.kernel.errors import NotFound
from verbund.metering import queries
from verbund.metering.arrivals import estimated_hours
from verbund.metering.periods import Period
from verbund.metering.usage_listing import usage_listing
from verbund.web.texts import number_text

ASSOCIATION_NUMBER = 0
ASSOCIATION_SLUG = "verbund"
# How large units are shown: divided by, name, digits.
_SCALES: dict[str, tuple[int, str, int]] = {
    "ms": (1000, "s", 1),
    "Byte": (1_000_000, "MB", 1),
    "Byte-Stunden": (1_000_000_000, "GB-Stunden", 1),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A meter with the unit its column is shown in."""

    meter: str
    label: str
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    meter: str
    text: str
    previous: str
    is_zero: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    slug: str
    name: str
    cells: list[Cell]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A month; ``sums`` stands below the rows."""

    columns: list[Column]
    rows: list[Row]
    sums: list[Cell]


def columns(*, exact: bool, used: set[str]) -> list[Column]:
    """The meters of business facts, or the technical ones; also those no package declares any more but that were used."""
    declared = registry.meters()
    known = [meter for slug, meter in declared.items() if meter.exact == exact]
    found = [Column(meter=meter.slug, label=str(meter.label), unit=shown_unit(meter.slug)) for meter in known]
    if exact:
        found.extend(Column(meter=slug, label=slug, unit="") for slug in sorted(used - set(declared)))
    return found


def month_table(period: Period, *, exact: bool) -> Table:
    """Every member, also those without usage, and the association's own pages."""
    usage = _in_reach(queries.usage_by_month(period))
    by_key = {(row.tenant, row.meter): row for row in usage.rows}
    shown = columns(exact=exact, used={row.meter for row in usage.rows})
    totals = {row.meter: row for row in usage.totals}
    listed = [*_names().items(), *_gone({row.tenant for row in usage.rows})]
    return Table(
        columns=shown,
        rows=[
            Row(
                slug=slug,
                name=name,
                cells=[_cell(column.meter, by_key.get((number, column.meter))) for column in shown],
            )
            for number, (slug, name) in listed
        ],
        sums=[_cell(column.meter, totals.get(column.meter)) for column in shown],
    )


def listing(period: Period) -> Listing:
    """The figures of all members that whoever asks looks after, and what they do not hold yet."""
    waiting = sum(row.unpushed for row in queries.backlog())
    return usage_listing(
        period=period,
        rows=_in_reach(queries.usage_by_month(period)).rows,
        estimated=estimated_hours(period),
        names=_names(),
        notes=[_("Noch nicht gezählt: %(count)s Vorgänge.") % {"count": waiting}] if waiting else (),
    )


def member_of(slug: str) -> tuple[int, str]:
    """Number and name of a member, or of the association itself.

    Raises:
        NotFound: there is none of that slug.
    """
    for number, (known, name) in _names().items():
        if known == slug:
            return number, name
    raise NotFound


def shown_unit(meter: str) -> str:
    unit = queries.unit_of(meter)
    return _SCALES[unit][1] if unit in _SCALES else unit


def shown_quantity(meter: str, quantity: int) -> str:
    """The quantity in the unit of its column: `1.234` or `12,5`."""
    scale = _SCALES.get(queries.unit_of(meter))
    if scale is None:
        return number_text(quantity)
    divisor, _unit, digits = scale
    return number_text(Decimal(quantity) / divisor, digits)


def _cell(meter: str, usage: queries.Usage | None) -> Cell:
    quantity, previous = (usage.quantity, usage.previous) if usage else (0, 0)
    return Cell(
        meter=meter,
        text=shown_quantity(meter, quantity),
        previous=shown_quantity(meter, previous) if quantity or previous else "",
        is_zero=not quantity,
    )


def _names() -> dict[int, tuple[str, str]]:
    if reach.current() is not None:
        return members.names()
    return {**members.names(), ASSOCIATION_NUMBER: (ASSOCIATION_SLUG, _("Verband (eigene Seiten)"))}


def _in_reach(usage: queries.MonthUsage) -> queries.MonthUsage:
    """The rows that may be seen, with their own sums."""
    if reach.current() is None:
        return usage
    rows = tuple(row for row in usage.rows if reach.is_visible(row.tenant))
    sums: dict[str, queries.Usage] = {}
    for row in rows:
        before = sums.get(row.meter, queries.Usage(tenant=ASSOCIATION_NUMBER, meter=row.meter, quantity=0))
        sums[row.meter] = replace(
            before, quantity=before.quantity + row.quantity, previous=before.previous + row.previous
        )
    return queries.MonthUsage(period=usage.period, rows=rows, totals=tuple(sums.values()))


def _gone(used: set[int]) -> list[tuple[int, tuple[str, str]]]:
    """Numbers with usage that are no member any more; their figures stay in the sums."""
    known = set(_names())
    return [
        (number, ("", _("Ehemaliges Mitglied %(number)s") % {"number": number}))
        for number in sorted(used - known)
    ]
