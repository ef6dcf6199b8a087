# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Costs by month, amounts entered, corrected and read from a table, cost centres."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from billing.costs.booking import enter_cost
from billing.costs.memberships import end_membership
from billing.costs.models import ActualCost, CostCentre, Membership
from billing.costs.structure import add_cost_centre
from billing.costs.versions import add_key_version
from billing.gathering import member_key
from tenants.models import ModuleActivation
from tests.factories.closing import AT, EQUAL, NOVEMBER, OCTOBER, calculated, make_books
from tests.factories.sessions import signed_in
from verbund.kernel import context
from verbund.kernel.actors import SYSTEM
from verbund.metering.periods import Period

COSTS = "/finanzen/kosten/"
ENTRY = {"centre": "rz", "month": "2026-11", "cents": "1.234,56", "source": "ER 4711"}


@pytest.fixture
def books(heideblick, luckau, time_machine):
    time_machine.move_to(AT)
    with context.enter_association():
        return make_books(heideblick, luckau)


def amounts(code="rz"):
    with context.enter_association():
        rows = ActualCost.objects.filter(centre__code=code, replaced_by=None).order_by("pk")
        return [(f"{row.month:%Y-%m}", row.cents, row.source) for row in rows]


def text_of(response):
    return response.content.decode()


def test_table_shows_twelve_months_with_sums(books):
    table = signed_in("finance").get(COSTS).context["table"]

    assert len(table["months"]) == 12
    assert [(row["centre"].code, row["sum"]) for row in table["rows"]] == [
        ("netz", "500,00"),
        ("rz", "1.000,01"),
    ]
    assert (table["sum"], table["has_before"]) == ("1.500,01", False)


def test_missing_amount_of_a_month_that_is_over_leads_to_its_entry(books, time_machine):
    time_machine.move_to(AT.replace(month=12))

    page = text_of(signed_in("finance").get(COSTS))

    assert "eintragen/?kostenstelle=rz&amp;monat=2026-11" in page
    assert "monat=2026-12" not in page
    assert "eintragen/?kostenstelle" not in text_of(signed_in("auditor").get(COSTS))


def test_quarter_is_chosen_and_downloaded(books):
    client = signed_in("finance")

    page = client.get(f"{COSTS}?zeitraum=2026-q4")
    file = b"".join(client.get(f"{COSTS}liste/?zeitraum=2026-q4&form=csv")).decode("utf-8-sig")

    assert len(page.context["table"]["months"]) == 3
    assert f"{COSTS}liste/?zeitraum=2026-q4&amp;form=xlsx" in text_of(page)
    assert file.splitlines()[1].startswith("netz;2026-10;500,00;Beleg 2;Netz;Verbandsumlage;")


def test_year_before_stands_beside(books):
    with context.enter_association():
        enter_cost(
            centre=books.centre, month=Period(2025, 10).first, cents=90_000, source="alt", by=SYSTEM, at=AT
        )

    table = signed_in("finance").get(f"{COSTS}?zeitraum=2026-q4").context["table"]

    assert [row["before"] for row in table["rows"]] == ["", "900,00"]
    assert ([cell.text for cell in table["before"]], table["before_sum"]) == (["", "", "900,00"], "900,00")


def test_amount_is_entered(books):
    client = signed_in("finance")

    done = client.post(f"{COSTS}eintragen/", ENTRY)

    assert done["Location"] == f"{COSTS}stellen/rz/"
    assert amounts()[-1] == ("2026-11", 123_456, "ER 4711")
    assert "1.234,56\u00a0€" in text_of(client.get(done["Location"]))


def test_entering_goes_on_with_what_is_missing(books):
    client = signed_in("finance")

    done = client.post(f"{COSTS}eintragen/", {**ENTRY, "aktion": "weiter"})

    form = client.get(done["Location"]).context["form"]
    assert (form["centre"].value(), form["month"].value()) == ("netz", "2026-11")


