# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The one door: every batch once, whoever brings it, in whatever order."""

from __future__ import annotations

import random
from threading import Barrier, Thread

import pytest
from django.db import connection

from tests.factories.metering import counted, make_batch, make_count, received
from verbund.kernel import clock, context
from verbund.metering import ledger
from verbund.metering.models import UsageCounter
from verbund.metering.reconciliation import reconcile


def test_batches_add_up_by_key(db):
    first = make_batch(make_count(quantity=5, n=2), make_count(meter="cpu.ms", quantity=9, n=2))
    second = make_batch(make_count(quantity=7, n=3))

    assert ledger.receive([first, second]).applied == {first.key, second.key}

    assert (counted("http.requests"), counted("cpu.ms")) == (12, 9)
    assert reconcile().received == reconcile().counted == 7


@pytest.mark.parametrize("batches", [1, 3])
def test_query_count_does_not_grow_with_batches(db, django_assert_num_queries, batches):
    today = clock.now().replace(minute=0, second=0, microsecond=0)

    with django_assert_num_queries(4):  # claim, touch, add
        ledger.receive([make_batch(make_count(hour=today)) for _ in range(batches)])
    with django_assert_num_queries(6):  # of days that may be sealed: wait for whoever seals, ask how far
        ledger.receive([make_batch() for _ in range(batches)])


def test_repeating_is_a_no_op(db, django_assert_num_queries):
    batch = make_batch(make_count(quantity=5))
    ledger.receive([batch])

    with django_assert_num_queries(2):  # claim, compare
        again = ledger.receive([batch])

    assert (again.applied, again.repeated, again.refused) == (frozenset(), {batch.key}, frozenset())
    assert counted("http.requests") == 5


def test_new_batches_beside_known_ones_are_counted(db):
    known, new = make_batch(make_count(quantity=1)), make_batch(make_count(quantity=10))
    ledger.receive([known])

    outcome = ledger.receive([known, new])

    assert (outcome.applied, outcome.repeated) == ({new.key}, {known.key})
    assert counted("http.requests") == 11


def test_used_number_with_other_content_is_refused(db):
    ledger.receive([make_batch(make_count(quantity=1), seq=77)])

    outcome = ledger.receive([make_batch(make_count(quantity=2), seq=77)])

    assert outcome.refused == {("test", 77)}
    assert counted("http.requests") == 1


def test_nothing_to_receive(db):
    assert ledger.receive([]).applied == frozenset()


def test_dimensions_have_counters_of_their_own(db):
    ledger.receive(
        [make_batch(make_count(dimensions='{"module":"a"}'), make_count(dimensions='{"module":"b"}'))]
    )

    with context.enter_association():
        assert UsageCounter.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_producers_at_the_same_time_neither_lose_nor_dead_lock(heideblick):
    """Each brings batches over the same counters in an order of its own, some of them a second time."""
    together, failures = Barrier(6), []

    def produce(number):
        dice = random.Random(number)  # noqa: S311 (no secret)
        batches = [make_batch(*_shuffled(dice), producer=f"producer-{number}", seq=seq) for seq in range(30)]
        try:
            together.wait()
            for start in range(0, 30, 3):
                ledger.receive(batches[start : start + 3])
                ledger.receive(batches[max(0, start - 3) : start + 1])
        except Exception as error:  # noqa: BLE001 (a thread's failure has to reach the test)
            failures.append(error)
        finally:
            connection.close()

    threads = [Thread(target=produce, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    assert len(received()) == 6 * 30
    assert counted("http.requests") == 6 * 30 * 40
    assert reconcile().is_exact


def _shuffled(dice):
    counts = [
        make_count(tenant=tenant, dimensions=f'{{"module":"m{name}"}}')
        for tenant in range(8)
        for name in range(5)
    ]
    dice.shuffle(counts)
    return counts
