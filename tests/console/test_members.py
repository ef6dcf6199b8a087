# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The board, the list and one member."""

from __future__ import annotations

import pytest

from tests.factories.onboarding import BESTENSEE, EICHWALDE, ZEUTHEN, failed_at, requested
from tests.factories.sessions import signed_in
from verbund.kernel.context import ASSOCIATION

PAGES = ["/", "/kommunen/", "/kommunen/heideblick/", "/kommunen/heideblick/einrichtung/"]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("role", ["operator", "finance", "auditor"])
def test_everybody_of_the_association_sees_members(heideblick, path, role):
    response = signed_in(role).get(path)

    assert response.status_code == 200
    assert "Heideblick" in response.content.decode()


@pytest.mark.parametrize("path", [*PAGES, "/kommunen/neu/", "/nutzung/", "/nutzung/liste/"])
def test_nobody_else_does(heideblick, client_of, path):
    assert client_of(None).get(path)["Location"].startswith("/konto/")
    if path != "/":
        assert signed_in("administrator", heideblick).get(path).status_code == 404


def test_board_shows_what_runs_and_what_failed(heideblick):
    requested(**BESTENSEE)
    failed_at(requested(**EICHWALDE), "legal_pages", "Der Speicher ist voll.")

    page = signed_in("operator").get("/").content.decode()

    assert "Der Speicher ist voll." in page
    assert "/kommunen/bestensee/einrichtung/" in page


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["Bestensee", "Heideblick", "Luckau"]),
        ("?q=luck", ["Luckau"]),
        ("?q=12061219", ["Heideblick"]),
        ("?q=1206", ["Bestensee", "Heideblick", "Luckau"]),
        ("?q=gibtsnicht", []),
        ("?zustand=ACTIVE", ["Heideblick", "Luckau"]),
        ("?zustand=REQUESTED", ["Bestensee"]),
        ("?modul=defects", ["Heideblick", "Luckau"]),
        ("?sortierung=neu&zustand=REQUESTED", ["Bestensee"]),
        ("?sortierung=quatsch", ["Bestensee", "Heideblick", "Luckau"]),
    ],
)
def test_list_is_searched_and_sorted(heideblick, query, names):
    requested(**BESTENSEE)

    page = signed_in("operator").get(f"/kommunen/{query}")

    assert [member.tenant.name for member in page.context["members"]] == names


def test_history_says_what_happened(heideblick):
    page = signed_in("auditor").get("/kommunen/heideblick/").content.decode()

    assert "Aufnahme beantragt" in page
    assert "Freigeschaltet" in page


def test_unknown_member_is_not_found(db):
    client = signed_in("operator")

    for path in ("/kommunen/gibtsnicht/", "/kommunen/gibtsnicht/einrichtung/"):
        assert client.get(path).status_code == 404


@pytest.mark.parametrize("role", ["finance", "auditor"])
def test_only_operators_are_offered_to_onboard(heideblick, role):
    failed_at(requested(**EICHWALDE), "legal_pages", "Der Speicher ist voll.")
    client = signed_in(role, ASSOCIATION)

    assert "/kommunen/neu/" not in client.get("/").content.decode()
    assert "Erneut versuchen" not in client.get("/kommunen/eichwalde/einrichtung/").content.decode()
    assert client.get("/kommunen/neu/").status_code == 403
    assert client.post("/kommunen/neu/", {"aktion": "anlegen"}).status_code == 403
    assert client.post("/kommunen/eichwalde/einrichtung/erneut/").status_code == 403


@pytest.mark.parametrize("path", ["/", "/kommunen/"])
@pytest.mark.parametrize("more", [[BESTENSEE], [BESTENSEE, EICHWALDE, ZEUTHEN]])
def test_number_of_queries_does_not_grow(heideblick, django_assert_num_queries, path, more):
    for member in more:
        requested(**member)
    client = signed_in("operator")
    client.get(path)

    with django_assert_num_queries(9):
        client.get(path)
