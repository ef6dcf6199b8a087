# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The sums in memory: every event once, also with many threads, and no rounding that adds up."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from hypothesis import given
from hypothesis import strategies as st

from verbund.metering.aggregate import Aggregate, counts_of, hour_number

KEY = (1, hour_number(1_794_000_000.0), "http.requests", "defects", "2xx")


def _sums(counts):
    found = Counter()
    for count in counts:
        found[count.meter] += count.quantity
    return found


def test_one_event_becomes_five_meters():
    aggregate = Aggregate()
    aggregate.add(KEY, 2_500_000, 7_000_000, 3, 1234)

    counts, left = counts_of(aggregate.take(), {})

    assert {count.meter: count.quantity for count in counts} == {
        "http.requests": 1,
        "cpu.ms": 2,
        "db.ms": 7,
        "db.calls": 3,
        "egress.bytes": 1234,
    }
    assert {count.n for count in counts} == {1}
    assert {count.dimensions for count in counts} == {'{"module":"defects","status":"2xx"}'}
    assert left["cpu.ms", 1, "http.requests", "defects", "2xx"] == 500_000


@given(st.lists(st.lists(st.integers(min_value=0, max_value=5_000_000), max_size=5), max_size=20))
def test_fractions_of_a_millisecond_are_carried_over(seconds):
    aggregate, left, total = Aggregate(), {}, 0
    for events in seconds:
        for ns in events:
            aggregate.add(KEY, ns, 0, 0, 0)
        counts, left = counts_of(aggregate.take(), left)
        total += _sums(counts)["cpu.ms"]

    assert total == sum(ns for events in seconds for ns in events) // 1_000_000


def test_taking_leaves_nothing_and_putting_back_loses_nothing():
    aggregate = Aggregate()
    aggregate.add(KEY, 1, 2, 3, 4)
    taken = aggregate.take()
    aggregate.add(KEY, 10, 20, 30, 40)

    aggregate.put_back(taken)

    assert aggregate.take() == {KEY: [2, 11, 22, 33, 44]}
    assert aggregate.take() == {}


def test_streamed_bytes_are_no_second_event():
    aggregate = Aggregate()
    aggregate.add(KEY, 0, 0, 0, 0)
    aggregate.add_bytes(KEY, 500)

    assert aggregate.take() == {KEY: [1, 0, 0, 0, 500]}


def test_threads_do_not_lose_events():
    aggregate, taken = Aggregate(), []

    def work(number):
        for turn in range(2000):
            aggregate.add(KEY, 1, 1, 1, 1)
            if number == 0 and turn % 100 == 0:
                taken.append(aggregate.take())

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))

    taken.append(aggregate.take())
    assert sum(cells[KEY][0] for cells in taken if KEY in cells) == 16_000
