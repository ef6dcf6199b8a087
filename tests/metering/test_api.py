# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Recording a fact: part of the transaction, or nothing."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.db import transaction

from tests.factories.metering import NOON
from verbund.kernel import context
from verbund.kernel.context import NoContext
from verbund.metering import api, wakeup
from verbund.metering.errors import NotCountable
from verbund.metering.facts.models import Fact


def _facts():
    return list(
        Fact.objects.order_by("id").values_list("meter", "quantity", "occurred_at", "dimensions", "pushed_at")
    )


def _record_and_fail(meter):
    """Business work that is undone after its fact was recorded."""

    @transaction.atomic
    def work():
        api.record(meter, at=NOON)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        work()


def test_fact_stands_in_the_municipality_that_is_entered(
    lamps, in_heideblick, luckau, django_assert_num_queries
):
    with django_assert_num_queries(1):
        api.record(lamps, quantity=3, at=NOON, dimensions={"category": "lamp"})

    assert _facts() == [(lamps, 3, NOON, {"category": "lamp"}, None)]


def test_neighbour_does_not_see_it(lamps, heideblick, luckau):
    with context.enter(heideblick):
        api.record(lamps, at=NOON)

    with context.enter(luckau):
        assert _facts() == []


def test_association_counts_its_own(lamps, in_association):
    api.record(lamps, at=NOON)

    assert _facts() == [(lamps, 1, NOON, {}, None)]


def test_undone_work_is_not_counted(lamps, in_heideblick):
    _record_and_fail(lamps)

    assert _facts() == []


@pytest.mark.django_db(transaction=True)
def test_without_transaction_nothing_is_counted(lamps, heideblick):
    with context.enter(heideblick):
        with pytest.raises(NotCountable):
            api.record(lamps, at=NOON)

        assert _facts() == []


@pytest.mark.django_db(transaction=True)
def test_commit_wakes_the_pusher_and_rollback_does_not(lamps, heideblick, luckau):
    woken = []
    wakeup.forget()
    with context.enter(heideblick), transaction.atomic():
        api.record(lamps, at=NOON)
        api.record(lamps, at=NOON)
        wakeup.send(woken.append)
        assert woken == []
    with context.enter(luckau):
        _record_and_fail(lamps)

    wakeup.send(woken.append)
    wakeup.send(woken.append)

    assert woken == [heideblick]


@pytest.mark.parametrize("quantity", [0, -1, True, 2**53])
def test_bad_quantity_is_refused(lamps, in_heideblick, quantity):
    with pytest.raises(NotCountable):
        api.record(lamps, quantity=quantity, at=NOON)


@pytest.mark.parametrize("meter", ["test.unknown", "", "http.requests"])
def test_only_declared_exact_meters_take_facts(lamps, in_heideblick, meter):
    with pytest.raises(NotCountable):
        api.record(meter, at=NOON)


def test_time_needs_a_zone(lamps, in_heideblick):
    with pytest.raises(NotCountable):
        api.record(lamps, at=datetime(2026, 11, 12))  # noqa: DTZ001 (that is the mistake)


def test_nobody_entered_counts_nothing(lamps, db):
    with pytest.raises(NoContext):
        api.record(lamps, at=NOON)
