# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The table of costs as the page writes it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode

from billing.costs.yearly import CentreCosts, CostTable
from billing.forms import month_text
from verbund.kernel import clock
from verbund.metering.periods import Period, period_of
from verbund.web.texts import number_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """An amount without its sign of the euro; ``entry_url`` where it is missing and can be entered."""

    title: str
    text: str = ""
    entry_url: str = ""


def shown_table(table: CostTable, enterable: Collection[Period]) -> dict[str, Any]:
    """Headings, rows and sums, the newest month first; missing amounts of months that are over and ``enterable`` lead to their entry."""
    running = period_of(clock.today())
    due = {month for month in enterable if month < running}
    return {
        "months": [_heading(month) for month in reversed(table.months)],
        "rows": [
            {
                "centre": row.centre,
                "cells": [
                    _cell(row, month, cents, due) for month, cents in _newest_first(table.months, row.cells)
                ],
                "sum": _text(row.cents),
                "before": _text(row.before),
            }
            for row in table.rows
        ],
        "sums": _cells(table, table.sums),
        "sum": _text(table.cents),
        "before": _cells(table, table.before),
        "before_sum": _text(table.before_cents),
        "has_before": table.before_cents is not None,
    }


def _cell(row: CentreCosts, month: Period, cents: int | None, due: Collection[Period]) -> Cell:
    title = _heading(month)
    if cents is not None:
        return Cell(title=title, text=_text(cents))
    last = row.centre.last_month
    if month not in due or (last is not None and last < month.first):
        return Cell(title=title)
    query = urlencode({"kostenstelle": row.centre.code, "monat": str(month)})
    return Cell(
        title=title, text=month_text(month), entry_url=f"{reverse('billing-association:cost-enter')}?{query}"
    )


def _cells(table: CostTable, cents: Sequence[int | None]) -> list[Cell]:
    return [Cell(title=_heading(month), text=_text(one)) for month, one in _newest_first(table.months, cents)]


def _newest_first(months: Sequence[Period], cents: Sequence[int | None]) -> list[tuple[Period, int | None]]:
    """On a narrow screen the table is wider than the page; what is read most stands at its beginning."""
    return list(zip(months, cents, strict=True))[::-1]


def _heading(month: Period) -> str:
    return date_format(month.first, "M Y")


def _text(cents: int | None) -> str:
    return "" if cents is None else number_text(Decimal(cents) / 100, 2)
