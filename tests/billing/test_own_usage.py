# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A municipality's page about its own usage."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from django.db import transaction

from tests.factories.accounts import client_for, make_person
from tests.factories.metering import NOON, use
from verbund.kernel import context
from verbund.metering import api
from verbund.metering.models import UsageArrival

URL = "/verwaltung/nutzung/"


@pytest.fixture
def client(heideblick, time_machine):
    """An administrator's browser; administrators have a second factor."""
    time_machine.move_to(NOON)
    with context.enter(heideblick):
        person = make_person("administrator")
        Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": "unused"})
    return client_for(person, heideblick)


def test_own_figures_and_not_the_neighbours(client, heideblick, luckau):
    use(heideblick, "http.requests", 4321)
    use(luckau, "http.requests", 987_654)

    page = client.get(URL).content.decode()

    assert "4.321" in page
    assert "987.654" not in page
    assert (page.count("<rect"), page.count('<th scope="row">')) == (1, 31), "one day with usage of thirty"


def test_empty_month_says_so(client):
    page = client.get(URL)

    assert page.status_code == 200
    assert "Noch nichts gezählt" in page.content.decode()


def test_what_is_not_counted_yet_is_said(client, heideblick):
    with context.enter(heideblick), transaction.atomic():
        api.record("defects.reports", at=NOON)

    assert "1 Vorgang ist noch nicht gezählt" in client.get(URL).content.decode()


def test_month_and_meter_are_chosen_in_the_address(client, heideblick):
    use(heideblick, "http.requests", 11, NOON.replace(month=9))
    use(heideblick, "cpu.ms", 22_222)

    page = client.get(URL, {"monat": "2026-09", "zaehler": "http.requests"}).content.decode()

    assert "September 2026" in page
    assert "22.222" not in page


@pytest.mark.parametrize("query", [{"monat": "gestern"}, {"monat": "1999-01"}, {"zaehler": "no.such"}])
def test_nonsense_in_the_address_is_answered_with_the_running_month(client, heideblick, query):
    use(heideblick, "http.requests", 4321)

    page = client.get(URL, query)

    assert page.status_code == 200
    assert "4.321" in page.content.decode()


def test_clerks_may_not_and_strangers_sign_in_first(heideblick):
    with context.enter(heideblick):
        clerk = make_person("clerk")

    assert client_for(clerk, heideblick).get(URL).status_code == 403
    assert client_for(None, heideblick).get(URL).status_code == 302


def test_estimated_hours_of_a_level_are_marked_on_the_page_and_in_the_list(client, heideblick):
    use(heideblick, "storage.db.bytes", 5000)
    with context.enter_association():
        UsageArrival.objects.filter(meter="storage.db.bytes").update(estimated=3)

    page = client.get(URL).content.decode()
    table = client.get(f"{URL}liste/", {"form": "csv"})
    lines = (
        b"".join(table.streaming_content if table.streaming else [table.content])
        .decode("utf-8-sig")
        .splitlines()
    )

    assert page.count("davon 3 Stunden geschätzt") == 1
    assert [line.split(";")[-1].strip('"') for line in lines if "storage.db.bytes" in line] == ["3"]
