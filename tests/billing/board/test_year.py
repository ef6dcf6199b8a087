# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The year's table: members by months, services by months, beside the year before, and as files."""

from __future__ import annotations

import json

import pytest

from billing.closing.models import BillingPeriod
from tests.factories.closing import AT, NOON, book, calculated, close, make_books
from tests.factories.metering import use
from tests.factories.sessions import signed_in
from tests.factories.statements import make_month
from verbund.kernel import context
from verbund.metering.periods import Period

YEAR = "/finanzen/uebersicht/"


@pytest.fixture
def billed(heideblick, luckau, time_machine):
    """October calculated with shares, prices and two cost centres; of 2025 a month that compares and one that does not."""
    time_machine.move_to(AT)
    with context.enter_association():
        books = make_books(heideblick, luckau)
    make_month(Period(2025, 10), {heideblick: 700_00})
    make_month(Period(2025, 3), {luckau: 99_00})
    with context.enter_association():
        calculated()
    return books


def shown(address=YEAR):
    return signed_in("finance").get(address).context


def body(response):
    return b"".join(response.streaming_content)


def test_newest_year_is_shown_by_members(billed):
    page = shown()

    assert [str(month) for month in page["table"].months] == ["2026-10"]
    assert [(item["row"].title, item["row"].cells, item["row"].cents) for item in page["rows"]] == [
        ("Heideblick", [82_076], 82_076),
        ("Luckau", [72_450], 72_450),
    ]
    assert page["total"]["row"].cents == 154_526
    assert page["rows"][0]["cells"][0]["url"] == "/finanzen/2026-10/kommunen/heideblick/"


def test_year_before_counts_the_months_billed_in_both(billed):
    rows = {item["row"].title: item["row"] for item in shown()["rows"]}

    assert (rows["Heideblick"].before, rows["Heideblick"].difference) == (700_00, 82_076 - 700_00)
    assert (rows["Luckau"].before, rows["Luckau"].difference) == (None, 72_450)
    assert shown()["total"]["row"].before == 700_00


def test_first_year_compares_with_nothing(billed):
    page = shown(f"{YEAR}?jahr=2025")

    assert [str(month) for month in page["table"].months] == ["2025-03", "2025-10"]
    assert page["total"]["row"].difference is None
    assert "Unterschied" not in signed_in("finance").get(f"{YEAR}?jahr=2025").content.decode()


def test_services_and_cost_centres_add_up_to_the_same(billed):
    page = shown(f"{YEAR}?zeilen=dienste")

    assert [(item["row"].title, item["row"].detail, item["row"].cents) for item in page["rows"]] == [
        ("Mailversand", "", 4_525),
        ("Verbandsumlage", "", 0),
        ("Verbandsumlage", "Netz", 50_000),
        ("Verbandsumlage", "Rechenzentrum", 100_001),
    ]
    assert page["total"]["row"].cents == 154_526
    assert page["rows"][2]["cells"][0]["url"] == "/finanzen/2026-10/?kostenstelle=netz"


@pytest.mark.parametrize(
    ("query", "cents"),
    [
        ("dienst=post", 4_525),
        ("kostenstelle=netz", 50_000),
        ("kommune=luckau", 72_450),
        ("kommune=luckau&dienst=post", 2_450),
        ("kommune=gibt-es-nicht&jahr=1999", 154_526),
    ],
)
def test_filters_narrow_and_unknown_values_do_not(billed, query, cents):
    assert shown(f"{YEAR}?{query}")["total"]["row"].cents == cents


def test_members_row_leads_to_its_services_and_back(billed):
    client = signed_in("finance")

    member = client.get(YEAR).context["rows"][0]["url"]
    page = client.get(f"{YEAR}{member}").context

    assert page["by_service"]
    assert sum(item["row"].cents for item in page["rows"]) == 82_076
    assert page["rows"][0]["cells"][0]["url"] == "/finanzen/2026-10/kommunen/heideblick/"


def test_only_the_run_that_counts_is_summed(billed):
    with context.enter_association():
        use(billed.members[0].number, "mail.sent", 300, NOON)
        calculated()
        cents = BillingPeriod.objects.get(month="2026-10-01").run.cents

    assert shown()["total"]["row"].cents == cents == 154_526 + 450


def test_preview_is_called_one(billed):
    assert "noch nicht freigegeben: Oktober 2026" in signed_in("finance").get(YEAR).content.decode()


def test_nothing_calculated_shows_the_way(db):
    page = signed_in("finance").get(YEAR)

    assert "Noch kein Monat berechnet" in page.content.decode()


def test_operators_get_neither_page_nor_file(billed):
    client = signed_in("operator")

    assert client.get(YEAR).status_code == 403
    assert client.get(f"{YEAR}liste/").status_code == 403
    assert client.get("/finanzen/2026-10/liste/").status_code == 403


def test_file_holds_every_part_of_the_year(billed):
    content = json.loads(body(signed_in("finance").get(f"{YEAR}liste/?form=json&kommune=heideblick")))

    assert [(row["service"], row["cost_centre"], row["month_10_cents"]) for row in content["rows"]] == [
        ("Mailversand", "", 2_075),
        ("Verbandsumlage", "", None),
        ("Verbandsumlage", "Netz", 30_000),
        ("Verbandsumlage", "Rechenzentrum", 50_001),
    ]
    assert sum(row["total_cents"] for row in content["rows"]) == 82_076


@pytest.mark.parametrize(("form", "begins"), [("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK"), ("pdf", b"%PDF-")])
@pytest.mark.parametrize("address", [f"{YEAR}liste/", "/finanzen/2026-10/liste/"])
def test_files_come_in_each_form(billed, address, form, begins):
    answer = signed_in("finance").get(f"{address}?form={form}")

    assert answer.status_code == 200
    assert body(answer).startswith(begins)


def test_month_as_a_file_says_what_each_line_follows_from(billed):
    content = json.loads(body(signed_in("finance").get("/finanzen/2026-10/liste/?form=json")))

    assert sum(row["net_cents"] for row in content["rows"]) == 154_526
    line = next(row for row in content["rows"] if row["cost_centre"] == "Rechenzentrum")
    assert (line["member"], line["share"], line["basis"]) == (
        "Heideblick",
        "1 / 2",
        "Schlüssel „Kopf“, Fassung 1",
    )


def test_month_as_a_file_is_narrowed_as_the_page(billed):
    address = "/finanzen/2026-10/liste/?form=json&kostenstelle=netz&kommune=luckau"

    rows = json.loads(body(signed_in("finance").get(address)))["rows"]

    assert [row["net_cents"] for row in rows] == [20_000]


def test_month_that_is_not_calculated_has_no_file(billed):
    assert signed_in("finance").get("/finanzen/2026-11/liste/").status_code == 404


@pytest.mark.parametrize("months", [1, 3])
def test_year_takes_a_fixed_number_of_queries(billed, months, django_assert_num_queries, time_machine):
    time_machine.move_to(AT.replace(year=2027, month=1, day=20))
    today = AT.replace(year=2027, month=1, day=20).date()
    with context.enter_association():
        for period in [Period(2026, 11), Period(2026, 12)][: months - 1]:
            if period.month == 11:
                close(Period(2026, 10), today=today)
            book(billed.centre, billed.mixed, period=period)
            use(billed.members[0].number, "http.requests", 5, NOON.replace(month=period.month))
            close(period, today=today)
    client = signed_in("finance")

    with django_assert_num_queries(14):
        client.get(YEAR)
