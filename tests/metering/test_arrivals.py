# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What arrived is noted at the door, and held against what was counted afterwards."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.db import connection

from tests.factories.metering import NOON, make_batch, make_count
from verbund.kernel import context
from verbund.metering import ledger, rollup
from verbund.metering.arrivals import Mark, arrivals, marks
from verbund.metering.periods import Period
from verbund.metering.sealing import seals

OCTOBER, NOVEMBER = Period(2026, 10), Period(2026, 11)
LAST_HOUR_OF_OCTOBER = datetime(2026, 10, 31, 22, tzinfo=UTC)


def figures(*, tenant: int = 1, period: Period = NOVEMBER) -> list[tuple[str, int, int, int]]:
    with context.enter_association():
        return [
            (row.meter, row.received, row.counted, row.late) for row in arrivals(tenant=tenant, period=period)
        ]


def test_what_arrived_is_what_was_counted_before_and_after_the_roll_up(db):
    batch = make_batch(make_count(n=3), make_count(n=2, meter="cpu.ms"), make_count(n=50, tenant=2))
    ledger.receive([batch])
    ledger.receive([batch])

    before = figures()
    rollup.roll_up()

    assert before == figures() == [("cpu.ms", 2, 2, 0), ("http.requests", 3, 3, 0)]


def test_month_is_that_of_berlin(db):
    first = LAST_HOUR_OF_OCTOBER + timedelta(hours=1)
    ledger.receive([make_batch(make_count(hour=LAST_HOUR_OF_OCTOBER, n=4), make_count(hour=first, n=5))])

    assert figures(period=OCTOBER) == [("http.requests", 4, 4, 0)]
    assert figures() == [("http.requests", 5, 5, 0)]


def test_late_usage_has_arrived_and_is_in_no_figure(db):
    ledger.receive([make_batch(make_count(hour=LAST_HOUR_OF_OCTOBER, n=4))])
    seals.seal_month(OCTOBER)

    ledger.receive([make_batch(make_count(hour=LAST_HOUR_OF_OCTOBER, n=6))])

    assert figures(period=OCTOBER) == [("http.requests", 10, 4, 6)]


def test_what_was_taken_away_or_added_past_the_door_is_seen(db):
    ledger.receive([make_batch(make_count(n=3), make_count(n=2, meter="cpu.ms"))])
    rollup.roll_up()
    with context.enter_association(), connection.cursor() as cursor:
        cursor.execute("UPDATE metering_usageday SET n = 2 WHERE meter = 'http.requests'")
        cursor.execute("DELETE FROM metering_usagearrival WHERE meter = 'cpu.ms'")
        found = arrivals(tenant=1, period=NOVEMBER)

    assert [(row.meter, row.received, row.counted, row.is_exact) for row in found] == [
        ("cpu.ms", 0, 2, False),
        ("http.requests", 3, 2, False),
    ]


def test_last_arrival_is_the_moment_of_the_newest_batch(db, time_machine):
    time_machine.move_to(NOON, tick=False)
    ledger.receive([make_batch()])
    time_machine.move_to(NOON + timedelta(minutes=7), tick=False)
    ledger.receive([make_batch()])

    assert marks(tenant=1, period=NOVEMBER) == {
        "http.requests": Mark(last_at=NOON + timedelta(minutes=7), estimated=0)
    }
    assert marks(tenant=2, period=NOVEMBER) == {}
