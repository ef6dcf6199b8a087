# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Costs by cost centre and month, beside the year before."""

from __future__ import annotations

import pytest

from billing.costs.booking import enter_cost, replace_cost
from billing.costs.structure import end_cost_centre, resume_cost_centre
from billing.costs.yearly import cost_table, first_missing, last_months, years_with_costs
from tests.factories.closing import AT, NOVEMBER, OCTOBER, make_books
from verbund.audit.models import AuditEntry
from verbund.kernel import context
from verbund.kernel.actors import SYSTEM
from verbund.kernel.errors import NotFound
from verbund.metering.periods import Period


@pytest.fixture
def books(heideblick, luckau):
    with context.enter_association():
        yield make_books(heideblick, luckau)


def enter(centre, month, cents):
    return enter_cost(centre=centre, month=month.first, cents=cents, source="Beleg", by=SYSTEM, at=AT)


def test_table_adds_up_rows_and_months(books):
    enter(books.centre, OCTOBER, 99)
    enter(books.mixed, NOVEMBER, -50)

    table = cost_table([OCTOBER, NOVEMBER])

    assert [(row.centre.code, row.cells, row.cents) for row in table.rows] == [
        ("netz", [50_000, -50], 49_950),
        ("rz", [100_100, None], 100_100),
    ]
    assert table.sums == [150_100, -50]
    assert table.cents == 150_050
    assert (table.before, table.before_cents) == ([None, None], None)
    assert cost_table([Period(2026, 9)]).sums == [None]


def test_replaced_amounts_do_not_count(books):
    replace_cost(
        cost_id=books.centre.costs.get().pk, cents=7, source="Beleg", reason="Dreher", by=SYSTEM, at=AT
    )

    assert cost_table([OCTOBER]).sums == [50_007]


def test_year_before_is_of_the_same_months(books):
    enter(books.centre, Period(2025, 10), 1_000)
    enter(books.centre, Period(2025, 9), 5_000)

    table = cost_table([OCTOBER, NOVEMBER])

    assert [row.before for row in table.rows] == [None, 1_000]
    assert table.before == [1_000, None]
    assert table.before_cents == 1_000


def test_centre_that_is_over_shows_as_long_as_it_has_costs(books):
    end_cost_centre(code="rz", last_month=OCTOBER.first, by=SYSTEM, at=AT)

    assert [row.centre.code for row in cost_table([OCTOBER]).rows] == ["netz", "rz"]
    assert [row.centre.code for row in cost_table([NOVEMBER]).rows] == ["netz"]


def test_first_gap_is_of_the_earliest_month(books):
    enter(books.mixed, NOVEMBER, 1)

    missing = first_missing([NOVEMBER.first, OCTOBER.first])

    assert missing is not None
    assert (missing[0].code, missing[1]) == ("rz", NOVEMBER)
    assert first_missing([OCTOBER.first]) is None


def test_ended_centre_has_no_gap_until_it_goes_on(books):
    enter(books.mixed, NOVEMBER, 1)
    end_cost_centre(code="rz", last_month=OCTOBER.first, by=SYSTEM, at=AT)
    assert first_missing([NOVEMBER.first]) is None

    resume_cost_centre(code="rz", by=SYSTEM, at=AT)
    resume_cost_centre(code="rz", by=SYSTEM, at=AT)

    assert first_missing([NOVEMBER.first]) is not None
    assert AuditEntry.objects.filter(action="billing.cost_centre.resumed").count() == 1


def test_unknown_centre_does_not_go_on(books):
    with pytest.raises(NotFound):
        resume_cost_centre(code="gibt-es-nicht", by=SYSTEM, at=AT)


def test_months_and_years_come_in_order(books):
    enter(books.centre, Period(2024, 12), 1)

    assert years_with_costs() == [2026, 2025, 2024]
    assert [str(month) for month in last_months(Period(2026, 1), 3)] == ["2025-11", "2025-12", "2026-01"]
