# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is stored, hour by hour: once for each hour, summed as unit-hours, with peak and mean."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.factories.accounts import make_person
from tests.factories.metering import NOON, counted
from verbund.files.models import StoredFile
from verbund.kernel import context
from verbund.metering import samples
from verbund.metering.arrivals import arrivals, estimated_hours
from verbund.metering.facts.models import Fact
from verbund.metering.periods import Period
from verbund.metering.reconciliation import reconcile
from verbund.metering.samples import Level

NOVEMBER = Period(2026, 11)
FILES = "storage.files.bytes"
DATABASE = "storage.db.bytes"


def test_hour_is_sampled_once(in_heideblick):
    assert samples.take(at=NOON + timedelta(minutes=5)) == 4
    assert samples.take(at=NOON + timedelta(minutes=50)) == 0
    assert samples.take(at=NOON + timedelta(hours=1)) == 4

    assert counted(DATABASE, in_heideblick) >= 2 * 8192
    assert reconcile().received == 8


def test_more_rows_take_more_room(in_heideblick):
    before = samples.bytes_of_schema()

    # More than the server's own tidying up of other tests' rows gives back meanwhile.
    Fact.objects.bulk_create(Fact(meter="x", quantity=1, occurred_at=NOON) for _ in range(20_000))

    assert samples.bytes_of_schema() > before


def test_schema_of_a_neighbour_is_not_in_it(db, heideblick, luckau):
    def size_of(municipality):
        with context.enter(municipality):
            return samples.bytes_of_schema()

    ours, theirs = size_of(heideblick), size_of(luckau)
    with context.enter(heideblick):
        Fact.objects.bulk_create(Fact(meter="x", quantity=1, occurred_at=NOON) for _ in range(20_000))

    assert size_of(heideblick) > ours
    assert size_of(luckau) <= theirs


def test_accounts_in_use_and_modules_are_levels(in_heideblick):
    make_person("clerk")
    make_person("clerk", is_active=False)

    samples.take(at=NOON)

    assert counted("users.named", in_heideblick) == 1
    assert counted("modules.enabled", in_heideblick) == 1


def test_month_has_peak_mean_and_sum(in_heideblick):
    for turn, level in enumerate((100, 400, 250)):
        StoredFile.objects.all().delete()
        StoredFile.objects.create(owner="x:1", width=1, height=1, size_bytes=level, stored_at=NOON)
        samples.take(at=NOON + timedelta(hours=turn))

    found = {level.meter: level for level in samples.levels_of(NOVEMBER, tenant=in_heideblick.number)}

    assert found[FILES] == Level(
        tenant=in_heideblick.number, meter=FILES, peak=400, average=250, hours=3, estimated=0
    )
    assert counted(FILES) == 750
    assert samples.levels_of(NOVEMBER.next) == []


def store(level):
    StoredFile.objects.all().delete()
    StoredFile.objects.create(owner="x:1", width=1, height=1, size_bytes=level, stored_at=NOON)


def test_hours_nobody_measured_are_estimated_and_marked(in_heideblick):
    store(100)
    samples.take(at=NOON)
    store(400)
    samples.take(at=NOON + timedelta(hours=3))
    samples.take(at=NOON + timedelta(hours=3, minutes=30))

    number = in_heideblick.number
    [found] = [level for level in samples.levels_of(NOVEMBER, tenant=number) if level.meter == FILES]
    assert (found.peak, found.average, found.hours, found.estimated) == (400, 250, 4, 2)
    assert counted(FILES) == 100 + 200 + 300 + 400
    assert estimated_hours(NOVEMBER, tenant=number)[number, FILES] == 2
    with context.enter_association():
        assert all(row.is_exact for row in arrivals(tenant=number, period=NOVEMBER))


def test_gap_of_more_than_a_month_is_nobodys_guess(in_heideblick):
    store(100)
    samples.take(at=NOON)
    samples.take(at=NOON + timedelta(days=32))

    assert estimated_hours(NOVEMBER) == {}


@given(before=st.integers(0, 2**50), after=st.integers(0, 2**50), steps=st.integers(2, 744))
def test_estimate_lies_between_the_levels_and_runs_from_one_to_the_other(before, after, steps):
    line = [samples.on_the_line(before, after, step=step, steps=steps) for step in range(steps + 1)]

    assert (line[0], line[-1]) == (before, after)
    assert line == sorted(line, reverse=after < before)
