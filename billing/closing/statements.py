# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""One member's statement of a month as the association reads it, also before it is approved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from billing.closing.models import BillingPeriod, Statement, StatementLine
from verbund.kernel.errors import NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementView:
    """The statement of the run that counts, and its lines in their order."""

    statement: Statement
    lines: Sequence[StatementLine]

    @property
    def services(self) -> list[tuple[str, str, list[StatementLine], int]]:
        """Title, tax regime, lines and sum of each service and regime."""
        found: dict[tuple[str, str], list[StatementLine]] = {}
        for line in self.lines:
            found.setdefault((line.service.title, line.get_regime_display()), []).append(line)
        return [
            (title, regime, lines, sum(line.net_cents for line in lines))
            for (title, regime), lines in found.items()
        ]


def statement_of(row: BillingPeriod, slug: str) -> StatementView:
    """The member's statement by the run that counts; the association must be entered.

    Raises:
        NotFound: the month is not calculated, or the member has no statement in it.
    """
    if row.run is None:
        raise NotFound
    statement = (
        Statement.objects.filter(run=row.run, tenant__slug=slug)
        .select_related("tenant", "run__period")
        .first()
    )
    if statement is None:
        raise NotFound
    lines = _with_sources(StatementLine.objects.filter(statement=statement))
    return StatementView(statement=statement, lines=list(lines.order_by("position")))


def lines_of(row: BillingPeriod, *, centre: str = "", slug: str = "") -> QuerySet[StatementLine]:
    """Every line of the run that counts, by member; a cost centre's code and a member's slug narrow it.

    Raises:
        NotFound: the month is not calculated.
    """
    if row.run is None:
        raise NotFound
    lines = StatementLine.objects.filter(statement__run=row.run).select_related("statement__tenant")
    if centre:
        lines = lines.filter(cost_centre__code=centre)
    if slug:
        lines = lines.filter(statement__tenant__slug=slug)
    return _with_sources(lines).order_by("statement__tenant__sort_key", "position")


def _with_sources(lines: QuerySet[StatementLine]) -> QuerySet[StatementLine]:
    return lines.select_related("service", "cost_centre", "key_version", "price_version", "origin")
