# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Thresholds a municipality sets for itself: told once a month, to those who were chosen, and nobody else's usage."""

from __future__ import annotations

import pytest
from django.core import mail

from billing.alerts.models import Crossing, Threshold
from billing.alerts.setting import MOST, remove_threshold, set_threshold
from billing.alerts.tasks import look
from billing.alerts.watching import look_at_thresholds
from billing.closing.states import State
from tests.factories.accounts import client_for, make_person
from tests.factories.metering import NOON, use
from tests.factories.statements import make_month
from verbund.accounts.api import actor_for
from verbund.audit.models import AuditEntry
from verbund.kernel import context
from verbund.kernel.errors import Forbidden, Invalid, NotFound
from verbund.metering.periods import Period
from verbund.notify.models import Outbox

URL = "/verwaltung/nutzung/schwellen/"
OCTOBER = Period(2026, 10)


@pytest.fixture(autouse=True)
def _noon(time_machine):
    time_machine.move_to(NOON)


@pytest.fixture
def treasurer(in_heideblick):
    return make_person("treasurer")


def put(treasurer, *, meter="http.requests", amount=100):
    return set_threshold(meter=meter, amount=amount, told={treasurer.pk}, by=actor_for(treasurer), at=NOON)


def mails() -> list[str]:
    return [row.recipient for row in Outbox.objects.filter(kind="billing/threshold")]


def test_reaching_tells_once_in_a_month(treasurer, in_heideblick):
    put(treasurer)
    use(in_heideblick, "http.requests", 100)

    assert (look_at_thresholds(at=NOON), look_at_thresholds(at=NOON)) == (1, 0)

    assert mails() == [treasurer.email]
    assert list(Crossing.objects.values_list("month", "value")) == [(Period(2026, 11).first, 100)]


def test_next_month_tells_again(treasurer, in_heideblick, time_machine):
    put(treasurer)
    use(in_heideblick, "http.requests", 100)
    look_at_thresholds(at=NOON)
    december = NOON.replace(month=12)
    time_machine.move_to(december)
    use(in_heideblick, "http.requests", 150, december)

    assert look_at_thresholds(at=december) == 1
    assert Crossing.objects.count() == 2


def test_below_the_threshold_and_the_neighbours_usage_tell_nobody(treasurer, in_heideblick, luckau):
    put(treasurer)
    use(in_heideblick, "http.requests", 99)
    use(luckau, "http.requests", 5000)

    assert look_at_thresholds(at=NOON) == 0
    assert mails() == []


def test_costs_are_told_when_the_month_is_approved(treasurer, in_heideblick, luckau):
    put(treasurer, meter="", amount=150_00)
    make_month(OCTOBER, {in_heideblick: 100_00, luckau: 900_00})
    make_month(Period(2026, 9), {in_heideblick: 150_00})

    assert look_at_thresholds(at=NOON) == 1
    assert [crossing.month.month for crossing in Crossing.objects.all()] == [9]


def test_costs_that_are_only_calculated_are_nobodys_news(treasurer, in_heideblick):
    put(treasurer, meter="", amount=150_00)
    make_month(OCTOBER, {in_heideblick: 200_00}, state=State.CALCULATED)

    assert look_at_thresholds(at=NOON) == 0


def test_who_has_left_gets_no_mail(treasurer, in_heideblick):
    put(treasurer)
    treasurer.deactivated_at, treasurer.is_active = NOON, False
    treasurer.save()
    use(in_heideblick, "http.requests", 100)

    assert look_at_thresholds(at=NOON) == 1
    assert mails() == []


def test_mail_says_what_and_how_much(treasurer, in_heideblick):
    put(treasurer, amount=1000)
    use(in_heideblick, "http.requests", 1234)
    look_at_thresholds(at=NOON)

    written = Outbox.objects.get(kind="billing/threshold")

    assert "Schwelle erreicht" in written.subject
    for text in ("November 2026", "1.234", "1.000", "/verwaltung/nutzung/", "Gesperrt wird nichts"):
        assert text in written.text, text


def test_task_looks_at_the_entered_municipality(treasurer, in_heideblick):
    put(treasurer)
    use(in_heideblick, "http.requests", 100)

    assert look.run() == 1
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"meter": "no.such"}, "meter"),
        ({"amount": 0}, "amount"),
        ({"amount": 10**16}, "amount"),
        ({"told": {987654}}, "told"),
        ({"told": set()}, "told"),
    ],
)
def test_bad_threshold_names_its_field_and_leaves_nothing(treasurer, given, field):
    values = {"meter": "http.requests", "amount": 5, "told": {treasurer.pk}, **given}

    with pytest.raises(Invalid) as refused:
        set_threshold(**values, by=actor_for(treasurer), at=NOON)

    assert list(refused.value.fields) == [field]
    assert Threshold.objects.count() == 0


def test_same_threshold_twice_and_too_many_are_refused(treasurer):
    for amount in range(1, MOST):
        put(treasurer, amount=amount)

    with pytest.raises(Invalid, match="gibt es schon"):
        put(treasurer, amount=1)
    put(treasurer, amount=MOST)
    with pytest.raises(Invalid, match="Entfernen Sie zuerst"):
        put(treasurer, amount=MOST + 1)


def test_clerks_set_and_remove_nothing(treasurer):
    clerk = actor_for(make_person("clerk"))
    threshold = put(treasurer)

    with pytest.raises(Forbidden):
        set_threshold(meter="", amount=1, told={treasurer.pk}, by=clerk, at=NOON)
    with pytest.raises(Forbidden):
        remove_threshold(threshold_id=threshold.pk, by=clerk, at=NOON)
    with pytest.raises(NotFound):
        remove_threshold(threshold_id=0, by=actor_for(treasurer), at=NOON)


def test_setting_reaching_and_removing_are_in_the_record(treasurer, in_heideblick):
    threshold = put(treasurer)
    use(in_heideblick, "http.requests", 100)
    look_at_thresholds(at=NOON)
    remove_threshold(threshold_id=threshold.pk, by=actor_for(treasurer), at=NOON)

    entries = AuditEntry.objects.filter(subject=f"billing.threshold:{threshold.pk}").order_by("pk")
    assert [entry.action for entry in entries] == [
        "billing.threshold.set",
        "billing.threshold.reached",
        "billing.threshold.removed",
    ]


def test_treasurer_sets_and_removes_on_the_page(heideblick):
    with context.enter(heideblick):
        person = make_person("treasurer")
    client = client_for(person, heideblick)

    client.post(URL, {"meter": "euro", "amount": "900", "told": [str(person.pk)]})
    page = client.get(URL).content.decode()
    with context.enter(heideblick):
        threshold = Threshold.objects.get()
    client.post(f"{URL}{threshold.pk}/entfernen/")

    assert (threshold.amount, "900,00" in page, person.shown_name in page) == (900_00, True, True)
    assert "Noch keine Schwelle" in client.get(URL).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_page_asks_as_often_for_many_thresholds_as_for_one(heideblick, django_assert_num_queries, count):
    with context.enter(heideblick):
        person = make_person("treasurer")
        for amount in range(1, count + 1):
            put(person, amount=amount)
    client = client_for(person, heideblick)
    client.get(URL)

    with django_assert_num_queries(10):
        client.get(URL)
