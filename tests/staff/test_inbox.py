# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The staff inbox over all sources."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.factories.sessions import signed_in
from verbund.kernel import clock, context
from verbund.public.feedback import submit_feedback

PATH = "/verwaltung/"


def tell(municipality, number: int, *, days_ago: int = 0):
    with context.enter(municipality):
        for position in range(number):
            submit_feedback(
                message="Geheim",
                address="",
                name="Erika Muster",
                email="erika@muster.example",
                at=clock.now() - timedelta(days=days_ago, minutes=position),
            )


def test_empty_inbox_says_so(heideblick):
    assert "Alles erledigt" in signed_in("clerk", heideblick).get(PATH).content.decode()


def test_list_leads_to_the_work_and_names_nobody(heideblick):
    tell(heideblick, 1)

    page = signed_in("clerk", heideblick).get(PATH).content.decode()

    assert "/verwaltung/rueckmeldungen/" in page
    assert "Erika" not in page
    assert "Geheim" not in page


def test_overdue_comes_first(heideblick):
    tell(heideblick, 1)
    tell(heideblick, 1, days_ago=40)

    rows = signed_in("clerk", heideblick).get(PATH).context["page"].object_list

    assert [row.is_overdue for row in rows] == [True, False]


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("", 2),
        ("?ansicht=ueberfaellig", 1),
        ("?ansicht=meine", 0),
        ("?ansicht=offen", 2),
        ("?ansicht=ungelesen", 0),
        ("?ansicht=quatsch", 2),
        ("?quelle=Barriere", 2),
        ("?quelle=Gibtsnicht", 0),
        ("?q=rückmeldung", 2),
        ("?q=BF-", 2),
        ("?q=laterne", 0),
    ],
)
def test_filters_stand_in_the_address(heideblick, query, number):
    tell(heideblick, 1)
    tell(heideblick, 1, days_ago=40)

    page = signed_in("clerk", heideblick).get(f"{PATH}{query}")

    assert page.status_code == 200
    assert len(page.context["page"].object_list) == number


def test_long_list_has_pages(heideblick):
    tell(heideblick, 27)

    second = signed_in("clerk", heideblick).get(f"{PATH}?seite=2").context["page"]

    assert (len(second.object_list), second.paginator.count) == (2, 27)


def test_neighbours_work_is_not_listed(heideblick, luckau):
    tell(luckau, 3)

    assert "Alles erledigt" in signed_in("clerk", heideblick).get(PATH).content.decode()


def test_nobody_signed_in_is_asked_to(heideblick, client_of):
    answer = client_of(heideblick).get(PATH)

    assert answer.status_code == 302
    assert answer["Location"].startswith("/konto/")


@pytest.mark.parametrize("rows", [1, 3])
def test_number_of_queries_does_not_grow(heideblick, django_assert_num_queries, rows):
    tell(heideblick, rows)
    client = signed_in("clerk", heideblick)
    client.get(PATH)

    with django_assert_num_queries(QUERIES):
        client.get(PATH)


QUERIES = 7
