# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""`verbund billing calculate|approve|close`: a month's steps on the command line, each by a person with a second factor."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction
from rich.console import Console
from rich.table import Table

from billing import signing
from billing.allocation.money import euros
from billing.closing.approving import approve_period, close_period
from billing.closing.blocking import obstacles
from billing.closing.calculating import calculate_period
from billing.closing.computing import compute
from billing.closing.differences import differences
from billing.closing.models import BillingPeriod
from billing.closing.periods import follow_calendar, get_period
from billing.permissions import BillingPermission
from tenants.models import Tenant
from verbund.kernel import clock, context
from verbund.kernel.actors import Actor
from verbund.metering import rollup
from verbund.metering.periods import Period, parse_period

_BLOCKED = 1


def add_to(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands below `verbund billing`; calculate is there already and calls `run_calculate`."""
    for name, said, run in (
        ("approve", "einen berechneten Monat freigeben, als zweite Person", run_approve),
        ("close", "einen Monat, dessen Dokumente ausgestellt sind, für immer abschließen", run_close),
    ):
        parser = actions.add_parser(name, help=said)
        parser.add_argument("--period", required=True, metavar="JJJJ-MM", help="Monat, zum Beispiel 2026-10")
        parser.add_argument("--json", action="store_true", help="Ausgabe für Programme")
        signing.add_arguments(parser)
        parser.set_defaults(run=run)


def run_trial(arguments: argparse.Namespace) -> int:
    """What the month comes to by now, and what still stands in the way; nothing is written."""
    period, today = parse_period(arguments.period), clock.today()
    with context.enter_association(), transaction.atomic():
        row = get_period(period)
        computed = compute(row)
        blocked = obstacles(row, today=today)
        names = _names()
        # A month nobody has entered anything for is none because somebody looked.
        transaction.set_rollback(True)
    if arguments.json:
        sys.stdout.write(computed.statements_record.decode())
    else:
        table = Table("Kommune", "Dienst", "Posten", "Betrag")
        for line in computed.lines:
            table.add_row(
                names[computed.members[line.member]], line.service, line.text, euros(line.net_cents)
            )
        Console().print(table)
        sys.stdout.write(f"Zusammen {euros(computed.cents)}. Probe: Es wurde nichts geschrieben.\n")
    for item in blocked:
        sys.stderr.write(f"{item.sentence} {item.way_out}\n")
    return 0


def run_calculate(arguments: argparse.Namespace) -> int:
    """Calculate the month and keep the run; says what changed since the last one."""
    period, at = parse_period(arguments.period), clock.now()
    with context.enter_association():
        by = signing.signed_by(arguments, BillingPermission.CALCULATE, at=at)
        done = calculate_period(period=period, by=by, at=at, today=clock.today())
        changed = differences(done.run) if done.is_new else ()
        names = _names()
    if arguments.json:
        _write(
            done.period,
            is_new=done.is_new,
            differences=[
                {
                    "tenant": names[item.tenant],
                    "before_cents": item.before_cents,
                    "after_cents": item.after_cents,
                }
                for item in changed
            ],
        )
        return 0
    said = f"Rechenlauf {done.run.number}: zusammen {euros(done.run.cents)}."
    sys.stdout.write(f"{said}\n" if done.is_new else f"{said} Die Zahlen sind dieselben wie vorher.\n")
    for item in changed:
        sys.stdout.write(
            f"{names[item.tenant]}: {euros(item.before_cents)} → {euros(item.after_cents)} ({euros(item.cents)})\n"
        )
    return 0


def run_approve(arguments: argparse.Namespace) -> int:
    """Approve the month as the person whose key it is."""

    def step(period: Period, by: Actor, at: datetime, today: date) -> BillingPeriod:
        return approve_period(period=period, by=by, at=at, today=today)

    return _step(arguments, BillingPermission.APPROVE, step)


def run_close(arguments: argparse.Namespace) -> int:
    """Close the month for good."""

    def step(period: Period, by: Actor, at: datetime, today: date) -> BillingPeriod:
        return close_period(period=period, by=by, at=at, today=today)

    rollup.roll_up()
    return _step(arguments, BillingPermission.CLOSE, step)


def _step(
    arguments: argparse.Namespace,
    permission: str,
    step: Callable[[Period, Actor, datetime, date], BillingPeriod],
) -> int:
    period, at, today = parse_period(arguments.period), clock.now(), clock.today()
    with context.enter_association():
        by = signing.signed_by(arguments, permission, at=at)
        blocked = obstacles(follow_calendar(get_period(period), today=today), today=today)
        if blocked:
            for item in blocked:
                sys.stderr.write(f"{item.sentence} {item.way_out}\n")
            return _BLOCKED
        row = step(period, by, at, today)
    if arguments.json:
        _write(row)
    else:
        sys.stdout.write(f"Der Monat {row.name} ist jetzt: {row.state_label}.\n")
    return 0


def _write(row: BillingPeriod, **more: object) -> None:
    run = row.run
    values = {
        "period": row.name,
        "state": row.state,
        "run": run.number if run else None,
        "sha256": run.sha256 if run else None,
        "cents": run.cents if run else None,
        **more,
    }
    sys.stdout.write(json.dumps(values, ensure_ascii=False, indent=2) + "\n")


def _names() -> dict[int, str]:
    return dict(Tenant.objects.values_list("number", "name"))
