# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The keys with their versions, and what a version gave."""

from __future__ import annotations

from datetime import date

import pytest

from billing.costs.versions import add_key_version
from tests.factories.closing import AT, EQUAL, calculated, make_books
from tests.factories.sessions import signed_in
from verbund.kernel import context
from verbund.kernel.actors import SYSTEM

KEYS = "/finanzen/schluessel/"


@pytest.fixture
def books(heideblick, luckau, time_machine):
    time_machine.move_to(AT)
    with context.enter_association():
        return make_books(heideblick, luckau)


def add(key="kopf", valid_from=date(2026, 12, 1), definition=EQUAL):
    return add_key_version(
        key=key,
        name=key.title(),
        valid_from=valid_from,
        source="Beschluss 2",
        definition=definition,
        by=SYSTEM,
        at=AT,
    )


def test_list_says_what_holds_today_and_what_comes(books):
    with context.enter_association():
        add()

    page = signed_in("finance").get(KEYS)

    rows = {row["entry"].key: row for row in page.context["rows"]}
    assert rows["misch"]["parts"] == [
        "60\u00a0% zu gleichen Teilen",
        "40\u00a0% Nutzung: Seiten- und API-Aufrufe",
    ]
    assert [centre.code for centre in rows["kopf"]["entry"].centres] == ["rz"]
    assert [(item["row"].version, item["until"], item["state"]) for item in rows["kopf"]["versions"]] == [
        (2, None, "later"),
        (1, date(2026, 11, 30), "now"),
    ]


def test_of_two_that_begin_together_the_first_is_replaced(books):
    with context.enter_association():
        add()
        add()

    rows = {row["entry"].key: row for row in signed_in("finance").get(KEYS).context["rows"]}

    assert [item["is_replaced"] for item in rows["kopf"]["versions"]] == [False, True, False]


def test_without_keys_the_page_says_so(db, time_machine):
    time_machine.move_to(AT)

    assert "Noch kein Schlüssel" in signed_in("finance").get(KEYS).content.decode()


def test_version_shows_the_shares_of_the_last_month_and_how_they_came_about(books):
    with context.enter_association():
        calculated()

    page = signed_in("auditor").get(f"{KEYS}misch/1/")

    [centre] = page.context["centres"]
    assert [(row["name"], row["cents"]) for row in centre["rows"]] == [
        ("Heideblick", 30_000),
        ("Luckau", 20_000),
    ]
    assert sum(row["cents"] for row in centre["rows"]) == centre["total"] == 50_000
    text = page.content.decode()
    assert "40 % nach Nutzung „http.requests“: 300 von 400." in text
    assert "zu gleichen Teilen: 31 von 62 Mitgliedstagen" in text
    assert "Oktober 2026" in text


def test_version_that_gave_nothing_yet_says_so(books):
    page = signed_in("finance").get(f"{KEYS}misch/1/")

    assert page.context["given"] is None
    assert "noch kein Monat berechnet" in page.content.decode()


@pytest.mark.parametrize("path", ["misch/2/", "nirgends/1/"])
def test_unknown_version_is_not_found(books, path):
    assert signed_in("finance").get(f"{KEYS}{path}").status_code == 404


def test_operators_see_no_keys(books):
    assert signed_in("operator").get(KEYS).status_code == 403


@pytest.mark.parametrize("versions", [1, 3])
def test_list_takes_a_fixed_number_of_queries(books, versions, django_assert_num_queries):
    with context.enter_association():
        for month in range(12, 12 - versions + 1, -1):
            add(valid_from=date(2027, month, 1))
    client = signed_in("finance")

    with django_assert_num_queries(7):
        client.get(KEYS)