def test_wrong_amount_is_said_at_its_field_and_keeps_what_was_typed(books):
    page = signed_in("finance").post(f"{COSTS}eintragen/", {**ENTRY, "cents": "1,234.56"})

    assert page.context["form"].errors.keys() == {"cents"}
    assert 'value="1,234.56"' in text_of(page)
    assert 'value="ER 4711"' in text_of(page)
    assert len(amounts()) == 1


def test_calculated_month_is_not_on_offer(books):
    with context.enter_association():
        calculated()
    client = signed_in("finance")

    refused = client.post(f"{COSTS}eintragen/", {**ENTRY, "month": "2026-10"})

    assert refused.context["form"].errors.keys() == {"month"}
    assert "2026-11" in text_of(client.get(f"{COSTS}eintragen/"))


def test_amount_is_corrected_with_a_reason_and_taken_back(books):
    client = signed_in("finance")
    with context.enter_association():
        address = f"{COSTS}betraege/{books.centre.costs.get().pk}/"

    assert 'value="1.000,01"' in text_of(client.get(address))
    silent = client.post(address, {"cents": "900", "source": "Beleg 1", "reason": ""})
    client.post(address, {"cents": "0", "source": "Beleg 1", "reason": "falsche Stelle"})

    assert silent.context["form"].errors.keys() == {"reason"}
    assert amounts() == [("2026-10", 0, "Beleg 1")]
    assert client.get(address).status_code == 404
    history = text_of(client.get(f"{COSTS}stellen/rz/"))
    assert "Statt 1.000,01\u00a0€: falsche Stelle" in history
    assert "ersetzt" in history


def test_correction_of_a_calculated_month_says_the_way_out(books):
    with context.enter_association():
        calculated()
        address = f"{COSTS}betraege/{books.centre.costs.get().pk}/"
    client = signed_in("finance")

    page = text_of(client.post(address, {"cents": "1", "source": "Beleg 1", "reason": "Dreher"}))

    assert "buchen Sie eine Berichtigung" in page
    assert "Monat berechnet" in text_of(client.get(f"{COSTS}stellen/rz/"))
    assert amounts() == [("2026-10", 100_001, "Beleg 1")]


def test_table_is_looked_at_and_then_taken(books):
    client = signed_in("finance")
    file = SimpleUploadedFile("kosten.csv", b"Kostenstelle;Monat;Betrag;Beleg\nrz;2026-11;7,00;ER 1\n")

    looked = client.post(f"{COSTS}einlesen/", {"file": file, "aktion": "pruefen"})
    before = amounts()
    lines = looked.context["form"]["content"].value()
    done = client.post(f"{COSTS}einlesen/", {"content": lines, "aktion": "eintragen"})

    assert looked.context["taken"].cents == 700
    assert before == [("2026-10", 100_001, "Beleg 1")]
    assert done["Location"] == COSTS
    assert amounts()[-1] == ("2026-11", 700, "ER 1")


def test_wrong_lines_are_listed_and_stay_in_the_field(books):
    content = "Kostenstelle;Monat;Betrag;Beleg\nrz;2026-11;sieben;ER 1\n"

    page = signed_in("finance").post(f"{COSTS}einlesen/", {"content": content, "aktion": "eintragen"})

    assert page.status_code == 422
    assert [(one.number, one.column) for one in page.context["complaints"]] == [(2, "Betrag")]
    assert "rz;2026-11;sieben;ER 1" in text_of(page)


def test_cost_centre_is_added_ended_and_goes_on(books):
    client = signed_in("finance")
    new = {"title": "Telefon", "code": "telefon", "service": "umlage", "key": "kopf", "module": ""}

    taken = client.post(f"{COSTS}neu/", {**new, "code": "rz"})
    client.post(f"{COSTS}neu/", new)
    client.post(f"{COSTS}stellen/telefon/beenden/", {"last_month": "2026-12"})
    with context.enter_association():
        ended = CostCentre.objects.get(code="telefon").last_month
    client.post(f"{COSTS}stellen/telefon/fortsetzen/")

    assert taken.context["form"].errors.keys() == {"code"}
    assert ended == Period(2026, 12).first
    with context.enter_association():
        assert CostCentre.objects.get(code="telefon").last_month is None


