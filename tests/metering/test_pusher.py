# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Facts on their way into the ledger."""

from __future__ import annotations

from datetime import UTC, date, datetime
from threading import Barrier, Thread

import pytest
from django.db import connection

from tests.factories.metering import NOON, counted, received
from verbund.kernel import context
from verbund.metering import api, pusher, queries
from verbund.metering.facts.models import Fact
from verbund.metering.models import UsageCounter, UsageStale
from verbund.metering.pusher import Pushed


def test_facts_are_counted_and_noted(lamps, in_heideblick):
    api.record(lamps, quantity=2, at=NOON, dimensions={"category": "lamp"})
    api.record(lamps, quantity=3, at=NOON, dimensions={"category": "lamp"})
    api.record(lamps, quantity=4, at=NOON)

    assert pusher.push() == Pushed(counted=3, repeated=0, left=0)

    assert Fact.objects.filter(pushed_at=None).count() == 0
    with context.enter_association():
        rows = UsageCounter.objects.order_by("quantity").values_list(
            "tenant", "hour", "dimensions", "quantity", "n"
        )
        assert list(rows) == [
            (in_heideblick.number, NOON, {}, 4, 1),
            (in_heideblick.number, NOON, {"category": "lamp"}, 5, 2),
        ]
        assert list(UsageStale.objects.values_list("tenant", "day")) == [
            (in_heideblick.number, date(2026, 11, 12))
        ]


def test_every_fact_has_its_own_number_in_the_ledger(lamps, in_heideblick):
    api.record(lamps, quantity=20, at=NOON)
    api.record(lamps, quantity=30, at=NOON)
    pusher.push()

    assert received() == {(in_heideblick.key, key): 1 for key in Fact.objects.values_list("id", flat=True)}


def test_queries_do_not_grow_with_facts(lamps, in_heideblick, django_assert_num_queries):
    with django_assert_num_queries(3):  # read, what is left, note of it
        pusher.push()
    for _ in range(3):
        api.record(lamps, at=NOON)

    # read, claim, lock, the last seal, touch, add, count as arrived, note; what is left, note of it
    with django_assert_num_queries(10):
        pusher.push()


def test_pushing_again_counts_nothing(lamps, in_heideblick):
    api.record(lamps, at=NOON)
    pusher.push()

    assert pusher.push() == Pushed(counted=0, repeated=0, left=0)
    assert counted(lamps) == 1


def test_fact_that_was_counted_but_not_noted_is_repeated_as_a_no_op(lamps, in_heideblick):
    api.record(lamps, at=NOON)
    pusher.push()
    Fact.objects.update(pushed_at=None)

    assert pusher.push() == Pushed(counted=0, repeated=1, left=0)
    assert counted(lamps) == 1


def test_fact_under_a_used_number_is_refused_and_stays(lamps, in_heideblick):
    """As after a restore of the municipality's schema to an earlier day: the sequence runs again."""
    api.record(lamps, at=NOON)
    pusher.push()
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id) FROM metering_fact")
        (used,) = cursor.fetchone()
        # The application cannot rewrite a fact; what it could see after a restore is a new fact under that number.
        fact = Fact(id=used, meter=lamps, quantity=7, occurred_at=NOON, dimensions={})
    refused = pusher.ledger.receive([pusher.batch_of(in_heideblick, fact)])

    assert refused.refused == {(in_heideblick.key, used)}
    assert counted(lamps) == 1


def test_more_facts_than_fit_at_once(lamps, in_heideblick, monkeypatch):
    monkeypatch.setattr(pusher, "_AT_ONCE", 3)
    for _ in range(8):
        api.record(lamps, at=NOON)

    assert pusher.push() == Pushed(counted=8, repeated=0, left=0)
    assert counted(lamps, in_heideblick) == 8


def test_municipalities_are_counted_apart(lamps, heideblick, luckau):
    for municipality, quantity in ((heideblick, 5), (luckau, 7)):
        with context.enter(municipality):
            api.record(lamps, quantity=quantity, at=NOON)
            pusher.push()

    assert (counted(lamps, heideblick), counted(lamps, luckau)) == (5, 7)


def test_association_is_tenant_zero(lamps, in_association):
    api.record(lamps, quantity=2, at=NOON)
    pusher.push()

    assert counted(lamps, 0) == 2


def test_backlog_says_what_is_waiting(lamps, in_heideblick, monkeypatch):
    api.record(lamps, at=NOON)
    monkeypatch.setattr(pusher, "_AT_ONCE", 0)
    pusher.push()

    (row,) = queries.backlog()
    assert (row.tenant, row.unpushed) == (in_heideblick.number, 1)
    assert row.oldest_at is not None


def test_hour_is_where_it_happened_not_when_it_was_pushed(lamps, in_heideblick):
    api.record(lamps, at=datetime(2026, 10, 25, 0, 59, 59, 999999, tzinfo=UTC))
    pusher.push()

    with context.enter_association():
        assert UsageCounter.objects.get().hour == datetime(2026, 10, 25, 0, tzinfo=UTC)


@pytest.mark.django_db(transaction=True)
def test_pushers_at_the_same_time_count_once(lamps, heideblick):
    with context.enter(heideblick), pusher.transaction.atomic():
        for _ in range(200):
            api.record(lamps, at=NOON)
    together, results = Barrier(4), []

    def push():
        try:
            with context.enter(heideblick):
                together.wait()
                results.append(pusher.push())
        finally:
            connection.close()

    threads = [Thread(target=push) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert counted(lamps) == 200
    assert sum(result.counted for result in results) == 200
    assert len(received()) == 200
