# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A member's own statements: months that are approved, what they cost, and what is to be paid."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet, Sum

from billing.closing.models import Statement, StatementLine
from billing.closing.states import LineKind, State
from billing.costs.models import Regime
from billing.member.reading import own_rows
from verbund.kernel.errors import NotFound
from verbund.metering.periods import Period

# Before that nothing is certain, and a preview would be taken for a bill.
SHOWN = (State.APPROVED.value, State.ISSUED.value, State.CLOSED.value)
# These say when something is paid, not what it costs.
_PAYMENT = (LineKind.ADVANCE.value, LineKind.TRUE_UP.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthCost:
    """Cents of a month: ``cost`` with corrections of earlier months, of which ``corrections``; ``due`` after advances."""

    period: Period
    state: str
    cost: int
    corrections: int
    due: int

    @property
    def payments(self) -> int:
        """What advances and their settlement make of the cost."""
        return self.due - self.cost


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnStatement:
    """A month with its lines; ``services`` holds them by service with the sum of each."""

    cost: MonthCost
    run: int
    calculated_sha256: str
    lines: Sequence[StatementLine]

    def services(self) -> list[tuple[str, str, list[StatementLine], int]]:
        """Title, VAT regime, lines and sum of each service and regime, in the order of the statement."""
        found: dict[tuple[str, str], list[StatementLine]] = {}
        for line in self.lines:
            found.setdefault((line.service.title, str(Regime(line.regime).label)), []).append(line)
        return [
            (title, regime, lines, sum(line.net_cents for line in lines))
            for (title, regime), lines in found.items()
        ]


def month_costs(*, since: Period | None = None) -> list[MonthCost]:
    """The entered municipality's approved months, oldest first."""
    with own_rows() as number:
        rows = _shown(number)
        if since is not None:
            rows = rows.filter(statement__run__period__month__gte=since.first)
        found = (
            rows.values("statement__run__period__month", "statement__run__period__state")
            .annotate(
                cost=Sum("net_cents", filter=~Q(kind__in=_PAYMENT), default=0),
                corrections=Sum("net_cents", filter=Q(kind=LineKind.CORRECTION), default=0),
                due=Sum("net_cents", default=0),
            )
            .order_by("statement__run__period__month")
        )
        return [
            MonthCost(
                period=Period(
                    row["statement__run__period__month"].year, row["statement__run__period__month"].month
                ),
                state=row["statement__run__period__state"],
                cost=row["cost"],
                corrections=row["corrections"],
                due=row["due"],
            )
            for row in found
        ]


def own_statement(period: Period) -> OwnStatement:
    """The entered municipality's statement of a month.

    Raises:
        NotFound: the month is not approved yet, or it has no share in it.
    """
    with own_rows() as number:
        statement = (
            Statement.objects.filter(
                tenant_id=number,
                run_id=F("run__period__run_id"),
                run__period__state__in=SHOWN,
                run__period__month=period.first,
            )
            .select_related("run__period")
            .defer("run__record", "run__statements_record")
            .first()
        )
        if statement is None:
            raise NotFound
        lines = list(
            StatementLine.objects.filter(statement=statement)
            .select_related("service", "cost_centre", "key_version", "price_version", "origin")
            .order_by("position")
        )
    return OwnStatement(
        cost=MonthCost(
            period=period,
            state=statement.run.period.state,
            cost=_sum(line for line in lines if line.kind not in _PAYMENT),
            corrections=_sum(line for line in lines if line.kind == LineKind.CORRECTION),
            due=statement.cents,
        ),
        run=statement.run.number,
        calculated_sha256=statement.run.sha256,
        lines=lines,
    )


def _shown(number: int) -> QuerySet[StatementLine]:
    return StatementLine.objects.filter(
        statement__tenant_id=number,
        statement__run_id=F("statement__run__period__run_id"),
        statement__run__period__state__in=SHOWN,
    )


def _sum(lines: Iterable[StatementLine]) -> int:
    return sum(line.net_cents for line in lines)