def test_cost_centre_names_who_shares_it_and_leads_to_key_and_derivation(books):
    with context.enter_association():
        calculated()
        add_key_version(
            key="kopf", name="Kopf", valid_from=NOVEMBER.first, source="Beschluss 2",
            definition={**EQUAL, "exempt": [member_key(books.members[1])]}, by=SYSTEM, at=AT,
        )  # fmt: skip
        row = Membership.objects.get(tenant=books.members[0])
        end_membership(membership_id=row.pk, last=date(2026, 11, 10), by=SYSTEM, at=AT)

    page = signed_in("finance").get(f"{COSTS}stellen/rz/")

    shown = [(item.slug, item.days, item.is_exempt) for item in page.context["sharers"]]
    assert shown == [("heideblick", 10, False), ("luckau", 0, True)]
    text = text_of(page)
    assert "10 von 30" in text
    for address in (
        "/finanzen/schluessel/kopf/1/",
        "/finanzen/schluessel/kopf/2/",
        "/finanzen/2026-10/?kostenstelle=rz",
        "/finanzen/mitglieder/kommunen/heideblick/mitgliedschaft/",
    ):
        assert f'href="{address}"' in text


def test_cost_centre_of_a_module_is_shared_by_its_users_only(books, luckau):
    with context.enter_association():
        add_cost_centre(
            code="maengel", title="Mängel", service=books.levy, key="kopf", module="defects", by=SYSTEM, at=AT
        )
        ModuleActivation.objects.filter(tenant=books.members[1], module="defects").delete()
        ModuleActivation.objects.update_or_create(
            tenant=books.members[0], module="defects", defaults={"active_from": AT}
        )

    page = signed_in("finance").get(f"{COSTS}stellen/maengel/")

    assert [(item.slug, item.days) for item in page.context["sharers"]] == [("heideblick", 11), ("luckau", 0)]
    assert "nutzt das Modul nicht" in text_of(page)


def test_end_before_the_last_cost_is_refused(books):
    with context.enter_association():
        enter_cost(centre=books.centre, month=NOVEMBER.first, cents=1, source="x", by=SYSTEM, at=AT)

    page = signed_in("finance").post(f"{COSTS}stellen/rz/beenden/", {"last_month": str(OCTOBER)})

    assert page.context["form"].errors.keys() == {"last_month"}


def test_nothing_there_yet_says_how_to_begin(db, time_machine):
    time_machine.move_to(AT)
    client = signed_in("finance")

    assert "Noch keine Kostenstellen" in text_of(client.get(COSTS))
    assert "Noch keine Kostenstellen" in text_of(client.get(f"{COSTS}eintragen/"))
    assert "Es fehlt noch etwas" in text_of(client.get(f"{COSTS}neu/"))
    assert "Wer Kosten eintragen darf" in text_of(signed_in("auditor").get(COSTS))


@pytest.mark.parametrize("address", ["eintragen/", "einlesen/", "neu/", "stellen/rz/beenden/"])
def test_who_may_only_read_changes_nothing(books, address):
    auditor = signed_in("auditor")

    assert auditor.get(f"{COSTS}stellen/rz/").status_code == 200
    assert auditor.get(f"{COSTS}{address}").status_code == 403
    assert signed_in("operator").get(COSTS).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_pages_take_a_fixed_number_of_queries(books, count, django_assert_num_queries):
    with context.enter_association():
        for number in range(count):
            enter_cost(
                centre=books.centre, month=NOVEMBER.first, cents=1, source=f"x{number}", by=SYSTEM, at=AT
            )
    client = signed_in("finance")

    with django_assert_num_queries(9):
        client.get(COSTS)
    with django_assert_num_queries(17):
        client.get(f"{COSTS}stellen/rz/")
