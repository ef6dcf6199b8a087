# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A municipality's pages about its costs: approved months only, and nobody else's."""

from __future__ import annotations

import pytest
from django.db import connection

from billing.closing.models import Statement, StatementLine
from billing.closing.states import State
from billing.member.reading import own_rows
from tests.factories.accounts import client_for, make_person
from tests.factories.metering import NOON, use
from tests.factories.statements import make_month
from verbund.kernel import context
from verbund.metering.models import UsageDay
from verbund.metering.periods import Period
from verbund.metering.rollup import roll_up

URL = "/verwaltung/nutzung/kosten/"
AUGUST, SEPTEMBER, OCTOBER = Period(2026, 8), Period(2026, 9), Period(2026, 10)


@pytest.fixture
def client(heideblick, time_machine):
    """A treasurer's browser."""
    time_machine.move_to(NOON)
    with context.enter(heideblick):
        person = make_person("treasurer")
    return client_for(person, heideblick)


def test_own_months_and_not_the_neighbours(client, heideblick, luckau):
    make_month(SEPTEMBER, {heideblick: 123_45, luckau: 888_88})

    page = client.get(URL).content.decode()

    assert "123,45" in page
    assert "888,88" not in page


def test_new_member_reads_what_will_stand_here(client):
    page = client.get(URL)

    assert page.status_code == 200
    assert "Noch keine freigegebene Abrechnung" in page.content.decode()


@pytest.mark.parametrize("state", [State.GRACE, State.CALCULATED])
def test_month_before_its_approval_is_not_shown(client, heideblick, state):
    make_month(SEPTEMBER, {heideblick: 123_45}, state=state)

    assert "123,45" not in client.get(URL).content.decode()
    assert client.get(f"{URL}2026-09/").status_code == 404


def test_year_is_expected_from_its_months(client, heideblick):
    for period, cents in ((AUGUST, 100_00), (SEPTEMBER, 110_00), (OCTOBER, 120_00)):
        make_month(period, {heideblick: cents})

    page = client.get(URL).content.decode()

    # Two more months at the average of 110.00 euros.
    assert "330,00" in page
    assert "550,00" in page
    assert "ein Vorjahr zum Vergleichen fehlt" in page


def test_statement_shows_every_line_and_the_correction_on_its_own(client, heideblick):
    make_month(SEPTEMBER, {heideblick: 100_00})
    make_month(
        OCTOBER, {heideblick: 200_00}, correction=(SEPTEMBER, -7_50, "Zähler nachgemeldet"), advance=50_00
    )

    page = client.get(f"{URL}2026-10/").content.decode()

    for text in ("200,00", "−7,50", "Zähler nachgemeldet", "September 2026", "192,50", "242,50"):
        assert text in page, text


@pytest.mark.parametrize("month", ["2026-10", "gestern", "2026-13"])
def test_statement_that_is_not_there(client, heideblick, luckau, month):
    make_month(OCTOBER, {luckau: 888_88})

    assert client.get(f"{URL}{month}/").status_code == 404


@pytest.mark.parametrize("months", [1, 3])
def test_page_asks_as_often_for_many_months_as_for_one(client, heideblick, django_assert_num_queries, months):
    for period in (AUGUST, SEPTEMBER, OCTOBER)[:months]:
        make_month(period, {heideblick: 100_00})
    client.get(URL)

    with django_assert_num_queries(8):
        client.get(URL)


@pytest.mark.parametrize("form", ["csv", "json"])
def test_year_as_a_file(client, heideblick, form):
    make_month(OCTOBER, {heideblick: 123_45})

    content = b"".join(client.get(f"{URL}liste/", {"form": form}).streaming_content).decode()

    assert "2026-10" in content


def test_clerks_may_not_and_strangers_sign_in_first(heideblick):
    with context.enter(heideblick):
        clerk = make_person("clerk")

    assert client_for(clerk, heideblick).get(URL).status_code == 403
    assert client_for(None, heideblick).get(URL).status_code == 302


def test_database_itself_leaves_out_the_rows_of_others(heideblick, luckau):
    make_month(OCTOBER, {heideblick: 1, luckau: 2})
    for member in (heideblick, luckau):
        use(member, "http.requests", 5)
    roll_up()

    with context.enter(heideblick), own_rows() as number:
        seen = {
            *Statement.objects.values_list("tenant_id", flat=True),
            *StatementLine.objects.values_list("statement__tenant_id", flat=True),
            *UsageDay.objects.values_list("tenant", flat=True),
        }
        cents = list(StatementLine.objects.values_list("net_cents", flat=True))
    with context.enter_association():
        everything = Statement.objects.count()

    assert (seen, cents, number) == ({heideblick.number}, [1], heideblick.number)
    assert everything == 2


def test_error_while_reading_leaves_no_member_set(heideblick, luckau):
    make_month(OCTOBER, {heideblick: 1, luckau: 2})

    with pytest.raises(LookupError), context.enter(heideblick), own_rows():
        raise LookupError
    with context.enter_association(), connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('verbund.member', true)")
        (setting,) = cursor.fetchone()

    assert not setting
