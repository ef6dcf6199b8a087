# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a month and a year of usage are expected to come to, on the page and behind it."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator

from billing.member.usage_outlook import usage_outlook
from tests.factories.accounts import client_for, make_person
from tests.factories.metering import NOON, use
from verbund.kernel import context
from verbund.metering.rollup import roll_up

URL = "/verwaltung/nutzung/"


@pytest.fixture
def client(heideblick, time_machine):
    time_machine.move_to(NOON)
    with context.enter(heideblick):
        person = make_person("administrator")
        Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": "unused"})
    return client_for(person, heideblick)


def test_month_goes_on_and_the_year_follows(client, heideblick, luckau):
    # Until 12 November 2026, eight of the month's 21 working days are over.
    use(heideblick, "http.requests", 800, NOON.replace(day=3))
    use(luckau, "http.requests", 99_999, NOON.replace(day=3))
    roll_up()

    with context.enter(heideblick):
        found = usage_outlook()

    # December has 22 working days: 2,100 / 21 on each.
    assert (found["http.requests"].month, found["http.requests"].year) == (2100, 2100 + 2200)


def test_last_year_says_how_december_is(client, heideblick):
    for year, month, quantity in ((2025, 11, 1000), (2025, 12, 300), (2026, 11, 800)):
        use(heideblick, "http.requests", quantity, NOON.replace(year=year, month=month, day=3))

    with context.enter(heideblick):
        found = usage_outlook()["http.requests"]

    # From January to October 2026 nothing was counted: of last year's months only November compares.
    assert (found.month, found.year) == (2100, 2100 + 630)


def test_expectation_is_on_the_page_of_the_running_month_only(client, heideblick):
    use(heideblick, "http.requests", 800, NOON.replace(day=3))
    use(heideblick, "http.requests", 5, NOON.replace(month=10))

    now = client.get(URL).content.decode()
    before = client.get(URL, {"monat": "2026-10"}).content.decode()

    assert ("2.100" in now, "Erwartet bis Monatsende" in now) == (True, True)
    assert "Erwartet bis Monatsende" not in before


@pytest.mark.parametrize("meters", [1, 3])
def test_page_asks_as_often_for_many_meters_as_for_one(client, heideblick, django_assert_num_queries, meters):
    for meter in ("http.requests", "cpu.ms", "defects.reports")[:meters]:
        use(heideblick, meter, 7)
    client.get(URL)

    with django_assert_num_queries(18):
        client.get(URL)


@pytest.mark.parametrize("form", ["csv", "json"])
def test_month_as_a_file_without_the_neighbour(client, heideblick, luckau, form):
    use(heideblick, "http.requests", 4321)
    use(luckau, "http.requests", 987_654)

    content = b"".join(client.get(f"{URL}liste/", {"form": form}).streaming_content).decode()

    assert "4321" in content
    assert "987654" not in content
    assert "luckau" not in content
