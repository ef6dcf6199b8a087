# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Corrections asked for by one person and approved by another, and what came late."""

from __future__ import annotations

import pytest

from billing.closing.adjusting import correct_cost
from billing.closing.approving import approve_period
from billing.closing.models import Adjustment
from tests.factories.closing import AT, OCTOBER, TODAY, calculated, finance, make_books, make_late
from tests.factories.sessions import signed_in
from verbund.kernel import context

PAGE = "/finanzen/berichtigungen/"
LATE = f"{PAGE}nachzuegler/2026-10/heideblick/mail.sent/"
COST = {"origin": "2026-10", "centre": "netz", "cents": "-12,00", "reason": "Gutschrift"}


@pytest.fixture
def books(heideblick, luckau, time_machine):
    time_machine.move_to(AT)
    with context.enter_association():
        found = make_books(heideblick, luckau)
        calculated()
    return found


@pytest.fixture
def asked(books):
    with context.enter_association():
        return correct_cost(
            origin=OCTOBER, centre=books.mixed, cents=-12_00, reason="Gutschrift", by=finance(), at=AT
        )


@pytest.fixture
def late(books):
    with context.enter_association():
        approve_period(period=OCTOBER, by=finance(), at=AT, today=TODAY)
        make_late(books.members[0], quantity=120)
    return books


def text_of(response):
    return response.content.decode()


def rows(client, stand="wartet"):
    return [row["title"] for row in client.get(f"{PAGE}?stand={stand}").context["rows"]]


def test_one_asks_and_another_approves(books):
    first, second = signed_in("finance"), signed_in("finance")

    made = first.post(f"{PAGE}neu/kosten/", COST)
    own = first.get(made["Location"])
    refused = first.post(f"{made['Location']}genehmigen/")
    page = second.get(made["Location"])
    done = second.post(f"{made['Location']}genehmigen/")

    assert "Bitten Sie eine zweite Person" in text_of(own)
    assert "Prüfen und genehmigen" not in text_of(own)
    assert "Bitten Sie eine zweite Person" in text_of(refused)
    assert "Prüfen und genehmigen" in text_of(page)
    assert done.status_code == 302
    with context.enter_association():
        assert Adjustment.objects.get().approved_by == second.person.pk
    assert (rows(second), rows(second, "genehmigt")) == ([], ["Netz"])
    assert second.get(f"{made['Location']}genehmigen/").status_code == 404


def test_effect_on_each_member_adds_up(asked):
    page = signed_in("auditor").get(f"{PAGE}{asked.pk}/")

    assert sum(effect.cents for effect in page.context["effects"]) == -12_00
    assert [effect.name for effect in page.context["effects"]] == ["Heideblick", "Luckau"]
    assert "Prüfen und genehmigen" not in text_of(page)


def test_correction_is_taken_back(asked):
    client = signed_in("finance")

    client.post(f"{PAGE}{asked.pk}/zurueckziehen/")

    assert (rows(client), rows(client, "zurueckgezogen")) == ([], ["Netz"])
    assert "Zurückgezogen." in text_of(client.get(f"{PAGE}{asked.pk}/"))


@pytest.mark.parametrize(
    ("kind", "given", "wrong"),
    [
        ("zaehler", {"tenant": "luckau", "meter": "mail.sent", "day": "12.11.2026", "quantity": "5"}, "day"),
        ("kosten", {"centre": "rz", "cents": "0"}, "cents"),
        ("betrag", {"tenant": "verbund", "service": "post", "cents": "1"}, "tenant"),
    ],
)
def test_what_does_not_hold_is_said_at_its_field(books, kind, given, wrong):
    page = signed_in("finance").post(
        f"{PAGE}neu/{kind}/", {"origin": "2026-10", "reason": "Zählfehler", **given}
    )

    assert page.context["form"].errors.keys() == {wrong}


def test_counter_and_amount_are_corrected(books):
    client = signed_in("finance")
    usage = {"tenant": "luckau", "meter": "mail.sent", "day": "12.10.2026", "quantity": "-5"}
    amount = {"tenant": "luckau", "service": "post", "cents": "3,50"}

    client.post(f"{PAGE}neu/zaehler/", {"origin": "2026-10", "reason": "doppelt", **usage})
    client.post(f"{PAGE}neu/betrag/", {"origin": "2026-10", "reason": "Kulanz", **amount})

    assert [title.split(":")[0] for title in rows(client)] == ["Luckau", "Luckau"]
    with context.enter_association():
        assert sorted(Adjustment.objects.values_list("quantity", "cents"), key=str) == [
            (-5, None),
            (None, 350),
        ]


def test_late_usage_is_taken_over(late):
    client = signed_in("finance")
    listed = client.get(f"{PAGE}?stand=nachzuegler")
    form = client.get(LATE).context["form"]

    client.post(LATE, {"reason": form["reason"].value(), "quantity": "120", "aktion": "ja"})

    assert LATE in text_of(listed)
    assert form["reason"].value().startswith("Nach der Freigabe gemeldet: 120")
    assert rows(client, "nachzuegler") == []
    with context.enter_association():
        assert Adjustment.objects.get().quantity == 120


def test_late_usage_is_left_out_and_proposed_again(late):
    client = signed_in("finance")
    silent = client.post(LATE, {"reason": " ", "quantity": "120", "aktion": "nicht"})
    client.post(LATE, {"reason": "Testlauf", "quantity": "120", "aktion": "nicht"})
    page = client.get(f"{PAGE}?stand=nachzuegler")

    client.post(f"{LATE}zuruecknehmen/")

    assert silent.context["form"].errors.keys() == {"reason"}
    assert (page.context["rows"], len(page.context["left_out"])) == ([], 1)
    assert len(rows(client, "nachzuegler")) == 1


def test_month_leads_to_what_waits(asked):
    client = signed_in("finance")

    october, november = text_of(client.get("/finanzen/2026-10/")), text_of(client.get("/finanzen/2026-11/"))

    assert "Eine Berichtigung dieses Monats wartet" in october
    assert "Zu den Berichtigungen" in november
    assert "/finanzen/kosten/eintragen/?monat=2026-11" in november


def test_before_any_month_is_calculated_costs_are_corrected(db, time_machine):
    time_machine.move_to(AT)
    client = signed_in("finance")

    assert "Noch kein Monat berechnet" in text_of(client.get(f"{PAGE}neu/kosten/"))
    assert "Keine Nachzügler" in text_of(client.get(f"{PAGE}?stand=nachzuegler"))
    assert client.get(f"{PAGE}neu/quatsch/").status_code == 404
    assert client.get(f"{PAGE}nachzuegler/2026-13/luckau/mail.sent/").status_code == 404


def test_who_may_only_read_decides_nothing(asked):
    auditor = signed_in("auditor")

    assert rows(auditor) == ["Netz"]
    for address in ("neu/kosten/", f"{asked.pk}/genehmigen/", f"{asked.pk}/zurueckziehen/"):
        assert auditor.get(f"{PAGE}{address}").status_code == 403
    assert signed_in("operator").get(PAGE).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_list_takes_a_fixed_number_of_queries(asked, books, count, django_assert_num_queries):
    with context.enter_association():
        for number in range(1, count):
            correct_cost(
                origin=OCTOBER, centre=books.centre, cents=number, reason="mehr", by=finance(), at=AT
            )
    client = signed_in("finance")

    with django_assert_num_queries(11):
        client.get(PAGE)
