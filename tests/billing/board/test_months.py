# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The board of months, one month with its table, and the steps that need a second person."""

from __future__ import annotations

import pytest

from billing.closing.approving import approve_period, mark_issued
from billing.closing.models import BillingPeriod
from billing.closing.states import State
from billing.costs.booking import enter_cost
from tests.factories.closing import AT, NOON, OCTOBER, TODAY, book, calculated, close, finance, make_books
from tests.factories.metering import use
from tests.factories.sessions import signed_in
from tests.factories.statements import make_month
from verbund.kernel import context
from verbund.kernel.actors import SYSTEM
from verbund.metering.models import UsageArrival
from verbund.metering.periods import Period

BOARD, MONTH = "/finanzen/", "/finanzen/2026-10/"


@pytest.fixture
def books(heideblick, luckau, time_machine):
    time_machine.move_to(AT)
    with context.enter_association():
        return make_books(heideblick, luckau)


@pytest.fixture
def previewed(books):
    with context.enter_association():
        calculated()
    return books


def state_of_october():
    with context.enter_association():
        return BillingPeriod.objects.get(month=OCTOBER.first).state


def rows_of(page):
    return {str(row["found"].period): row for row in page.context["rows"]}


def test_board_says_what_each_month_waits_for(previewed):
    rows = rows_of(signed_in("finance").get(BOARD))

    assert list(rows) == ["2026-11", "2026-10"]
    assert rows["2026-10"]["found"].cents == 154_526
    assert rows["2026-10"]["is_ready"]
    assert [item["obstacle"].code for item in rows["2026-11"]["obstacles"]] == [
        "running",
        "earlier",
        "costs",
        "costs",
    ]


def test_looking_writes_no_month(books):
    signed_in("finance").get(BOARD)
    signed_in("finance").get(MONTH)

    with context.enter_association():
        assert not BillingPeriod.objects.exists()


def test_missing_costs_are_named_on_the_board(books):
    with context.enter_association():
        enter_cost(
            centre=books.centre, month=Period(2026, 9).first, cents=1, source="Beleg", by=SYSTEM, at=AT
        )

    rows = rows_of(signed_in("finance").get(BOARD))

    assert [item["obstacle"].code for item in rows["2026-09"]["obstacles"]] == ["costs"]


def test_finance_calculates_and_another_person_approves(books):
    first = signed_in("finance")

    first.post(f"{MONTH}berechnen/")
    page = first.get(MONTH)
    refused = first.post(f"{MONTH}freigeben/")

    assert "Sie haben an diesem Monat mitgewirkt" in page.content.decode()
    assert "Prüfen und freigeben" not in page.content.decode()
    assert "zweite Person" in refused.content.decode()
    assert state_of_october() == State.CALCULATED

    second = signed_in("finance")
    assert "Prüfen und freigeben" in second.get(MONTH).content.decode()
    assert second.post(f"{MONTH}freigeben/")["Location"] == MONTH
    assert state_of_october() == State.APPROVED


def test_auditor_reads_and_presses_nothing(previewed):
    auditor = signed_in("auditor")

    page = auditor.get(MONTH)

    assert page.status_code == 200
    assert [step.label for step in page.context["steps"]] == ["Entwürfe der Dokumente"]
    assert auditor.post(f"{MONTH}berechnen/").status_code == 403
    assert auditor.get(f"{MONTH}freigeben/").status_code == 403


def test_operators_see_no_amounts(previewed):
    assert signed_in("operator").get(MONTH).status_code == 403


def test_table_adds_up_and_is_narrowed_to_a_cost_centre(previewed):
    client = signed_in("finance")

    whole = client.get(MONTH).context["table"]
    narrowed = client.get(f"{MONTH}?kostenstelle=netz").context["table"]

    assert [(row.name, row.cells, row.cents) for row in whole.rows] == [
        ("Heideblick", [2075, 80_001], 82_076),
        ("Luckau", [2450, 70_000], 72_450),
    ]
    assert whole.cents == sum(row.cents for row in whole.rows) == sum(whole.sums)
    assert narrowed.cents == 50_000


def test_year_before_stands_beside(heideblick, luckau, books):
    make_month(Period(2025, 10), {heideblick: 700_00})
    with context.enter_association():
        calculated()

    table = signed_in("finance").get(MONTH).context["table"]

    assert [row.before for row in table.rows] == [700_00, None]
    assert table.before == 700_00


