# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Seals of days and months, what comes too late, and the check that recomputes it all."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from tests.factories.metering import counted, make_batch, make_count
from verbund.kernel import clock, context
from verbund.kernel.errors import Invalid
from verbund.metering import ledger, rollup
from verbund.metering.dimensions import fingerprint
from verbund.metering.models import UsageBatch, UsageLate, UsageSeal
from verbund.metering.periods import Period, period_of
from verbund.metering.reconciliation import reconcile
from verbund.metering.sealing import seals
from verbund.metering.sealing.verification import differences, verify

OCTOBER = Period(2025, 10)
MORNING = datetime(2025, 10, 30, 8, tzinfo=UTC)
EVENING = datetime(2025, 10, 31, 22, 59, 59, tzinfo=UTC).replace(minute=0, second=0)
AFTER = datetime(2025, 10, 31, 23, tzinfo=UTC)


@pytest.fixture
def october(db):
    """Two days of usage of two municipalities, sealed with their month; one hour of November beside it."""
    ledger.receive([
        make_batch(make_count(quantity=5, hour=MORNING), make_count(quantity=7, hour=MORNING, tenant=2)),
        make_batch(make_count(quantity=9, hour=EVENING, meter="cpu.ms", dimensions='{"module":"defects"}')),
        make_batch(make_count(quantity=11, hour=AFTER)),
    ])  # fmt: skip
    seals.seal_month(OCTOBER)


def _change(statement):
    with context.enter_association(), connection.cursor() as cursor:
        cursor.execute(statement)


def _sealed():
    with context.enter_association():
        return list(UsageSeal.objects.order_by("kind", "first"))


def test_every_day_of_the_month_from_the_first_usage_on_has_a_seal(october):
    found = _sealed()

    assert [(seal.kind, seal.first, seal.rows, seal.n, seal.sums) for seal in found] == [
        ("day", date(2025, 10, 30), 2, 2, {"http.requests": 12}),
        ("day", date(2025, 10, 31), 1, 1, {"cpu.ms": 9}),
        ("month", date(2025, 10, 1), 2, 3, {"http.requests": 12, "cpu.ms": 9}),
    ]


def test_anybody_can_recompute_a_day_from_its_description(october):
    unix = int(MORNING.timestamp())
    lines = [
        f"{tenant}|{unix}|http.requests|{fingerprint('{}')}|{{}}|{n}|1" for tenant, n in ((1, 5), (2, 7))
    ]
    digest = hashlib.sha256("\n".join(lines).encode()).digest()

    day = _sealed()[0]

    said = f'["day","2025-10-30",2,2,{{"http.requests":12}},"{digest.hex()}"]'
    assert bytes(day.sha256) == digest
    assert bytes(day.value) == hashlib.sha256(bytes(32) + said.encode()).digest()


def test_sealing_again_changes_nothing(october):
    assert seals.seal_month(OCTOBER) == 0
    assert seals.is_sealed(OCTOBER)


def test_month_that_is_not_over_is_refused_with_the_field(db):
    with pytest.raises(Invalid) as refusal:
        seals.seal_month(period_of(clock.today()))

    assert "period" in refusal.value.fields


def test_days_of_the_last_week_stay_open(db):
    ledger.receive([make_batch(make_count(hour=clock.now().replace(minute=0, second=0, microsecond=0)))])

    assert seals.seal_what_is_due() == 0


def test_days_are_sealed_by_themselves_once_the_ledger_is_a_week_old(db):
    ledger.receive([make_batch(make_count(hour=MORNING))])
    assert seals.seal_what_is_due() == 0

    with context.enter_association():
        week_ago = clock.now() - timedelta(days=8)
        UsageBatch.objects.create(producer="old", seq=1, n=0, sha256=b"", received_at=week_ago)

    assert seals.seal_what_is_due() > 300
    assert verify().difference is None


def test_what_is_late_is_kept_apart_and_changes_no_figure(october):
    before = counted("http.requests", 1)
    batch = make_batch(make_count(quantity=100, hour=MORNING), make_count(quantity=3, hour=AFTER))

    received = ledger.receive([batch])
    again = ledger.receive([batch])

    assert received.applied == again.repeated == {batch.key}
    assert counted("http.requests", 1) == before + 3
    with context.enter_association():
        assert list(UsageLate.objects.values_list("tenant", "hour", "quantity")) == [(1, MORNING, 100)]
    rollup.roll_up()
    sums = reconcile()
    assert (sums.received, sums.counted, sums.late, sums.is_exact) == (6, 5, 1, True)
    assert verify().difference is None


def test_what_is_older_than_the_first_sealed_day_is_late_as_well(october):
    ledger.receive([make_batch(make_count(hour=datetime(2024, 1, 1, tzinfo=UTC)))])

    assert reconcile().late == 1
    assert verify().difference is None


def test_all_is_well(october):
    found = verify()

    assert found.difference is None
    assert (found.days, found.months, found.counters) == (2, 1, 3)
    assert found.value == bytes(_sealed()[-1].value).hex()


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ("UPDATE metering_usagecounter SET quantity = 8 WHERE tenant = 2", ("day.sum", 2, "12", "13")),
        ("DELETE FROM metering_usagecounter WHERE meter = 'cpu.ms'", ("day.sum", 1, "9", "0")),
        ("UPDATE metering_usageday SET quantity = 8 WHERE tenant = 2", ("day.roll_up", 2, "7", "8")),
        ("DELETE FROM metering_usageday WHERE tenant = 2", ("day.roll_up", 2, "7", "0")),
        (
            "INSERT INTO metering_usagebatch (producer, seq, n, sha256) VALUES ('x', 1, 2, '')",
            ("received", None, "6", "4 + 0"),
        ),
    ],
)
def test_first_difference_is_named(october, change, named):
    _change(change)

    difference = verify().difference

    assert (difference.what, difference.tenant, difference.expected, difference.found) == named


def test_changed_dimensions_are_found(october):
    _change("UPDATE metering_usagecounter SET dimensions = '{\"module\":\"x\"}' WHERE meter = 'cpu.ms'")

    assert verify().difference.what == "day.counters"


def _altered(kind, day, **values):
    def alter(found):
        for seal in found:
            if (seal.kind, seal.first) == (kind, day):
                for name, value in values.items():
                    setattr(seal, name, value)
        return found

    return alter


def _without(kind, day):
    return lambda found: [seal for seal in found if (seal.kind, seal.first) != (kind, day)]


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (_altered("day", date(2025, 10, 31), sums={}), "day.chain"),
        (_altered("day", date(2025, 10, 31), first=date(2025, 11, 1)), "day.chain"),
        (_without("day", date(2025, 10, 30)), "day.chain"),
        (_without("day", date(2025, 10, 31)), "month.days"),
        (_altered("month", date(2025, 10, 1), n=4), "month.chain"),
    ],
)
def test_changed_and_missing_seals_are_found(october, change, what):
    """The role of the application cannot do that (test_rights); whoever owns the database could."""
    found = change(_sealed())

    with context.enter_association():
        first = next(
            differences(
                [seal for seal in found if seal.kind == "day"],
                [seal for seal in found if seal.kind == "month"],
            )
        )

    assert first.what == what


def test_counters_moved_between_two_members_are_found(october):
    """The sum over all members stays the same; the hash does not."""
    _change("UPDATE metering_usagecounter SET quantity = quantity + CASE tenant WHEN 1 THEN 1 ELSE -1 END"
            " WHERE meter = 'http.requests' AND hour < '2025-10-31'")  # fmt: skip

    assert verify().difference.what == "day.counters"
