# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Days out of hours, recomputed and replaced."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from threading import Event, Thread

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories.metering import NOON, make_batch, make_count
from verbund.kernel import context
from verbund.metering import ledger, rollup
from verbund.metering.models import UsageDay, UsageStale
from verbund.metering.reconciliation import reconcile


def _days():
    with context.enter_association():
        return list(
            UsageDay.objects.order_by("day", "tenant", "meter").values_list(
                "day", "tenant", "meter", "quantity", "n"
            )
        )


def test_hours_become_days(db):
    ledger.receive([
        make_batch(
            make_count(quantity=1, hour=datetime(2026, 11, 11, 22, tzinfo=UTC)),
            make_count(quantity=2, hour=datetime(2026, 11, 11, 23, tzinfo=UTC)),
            make_count(quantity=4, hour=NOON, dimensions='{"module":"defects"}'),
            make_count(quantity=8, hour=NOON, tenant=2),
        )
    ])  # fmt: skip

    assert rollup.roll_up() == 3

    assert _days() == [
        (date(2026, 11, 11), 1, "http.requests", 1, 1),
        (date(2026, 11, 12), 1, "http.requests", 6, 2),
        (date(2026, 11, 12), 2, "http.requests", 8, 1),
    ]


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25)])
def test_days_with_clock_change_have_all_their_hours(db, day, hours):
    start = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=4)
    ledger.receive([make_batch(*(make_count(hour=start + timedelta(hours=turn)) for turn in range(34)))])

    rollup.roll_up()

    assert {row[0]: row[3] for row in _days()}[day] == hours
    assert sum(row[3] for row in _days()) == 34


def test_late_usage_replaces_the_day(db):
    ledger.receive([make_batch(make_count(quantity=1))])
    rollup.roll_up()
    ledger.receive([make_batch(make_count(quantity=10))])

    assert rollup.roll_up() == 1
    assert [row[3] for row in _days()] == [11]


def test_rolling_up_again_changes_nothing(db, django_assert_num_queries):
    ledger.receive([make_batch()])
    rollup.roll_up()
    before = _days()

    with django_assert_num_queries(2):  # lock, nothing stale
        assert rollup.roll_up() == 0
    with context.enter_association():
        UsageStale.objects.create(tenant=1, day=date(2026, 11, 12))
    assert rollup.roll_up() == 1
    assert _days() == before


@pytest.mark.parametrize("days", [1, 3])
def test_query_count_does_not_grow_with_days(db, django_assert_num_queries, days):
    ledger.receive([make_batch(*(make_count(hour=NOON + timedelta(days=day)) for day in range(days)))])

    with django_assert_num_queries(5):  # lock, stale, clear, fill, fresh
        rollup.roll_up()


def test_more_days_than_fit_at_once(db, monkeypatch):
    monkeypatch.setattr(rollup, "_MOST", 2)
    ledger.receive([make_batch(*(make_count(hour=NOON + timedelta(days=day)) for day in range(5)))])

    assert rollup.roll_up() == 5
    assert len(_days()) == 5


hours = st.integers(min_value=0, max_value=24 * 400).map(
    lambda hour: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=hour)
)
usage = st.lists(st.tuples(hours, st.integers(1, 3), st.integers(0, 1000), st.booleans()), max_size=30)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(usage)
def test_whatever_comes_when_everything_adds_up(db, counts):
    for hour, tenant, quantity, then_roll_up in counts:
        ledger.receive([make_batch(make_count(tenant=tenant, hour=hour, quantity=quantity))])
        if then_roll_up:
            rollup.roll_up()
    rollup.roll_up()

    sums = reconcile()
    assert sums.is_exact
    assert sums.stale_days == 0
    assert sums.in_days == sums.received


@pytest.mark.django_db(transaction=True)
def test_counting_while_rolling_up_is_not_lost(heideblick):
    """A flush that meets a roll-up in mid-air waits, and its day is stale again afterwards."""
    ledger.receive([make_batch(make_count(quantity=1))])
    flushed = Event()

    def flush():
        try:
            ledger.receive([make_batch(make_count(quantity=10))])
            flushed.set()
        finally:
            connection.close()

    thread = Thread(target=flush)
    with context.enter_association(), transaction.atomic():
        rollup.roll_up()
        thread.start()
        assert not flushed.wait(0.3)
    thread.join()

    with context.enter_association():
        assert UsageStale.objects.count() == 1
    rollup.roll_up()
    assert [row[3] for row in _days()] == [11]
    assert reconcile().is_exact


@pytest.mark.django_db(transaction=True)
def test_day_that_is_being_counted_is_left_for_the_next_run(heideblick):
    ledger.receive([make_batch()])
    found = []

    def roll_up():
        try:
            found.append(rollup.roll_up())
        finally:
            connection.close()

    with context.enter_association(), transaction.atomic():
        UsageStale.objects.select_for_update().get()
        thread = Thread(target=roll_up)
        thread.start()
        thread.join()

    assert found == [0]
    assert rollup.roll_up() == 1
