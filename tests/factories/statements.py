# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Months with the statements of members, step by step as the database demands it."""

from __future__ import annotations

from datetime import UTC, datetime

from django.db import transaction

from billing.closing.models import BillingPeriod, Run, Statement, StatementLine
from billing.closing.states import LineKind, State
from billing.costs.models import Service
from verbund.kernel import context
from verbund.kernel.context import Municipality
from verbund.metering.periods import Period

AT = datetime(2026, 11, 10, 9, tzinfo=UTC)
_STEPS = [State.OPEN, State.GRACE, State.CALCULATED, State.APPROVED, State.ISSUED, State.CLOSED]
_SOMEBODY = 4711


def make_month(
    period: Period,
    costs: dict[Municipality, int],
    *,
    state: State = State.APPROVED,
    correction: tuple[Period, int, str] | None = None,
    advance: int = 0,
) -> None:
    """A month in a state with one share for each member; each also gets the correction and the advance."""
    # In one transaction: a statement's sum is checked at its end.
    with context.enter_association(), transaction.atomic():
        service = Service.objects.get_or_create(code="umlage", defaults={"title": "Verbandsumlage"})[0]
        row = BillingPeriod.objects.create(month=period.first)
        run = Run.objects.create(
            period=row,
            number=1,
            engine="another engine",
            input_sha256="0" * 64,
            record=b'{"engine":"another engine"}',
            statements_record=b"{}",
            sha256="ab" * 32,
            cents=sum(costs.values()),
            calculated_at=AT,
        )
        for member, cents in costs.items():
            _make_statement(
                run, service=service, member=member, cents=cents, correction=correction, advance=advance
            )
        for step in _STEPS[1 : _STEPS.index(state) + 1]:
            row.state = step.value
            if step is State.CALCULATED:
                row.run = run
            if step is State.APPROVED:
                row.approved_by, row.approved_at = _SOMEBODY, AT
            row.save()


def _make_statement(
    run: Run,
    *,
    service: Service,
    member: Municipality,
    cents: int,
    correction: tuple[Period, int, str] | None,
    advance: int,
) -> None:
    lines = [
        {
            "kind": LineKind.SHARE,
            "text": "Rechenzentrum: Anteil",
            "net_cents": cents,
            "numerator": 1,
            "denominator": 3,
        }
    ]
    if correction:
        origin, more, reason = correction
        lines.append(
            {
                "kind": LineKind.CORRECTION,
                "text": "Rechenzentrum: Berichtigung",
                "net_cents": more,
                "origin": BillingPeriod.objects.get(month=origin.first),
                "reason": reason,
            }
        )
    if advance:
        lines.append({"kind": LineKind.ADVANCE, "text": "Vorauszahlung", "net_cents": advance})
    statement = Statement.objects.create(
        run=run, tenant_id=member.number, cents=sum(int(line["net_cents"]) for line in lines)
    )
    StatementLine.objects.bulk_create(
        StatementLine(statement=statement, position=position, service=service, regime="LEVY", **line)
        for position, line in enumerate(lines, 1)
    )
