# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Usage over the association's API."""

from __future__ import annotations

import pytest

from tests.factories.accounts import client_for, make_person
from tests.factories.metering import NOON, use
from verbund.accounts.api import actor_for
from verbund.accounts.services.tokens import issue_token
from verbund.kernel import context

URL = "/api/v1/usage/"


@pytest.fixture
def finance(db):
    with context.enter_association():
        person = make_person("finance", email="finanzen@verbund.example")
        _token, text = issue_token(
            name="Haushalt", scopes=["billing:usage:read"], by=actor_for(person), at=NOON
        )
    return client_for(None, headers={"Authorization": f"Bearer {text}"})


def test_rows_of_a_month(finance, heideblick, luckau):
    use(heideblick, "http.requests", 40)
    use(luckau, "cpu.ms", 5)

    answer = finance.get(URL, {"period": "2026-11"}).json()

    assert answer["count"] == 2
    assert answer["results"] == [
        {
            "tenant": "heideblick",
            "period": "2026-11",
            "meter": "http.requests",
            "unit": "Aufrufe",
            "quantity": 40,
        },
        {"tenant": "luckau", "period": "2026-11", "meter": "cpu.ms", "unit": "ms", "quantity": 5},
    ]


def test_filter_by_tenant_and_meter(finance, heideblick, luckau):
    use(heideblick, "http.requests", 40)
    use(heideblick, "cpu.ms", 9)
    use(luckau, "cpu.ms", 5)

    answer = finance.get(URL, {"period": "2026-11", "tenant": "heideblick", "meter": "cpu.ms"}).json()

    assert [(row["tenant"], row["quantity"]) for row in answer["results"]] == [("heideblick", 9)]


def test_running_month_is_the_default(finance, heideblick, time_machine):
    time_machine.move_to(NOON)
    use(heideblick, "http.requests", 40)

    assert [row["period"] for row in finance.get(URL).json()["results"]] == ["2026-11"]


def test_pages(finance, heideblick, luckau):
    use(heideblick, "http.requests", 40)
    use(luckau, "http.requests", 40)

    first = finance.get(URL, {"period": "2026-11", "page_size": 1}).json()

    assert (first["count"], len(first["results"])) == (2, 1)
    assert finance.get(first["next"]).json()["results"][0]["tenant"] == "luckau"


@pytest.mark.parametrize(
    ("query", "field"),
    [({"period": "2026-1"}, "period"), ({"tenant": "atlantis"}, "tenant"), ({"meter": "x"}, "meter")],
)
def test_bad_filter_is_a_problem_that_names_the_field(finance, query, field):
    answer = finance.get(URL, query)

    assert answer.status_code == 422
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert field in str(answer.json())


def test_without_key_nothing_is_told(db):
    assert client_for(None).get(URL).status_code == 401


def test_key_without_the_right_is_refused(db):
    with context.enter_association():
        person = make_person("operator", email="technik@verbund.example")
        _token, text = issue_token(
            name="Technik", scopes=["tenants:tenant:read"], by=actor_for(person), at=NOON
        )

    assert client_for(None, headers={"Authorization": f"Bearer {text}"}).get(URL).status_code == 403


def test_municipality_does_not_offer_it(heideblick):
    assert client_for(None, heideblick).get(URL).status_code == 404
