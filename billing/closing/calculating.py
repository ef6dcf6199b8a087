# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Calculating a month: a run with its statements, the same bytes for the same figures, and what changed since the last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from billing.closing.blocking import refuse_blocked
from billing.closing.computing import Computed, compute
from billing.closing.drafting import DraftLine, by_member
from billing.closing.models import BillingPeriod, Participation, Run, Statement, StatementLine
from billing.closing.periods import follow_calendar, locked, must, wrong_state
from billing.closing.states import Act, State
from billing.costs.checks import check_text
from billing.costs.models import REASON_LENGTH, Service
from billing.fixed_months import guarded
from billing.permissions import BillingPermission
from billing.persons import answerable, person_of
from verbund.audit import api as audit
from verbund.kernel.actors import Actor
from verbund.metering.periods import Period
from verbund.metering.queries import unit_of


@dataclass(frozen=True, kw_only=True)
class Calculated:
    """The run that counts now; ``is_new`` is False if the figures are those of the last one."""

    period: BillingPeriod
    run: Run
    is_new: bool


def calculate_period(*, period: Period, by: Actor, at: datetime, today: date) -> Calculated:
    """Calculate a month whose grace period is over, or calculate it again before it is approved.

    The same figures give the same run; others a new one beside the old, which stays for comparison. The association
    must be entered.

    Raises:
        Forbidden: the actor may not, or nobody answers for it.
        Conflict: the month is approved already, or something has to be done first.
        Invalid: something that goes into it is missing or does not hold.
    """
    must(by, BillingPermission.CALCULATE)
    person = person_of(by)
    with guarded("period"):
        row = follow_calendar(locked(period), today=today)
        if row.state not in {State.OPEN, State.GRACE, State.CALCULATED}:
            raise wrong_state(row)
        refuse_blocked(row, State.CALCULATED, today=today)
        computed = compute(row)
        last = row.runs.order_by("-number").first()
        is_new = last is None or last.sha256 != computed.sha256
        run = (
            _write(row, computed, (last.number if last else 0) + 1, person, at)
            if is_new or last is None
            else last
        )
        if person is not None:
            # Whoever gets the figures of an earlier run again has calculated too, though no run is written.
            Participation.objects.bulk_create(
                [Participation(period=row, person=person, act=Act.CALCULATED, at=at)], ignore_conflicts=True
            )
        before = row.state
        row.state, row.run = State.CALCULATED, run
        row.save(update_fields=["state", "run"])
        audit.record(
            action="billing.period.calculated",
            subject=f"billing.period:{row.name}",
            by=by,
            changes={
                "state": [before, row.state],
                "run": run.number,
                "sha256": run.sha256,
                "cents": run.cents,
                "is_new": is_new,
            },
            at=at,
        )
    return Calculated(period=row, run=run, is_new=is_new)


def discard_calculation(*, period: Period, reason: str, by: Actor, at: datetime) -> BillingPeriod:
    """Go back to the grace period, so that costs, keys and prices can be entered again; the run stays for comparison.

    Raises:
        Forbidden: the actor may not, or nobody answers for it.
        Conflict: the month is not calculated, or approved already.
    """
    must(by, BillingPermission.CALCULATE)
    answerable(by)
    given = check_text("reason", reason, most=REASON_LENGTH)
    with guarded("period"):
        row = locked(period)
        if row.state != State.CALCULATED:
            raise wrong_state(row)
        row.state, row.run = State.GRACE, None
        row.save(update_fields=["state", "run"])
        audit.record(
            action="billing.period.calculation_discarded",
            subject=f"billing.period:{row.name}",
            by=by,
            reason=given,
            at=at,
        )
    return row


def _write(row: BillingPeriod, computed: Computed, number: int, person: int | None, at: datetime) -> Run:
    run = Run.objects.create(
        period=row,
        number=number,
        engine=computed.run.engine,
        input_sha256=computed.run.input_sha256,
        record=computed.record,
        statements_record=computed.statements_record,
        sha256=computed.sha256,
        cents=computed.cents,
        calculated_by=person,
        calculated_at=at,
    )
    ordered = by_member(computed.lines)
    statements = Statement.objects.bulk_create(
        Statement(run=run, tenant_id=computed.members[member], cents=sum(line.net_cents for line in lines))
        for member, lines in ordered.items()
    )
    services = {service.code: service for service in Service.objects.all()}
    StatementLine.objects.bulk_create(
        _line(statement, position, line, computed, services)
        for statement, lines in zip(statements, ordered.values(), strict=True)
        for position, line in enumerate(lines, start=1)
    )
    return run


def _line(
    statement: Statement, position: int, line: DraftLine, computed: Computed, services: dict[str, Service]
) -> StatementLine:
    booked, old = computed.booked, computed.corrected
    key, price = (line.key, line.key_version), (line.service, line.price_version)
    return StatementLine(
        statement=statement,
        position=position,
        kind=line.kind,
        service=services[line.service],
        regime=line.regime,
        cost_centre=(old.centres if line.origin else booked.centres).get(line.cost_centre),
        key_version=(old.keys if line.origin else booked.keys).get(key),
        price_version=(old.prices if line.origin else booked.prices).get(price),
        text=line.text,
        meter=line.meter,
        quantity=line.quantity,
        unit=str(unit_of(line.meter)) if line.meter else "",
        numerator=line.numerator,
        denominator=line.denominator,
        net_cents=line.net_cents,
        origin=old.origins.get(line.origin),
        reason=line.reason,
    )