def test_second_run_says_who_pays_more(previewed):
    with context.enter_association():
        use(previewed.members[0].number, "mail.sent", 300, NOON)
        calculated()

    changes = signed_in("finance").get(f"{MONTH}freigeben/").context["comparison"].changes

    assert [(change.name, change.cents) for change in changes] == [("Heideblick", 450)]


def test_month_is_closed_only_after_its_documents(previewed):
    client = signed_in("finance")
    assert client.get(f"{MONTH}abschliessen/").status_code == 404
    with context.enter_association():
        second = finance()
        approve_period(period=OCTOBER, by=second, at=AT, today=TODAY)
        mark_issued(period=OCTOBER, by=second, at=AT)

    client.post(f"{MONTH}abschliessen/")

    assert state_of_october() == State.CLOSED


def test_steps_back_want_a_reason(previewed):
    client = signed_in("finance")

    silent = client.post(f"{MONTH}verwerfen/", {"reason": " "})
    assert silent.context["form"].errors.keys() == {"reason"}
    client.post(f"{MONTH}verwerfen/", {"reason": "Beleg fehlt"})

    assert state_of_october() == State.GRACE


def test_waiting_for_late_events_ends_with_a_reason(books, time_machine):
    time_machine.move_to(AT.replace(day=2))
    client = signed_in("finance")
    assert "Nachfrist beenden" in client.get(MONTH).content.decode()

    client.post(f"{MONTH}nachfrist/", {"reason": "alles da"})

    assert "Nachfrist beenden" not in client.get(MONTH).content.decode()


def test_approval_is_taken_back(previewed):
    with context.enter_association():
        approve_period(period=OCTOBER, by=finance(), at=AT, today=TODAY)

    assert f'href="{MONTH}dokumente/"' in signed_in("finance").get(MONTH).content.decode()
    signed_in("finance").post(f"{MONTH}freigabe-zuruecknehmen/", {"reason": "noch einmal ansehen"})

    assert state_of_october() == State.CALCULATED


@pytest.mark.parametrize("month", ["2026-13", "heute", "2027-01"])
def test_no_month_is_not_found(books, month):
    assert signed_in("finance").get(f"/finanzen/{month}/").status_code == 404


def test_statement_explains_every_line(previewed):
    page = signed_in("finance").get(f"{MONTH}kommunen/heideblick/")

    lines = [item for service in page.context["services"] for item in service["lines"]]
    assert sum(item["line"].net_cents for item in lines) == page.context["statement"].cents
    assert all(item["derivation"] for item in lines)
    text = page.content.decode()
    assert "zu gleichen Teilen: 31 von 62 Mitgliedstagen" in text
    assert "50 zu 1,50 € je 100" in text
    assert "– 12.10.2026: 150" in text


def test_member_without_a_statement_is_not_found(previewed):
    assert signed_in("finance").get(f"{MONTH}kommunen/verbund/").status_code == 404


@pytest.mark.parametrize("closed", [1, 3])
def test_board_takes_a_fixed_number_of_queries(books, closed, django_assert_num_queries, time_machine):
    time_machine.move_to(AT.replace(year=2027, month=1, day=20))
    with context.enter_association():
        months = [OCTOBER, Period(2026, 11), Period(2026, 12)][:closed]
        today = AT.replace(year=2027, month=1, day=20).date()
        for period in months:
            if period != OCTOBER:
                book(books.centre, books.mixed, period=period)
                use(books.members[0].number, "http.requests", 5, NOON.replace(month=period.month))
            close(period, today=today)
    client = signed_in("finance")

    with django_assert_num_queries(14):
        page = client.get(BOARD)
    assert page.status_code == 200


@pytest.mark.parametrize("used", [1, 3])
def test_statement_takes_a_fixed_number_of_queries(books, used, django_assert_num_queries):
    with context.enter_association():
        for day in range(1, used):
            use(books.members[0].number, "mail.sent", 5, NOON.replace(day=day))
        calculated()
    client = signed_in("finance")

    with django_assert_num_queries(9):
        client.get(f"{MONTH}kommunen/heideblick/")


def test_derivation_says_which_hours_were_estimated(books):
    with context.enter_association():
        calculated()
        UsageArrival.objects.filter(tenant=books.members[0].number, meter="http.requests").update(estimated=3)
    client = signed_in("finance")

    own = client.get(f"{MONTH}kommunen/heideblick/").content.decode()
    other = client.get(f"{MONTH}kommunen/luckau/").content.decode()

    assert own.count("3 Stunden sind geschätzt") == 1
    assert "geschätzt" not in other
