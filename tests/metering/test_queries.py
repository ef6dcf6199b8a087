# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the pages and reports are told."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.factories.metering import NOON, make_batch, make_count
from verbund.kernel import context
from verbund.metering import ledger, queries, rollup
from verbund.metering.periods import Period
from verbund.metering.queries import DayUsage, Usage

NOVEMBER = Period(2026, 11)


def _use(tenant, meter, quantity, at=NOON):
    ledger.receive([make_batch(make_count(tenant=tenant, meter=meter, quantity=quantity, hour=at))])


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("is_rolled_up", [False, True])
def test_month_with_the_one_before(db, django_assert_num_queries, rows, is_rolled_up):
    for tenant in range(1, rows + 1):
        _use(tenant, "http.requests", 10 * tenant)
        _use(tenant, "http.requests", 7, NOON - timedelta(days=31))
    if is_rolled_up:
        rollup.roll_up()

    with django_assert_num_queries(2):  # this month, the one before
        month = queries.usage_by_month(NOVEMBER)

    assert month.rows == tuple(
        Usage(tenant=tenant, meter="http.requests", quantity=10 * tenant, previous=7)
        for tenant in range(1, rows + 1)
    )
    (total,) = month.totals
    assert (total.quantity, total.previous) == (sum(10 * tenant for tenant in range(1, rows + 1)), 7 * rows)


def test_figures_are_current_between_roll_ups(db):
    _use(1, "http.requests", 1)
    rollup.roll_up()
    _use(1, "http.requests", 2)
    _use(1, "http.requests", 4, NOON + timedelta(days=1))

    (row,) = queries.usage_by_month(NOVEMBER).rows
    assert row.quantity == 7


def test_month_begins_and_ends_in_berlin(db):
    _use(1, "http.requests", 1, datetime(2026, 10, 31, 22, tzinfo=UTC))
    _use(1, "http.requests", 2, datetime(2026, 10, 31, 23, tzinfo=UTC))
    _use(1, "http.requests", 4, datetime(2026, 11, 30, 22, tzinfo=UTC))
    _use(1, "http.requests", 8, datetime(2026, 11, 30, 23, tzinfo=UTC))

    (before,) = queries.usage_by_month(NOVEMBER).rows
    rollup.roll_up()
    (after,) = queries.usage_by_month(NOVEMBER).rows

    assert before == after == Usage(tenant=1, meter="http.requests", quantity=6, previous=1)


def test_one_municipality_gets_only_its_own(db):
    _use(1, "http.requests", 1)
    _use(2, "http.requests", 2)

    assert [row.tenant for row in queries.usage_by_month(NOVEMBER, tenant=1).rows] == [1]
    rollup.roll_up()
    assert [row.tenant for row in queries.usage_by_month(NOVEMBER, tenant=1).rows] == [1]


@pytest.mark.parametrize("is_rolled_up", [False, True])
def test_days_of_a_month(db, django_assert_num_queries, is_rolled_up):
    _use(1, "http.requests", 5)
    _use(1, "cpu.ms", 50)
    _use(2, "http.requests", 500)
    if is_rolled_up:
        rollup.roll_up()

    with django_assert_num_queries(1):
        days = queries.usage_by_day(1, NOVEMBER, "http.requests")

    assert len(days) == 30
    assert [day for day in days if day.quantity] == [DayUsage(day=date(2026, 11, 12), quantity=5)]


def test_month_without_usage_is_empty(db):
    assert queries.usage_by_month(NOVEMBER).rows == ()
    assert queries.backlog() == []


def test_months_run_from_the_first_usage_to_now(db, time_machine, django_assert_num_queries):
    time_machine.move_to(NOON)
    assert queries.months() == [NOVEMBER]
    _use(1, "http.requests", 1, NOON - timedelta(days=70))
    _use(1, "http.requests", 1, NOON)
    rollup.roll_up()

    with django_assert_num_queries(1):
        assert queries.months() == [NOVEMBER, Period(2026, 10), Period(2026, 9)]


def test_units_and_labels_come_from_the_registry():
    assert queries.unit_of("cpu.ms") == "ms"
    assert queries.unit_of("gone.meter") == ""
    assert queries.label_of("gone.meter") == "gone.meter"


def test_reading_does_not_leave_the_municipality(in_heideblick):
    queries.usage_by_month(NOVEMBER)

    assert context.current() == in_heideblick
