# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A year estimated for the members' budgets: the last twelve months, growth, keys and prices of then."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.costs.memberships import end_membership
from billing.costs.models import CostCentre, Membership
from billing.costs.structure import end_cost_centre
from billing.costs.versions import add_key_version, add_price_version
from billing.simulation.budget.basis import CentreBasis, window
from tests.billing.allocation.cases import FEW
from tests.factories.closing import AT, EQUAL, NOON, book, make_books
from tests.factories.metering import use
from tests.factories.sessions import signed_in
from verbund.kernel import context
from verbund.kernel.actors import SYSTEM
from verbund.metering.periods import Period

BUDGET = "/finanzen/haushalt/2027/"


@pytest.fixture
def books(heideblick, luckau, time_machine):
    time_machine.move_to(AT)
    with context.enter_association():
        return make_books(heideblick, luckau)


def figures(page):
    return {item["row"].name: list(item["row"].cells) for item in page.context["rows"]}


def test_twelve_months_are_shared_and_priced_as_a_month_is(books):
    page = signed_in("auditor").get(BUDGET)

    assert [column.title for column in page.context["shown"].found.columns] == [
        "Netz",
        "Rechenzentrum",
        "Mailversand",
    ]
    assert figures(page) == {
        "Heideblick": [30_000 * 12, 50_001 * 12, (2_000 + 75) * 12],
        "Luckau": [20_000 * 12, 50_000 * 12, (2_000 + 450) * 12],
    }
    assert page.context["shown"].found.sums[:2] == [50_000 * 12, 100_001 * 12]
    text = page.content.decode()
    assert "Misch, 1" in text
    assert "Sie begründet keine Forderung" in text


def test_growth_and_own_figures_stand_in_the_address(books):
    page = signed_in("finance").get(BUDGET, {"plus-rz": "2,5", "betrag-netz": "7.000,01"})

    assert page.context["form"].planned == {"netz": 700_001, "rz": 1_230_012}
    assert page.context["shown"].found.sums[:2] == [700_001, 1_230_012]


@pytest.mark.parametrize(
    ("given", "field"),
    [({"plus-rz": "viel"}, "plus-rz"), ({"plus-rz": "-101"}, "plus-rz"), ({"betrag-rz": "-1"}, "betrag-rz")],
)
def test_what_does_not_hold_is_said_at_its_field_and_kept(books, given, field):
    page = signed_in("finance").get(BUDGET, given)

    assert list(page.context["form"].errors) == [field]
    assert f'value="{given[field]}"' in page.content.decode()
    assert page.context["shown"].found is None


def test_versions_of_then_count(books):
    with context.enter_association():
        add_key_version(
            key="misch",
            name="Gleich",
            valid_from=date(2027, 7, 1),
            source="B",
            definition=EQUAL,
            by=SYSTEM,
            at=AT,
        )
        add_price_version(
            service=books.mails,
            valid_from=date(2027, 7, 1),
            source="B",
            definition={"base_fee": "30"},
            by=SYSTEM,
            at=AT,
        )

    page = signed_in("finance").get(BUDGET)

    assert figures(page)["Heideblick"] == [
        (30_000 + 25_000) * 6,
        50_001 * 12,
        (2_000 + 75 + 3_000) * 6,
    ]


def test_ended_membership_and_cost_centre_count_until_their_end(books):
    with context.enter_association():
        membership = Membership.objects.get(tenant=books.members[1])
        end_membership(membership_id=membership.pk, last=date(2027, 6, 30), by=SYSTEM, at=AT)
        end_cost_centre(code="netz", last_month=date(2027, 6, 1), by=SYSTEM, at=AT)

    found = signed_in("finance").get(BUDGET).context["shown"].found

    assert found.sums[:2] == [50_000 * 6, 100_001 * 12]
    assert [row.cells[1] for row in found.members] == [50_001 * 6 + 100_001 * 6, 50_000 * 6]


def test_usage_is_that_of_an_average_month(books):
    with context.enter_association():
        book(books.centre, books.mixed, period=Period(2026, 9))
    use(books.members[0].number, "mail.sent", 350, NOON.replace(month=9))

    page = signed_in("finance").get(BUDGET)

    # 500 in two months are 250, 150 of them to be paid; Luckau's 400 in the same two months are 200.
    assert [cells[2] for cells in figures(page).values()] == [(2_000 + 225) * 12, (2_000 + 150) * 12]


def test_without_a_version_the_page_says_which_is_missing(books):
    with context.enter_association():
        CostCentre.objects.create(code="neu", title="Neu", service=books.levy, key="nirgends")

    page = signed_in("finance").get(BUDGET)

    assert "hat am 01.01.2027 keine gültige Fassung" in page.content.decode()


def test_member_gets_a_sheet_of_its_own(books):
    page = signed_in("finance").get(f"{BUDGET}kommunen/heideblick/", {"betrag-netz": "120"})

    assert [(line["column"].title, line["cents"]) for line in page.context["lines"]] == [
        ("Netz", 7_200),
        ("Rechenzentrum", 600_012),
        ("Mailversand", 24_900),
    ]
    assert "rechnet der Verband 2027 mit 6.321,12" in page.content.decode()


def test_list_and_redirect(books):
    client = signed_in("finance")

    assert client.get("/finanzen/haushalt/")["Location"] == BUDGET
    lines = b"".join(client.get(f"{BUDGET}liste/", {"form": "csv"}).streaming_content).decode("utf-8-sig")
    assert lines.splitlines()[0] == "Kommune;Netz;Rechenzentrum;Mailversand;Summe"
    assert lines.splitlines()[3] == "Summe;6000,00;12000,12;543,00;18543,12"


@pytest.mark.parametrize("path", ["/finanzen/haushalt/1999/", f"{BUDGET}kommunen/nirgends/"])
def test_no_such_year_or_member(books, path):
    assert signed_in("finance").get(path).status_code == 404


def test_nothing_to_estimate_says_so(db, time_machine):
    time_machine.move_to(AT)

    assert "Noch nichts zu schätzen" in signed_in("finance").get(BUDGET).content.decode()


def test_window_is_the_twelve_full_months_before():
    months = window(Period(2026, 3))

    assert (months[0], months[-1], len(months)) == (Period(2025, 3), Period(2026, 2), 12)


@given(st.integers(-(10**12), 10**12), st.integers(1, 12), st.decimals("-100", "999.99", places=2))
@FEW
def test_growth_is_rounded_once(cents, months, growth):
    basis = CentreBasis(centre=CostCentre(), cents=cents, months=months)

    exact = Decimal(basis.proposal) * (100 + growth) / 100
    assert abs(basis.planned(growth=growth, own=None) - exact) <= Decimal("0.5")
    assert basis.planned(growth=growth, own=5) == 5
    assert CentreBasis(centre=CostCentre(), cents=cents, months=12).proposal == cents


@pytest.mark.parametrize("months", [1, 3])
def test_page_takes_a_fixed_number_of_queries(books, months, django_assert_num_queries):
    with context.enter_association():
        for month in range(9, 9 - months + 1, -1):
            book(books.centre, books.mixed, period=Period(2026, month))
    client = signed_in("finance")

    with django_assert_num_queries(19):
        client.get(BUDGET)
