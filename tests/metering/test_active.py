# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Active people: once a day and once a month, whoever counts, under numbers that say nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import DatabaseError

from tests.factories.accounts import client_for, make_person
from tests.factories.metering import counted
from verbund.kernel import context
from verbund.metering import active, pusher
from verbund.metering.facts.models import ActivePerson, Fact

HOUR = int(datetime(2026, 11, 12, 9, tzinfo=UTC).timestamp()) // 3600
ADA, BEA = 4711, 4712


@pytest.fixture(autouse=True)
def _nobody_noted():
    active.forget()
    yield
    active.forget()


@pytest.fixture
def noon():
    with time_machine.travel(datetime(2026, 11, 12, 11, tzinfo=UTC), tick=False) as traveller:
        yield traveller


def facts():
    return sorted(Fact.objects.values_list("meter", "quantity"))


def test_a_person_counts_once_in_a_day_and_once_in_a_month(in_heideblick, noon):
    for hours in (0, 0, 2):
        active.note(in_heideblick, ADA, HOUR + hours)
        active.note(in_heideblick, BEA, HOUR + hours)
        active.keep()
    active.forget()  # as another process
    active.note(in_heideblick, ADA, HOUR)
    active.keep()
    noon.shift(timedelta(days=1))
    active.note(in_heideblick, ADA, HOUR + 24)
    active.keep()

    pusher.push()

    assert facts() == [("users.active.day", 1), ("users.active.day", 2), ("users.active.month", 2)]
    assert counted("users.active.day", in_heideblick) == 3
    assert counted("users.active.month", in_heideblick) == 2


def test_a_day_that_is_over_is_counted_on_that_day(in_heideblick, noon):
    noon.move_to(datetime(2026, 11, 30, 23, 0, 3, tzinfo=UTC))  # the first of December in Berlin
    active.note(in_heideblick, ADA, int(datetime(2026, 11, 30, 22, tzinfo=UTC).timestamp()) // 3600)

    active.keep()

    moments = set(Fact.objects.values_list("occurred_at", flat=True))
    assert moments == {datetime(2026, 11, 30, 22, 59, 59, tzinfo=UTC)}


def test_numbers_differ_by_span_and_municipality(heideblick, luckau, db, noon):
    found = {}
    for scope in (heideblick, luckau):
        active.note(scope, ADA, HOUR)
    active.keep()
    for scope in (heideblick, luckau):
        with context.enter(scope):
            for span, person in ActivePerson.objects.values_list("span", "person"):
                found[scope.slug, span] = bytes(person)

    assert len(found) == len(set(found.values())) == 4


def test_what_cannot_be_kept_is_noted_again(in_heideblick, noon, monkeypatch):
    def away(*_arguments, **_options):
        raise DatabaseError

    active.note(in_heideblick, ADA, HOUR)
    with monkeypatch.context() as patched:
        patched.setattr(active, "blind_index", away)
        with pytest.raises(DatabaseError):
            active.keep()

    assert active.keep() == 1
    assert facts() == [("users.active.day", 1), ("users.active.month", 1)]


def test_days_long_over_are_not_counted_any_more(in_heideblick, noon):
    active.note(in_heideblick, ADA, HOUR - 48)

    assert active.keep() == 0
    assert facts() == []


def test_sets_go_when_they_are_over(in_heideblick, noon):
    active.note(in_heideblick, ADA, HOUR)
    active.keep()

    assert active.forget_what_is_over() == 0
    noon.shift(timedelta(days=3))
    assert active.forget_what_is_over() == 1
    noon.move_to(datetime(2026, 12, 2, 11, tzinfo=UTC))
    assert active.forget_what_is_over() == 0
    noon.move_to(datetime(2026, 12, 3, 11, tzinfo=UTC))
    assert active.forget_what_is_over() == 1
    assert facts() == [("users.active.day", 1), ("users.active.month", 1)]


def test_a_signed_in_request_counts_its_person_and_nobody_else(in_heideblick):
    client_for(None, in_heideblick).get("/")
    assert active.keep() == 0

    client_for(make_person("administrator"), in_heideblick).get("/verwaltung/")

    assert active.keep() == 1
