# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Days of membership and advances on pages: to the day, never in a calculated month, and never approved by who entered them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from billing.closing.approving import approve_period
from billing.closing.blocking import took_part
from billing.closing.models import BillingPeriod, StatementLine
from billing.closing.periods import get_period
from billing.costs.models import Advance, Membership
from billing.fixed_months import TookPart
from tenants.models import Tenant
from tests.factories.closing import AT, OCTOBER, TODAY, calculated, make_books
from tests.factories.sessions import signed_in
from verbund.accounts.api import actor_for
from verbund.kernel import context
from verbund.kernel.context import municipality_key
from verbund.metering.periods import Period

HERE = "/finanzen/mitglieder/kommunen/heideblick/"
PAGE, ADD, ADVANCES = f"{HERE}mitgliedschaft/", f"{HERE}mitgliedschaft/neu/", f"{HERE}vorauszahlungen/"
LEVY = {
    "service": "umlage", "cents": "300,00", "first": "2026-10", "last": "2026-12", "due_day": "15", "source": "Plan",
}  # fmt: skip


@pytest.fixture
def books(heideblick, luckau, time_machine):
    time_machine.move_to(AT)
    with context.enter_association():
        return make_books(heideblick, luckau)


@pytest.fixture
def third_member(books):
    """A member whose days only the registry knows: in service since 2 March, as it is there when UTC still says the 1st."""
    with context.enter_association():
        number = max(Tenant.objects.values_list("number", flat=True)) + 1
        return Tenant.objects.create(
            number=number,
            schema_name=municipality_key(number),
            slug="vetschau",
            name="Vetschau",
            kind="stadt",
            state="ACTIVE",
            requested_at=AT,
            activated_at=datetime(2026, 3, 1, 23, 30, tzinfo=UTC),
        )


def days_of(slug: str = "heideblick") -> list[tuple[date, date | None]]:
    with context.enter_association():
        return list(Membership.objects.filter(tenant__slug=slug).values_list("first", "last"))


def ending() -> str:
    """Where the latest membership is ended."""
    with context.enter_association():
        return f"{PAGE}{Membership.objects.filter(tenant__slug='heideblick').latest('first').pk}/"


def errors_of(answer) -> dict[str, list[str]]:
    assert answer.status_code == 422
    return {name: list(found) for name, found in answer.context["form"].errors.items()}


def test_membership_ends_to_the_day_and_the_next_one_begins(books):
    client = signed_in("finance")

    ended = client.post(ending(), {"last": "15.11.2026"}, follow=True).content.decode()
    overlapping = errors_of(client.post(ADD, {"first": "15.11.2026", "source": "Beitritt"}))
    client.post(ADD, {"first": "16.11.2026", "last": "", "source": "Beitritt"})

    assert "Die Mitgliedschaft endet mit dem 15.11.2026." in ended
    assert "Beenden Sie zuerst die andere" in overlapping["first"][0]
    assert days_of() == [(date(2026, 1, 1), date(2026, 11, 15)), (date(2026, 11, 16), None)]


def test_calculated_month_keeps_its_members_and_names_the_way_out(books):
    client = signed_in("finance")
    with context.enter_association():
        calculated()

    answer = client.post(ending(), {"last": "15.10.2026"})

    assert "2026-10 ist schon berechnet" in errors_of(answer)["last"][0]
    assert "/finanzen/berichtigungen/neu/betrag/" in answer.content.decode()
    assert days_of() == [(date(2026, 1, 1), None)]
    # To the last day of the calculated month nothing in it changes.
    assert client.post(ending(), {"last": "31.10.2026"}).status_code == 302


def test_days_of_the_registry_are_taken_over_and_ended_though_months_are_calculated(books, third_member):
    client = signed_in("finance")
    with context.enter_association():
        calculated()
    add = f"/finanzen/mitglieder/kommunen/{third_member.slug}/mitgliedschaft/neu/"

    proposed = client.get(add).context["form"].initial
    later = errors_of(client.post(add, {"first": "01.12.2026", "source": "Beitritt"}))
    wrong = errors_of(client.post(add, {"first": "02.03.2026", "last": "15.10.2026", "source": "Austritt"}))
    right = client.post(add, {"first": "02.03.2026", "last": "30.11.2026", "source": "Austritt"})

    assert proposed == {"first": date(2026, 3, 2), "last": None}
    assert "ab 02.03.2026" in later["first"][0]
    assert "2026-10" in wrong["first"][0]
    assert right.status_code == 302
    assert days_of(third_member.slug) == [(date(2026, 3, 2), date(2026, 11, 30))]


def test_whoever_ended_or_entered_a_membership_approves_none_of_its_months(books):
    enters, ends = signed_in("finance"), signed_in("finance")
    people = {"enters": enters.person.pk, "ends": ends.person.pk}
    signed_in("finance").post(ending(), {"last": "30.11.2026"})
    enters.post(ADD, {"first": "05.12.2026", "last": "31.05.2027", "source": "Beitritt"})
    ends.post(ending(), {"last": "30.06.2027"})

    # Months opened only afterwards know it: that of the first day, one between, the one after the last day.
    with context.enter_association():
        for month in (Period(2026, 12), Period(2027, 3), Period(2027, 7)):
            get_period(month)
        took = {
            row.name: {name for name, person in people.items() if took_part(row, person)}
            for row in BillingPeriod.objects.filter(month__gte=date(2026, 12, 1))
        }

    assert took == {"2026-12": {"enters"}, "2027-03": {"enters"}, "2027-07": {"enters", "ends"}}


def test_advances_of_a_month_replace_the_share_and_are_shown_beside_it(books):
    client = signed_in("finance")

    said = client.post(ADVANCES, LEVY, follow=True).content.decode()
    again = client.post(ADVANCES, LEVY, follow=True).content.decode()
    client.post(ADVANCES, LEVY | {"first": "2026-11", "due_day": "3", "cents": "250"})
    with context.enter_association():
        calculated()
        due = dict(
            StatementLine.objects.filter(
                statement__tenant__slug="heideblick", kind__in=["advance", "true_up"]
            ).values_list("kind", "net_cents")
        )
    account = client.get(f"{PAGE}?jahr=2026").context["accounts"][0]["account"]

    assert "je Monat 300,00\xa0€ von Oktober 2026 bis Dezember 2026" in said
    assert "So war es schon eingetragen." in again
    assert due == {"advance": 30_000, "true_up": -80_001}
    assert [dict(month.due) for month in account.months[9:]] == [
        {date(2026, 10, 15): 30_000},
        {date(2026, 11, 3): 25_000},
        {date(2026, 12, 3): 25_000},
    ]
    assert (account.advances, account.shares, account.ahead) == (80_000, 80_001, -50_001)


def test_advance_of_a_calculated_month_is_refused_others_are_not(books):
    client = signed_in("finance")
    client.post(ADVANCES, LEVY)
    with context.enter_association():
        calculated()

    refused = errors_of(client.post(ADVANCES, LEVY | {"cents": "0"}))
    # October stays as it is, so the year's plan can be sent as a whole.
    taken = client.post(ADVANCES, LEVY | {"first": "2026-11", "cents": "0"})

    assert "2026-10 ist schon berechnet" in refused["first"][0]
    assert taken.status_code == 302
    with context.enter_association():
        assert list(Advance.objects.order_by("due_on", "version").values_list("due_on", "cents")) == [
            (date(2026, 10, 15), 30_000),
            (date(2026, 11, 15), 30_000),
            (date(2026, 11, 15), 0),
            (date(2026, 12, 15), 30_000),
            (date(2026, 12, 15), 0),
        ]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"first": "2026-12", "last": "2026-11"}, "last"),
        ({"last": "2027-01"}, "last"),
        ({"cents": "-1"}, "cents"),
        ({"cents": "viel"}, "cents"),
        ({"due_day": "29"}, "due_day"),
        ({"source": " "}, "source"),
    ],
)
def test_advances_that_do_not_hold_are_refused_at_their_field(books, given, field):
    answer = signed_in("finance").post(ADVANCES, LEVY | given)

    assert list(errors_of(answer)) == [field]
    with context.enter_association():
        assert not Advance.objects.exists()


def test_whoever_set_an_advance_does_not_approve_its_month(books):
    client = signed_in("finance")
    client.post(ADVANCES, LEVY)
    with context.enter_association():
        calculated()
        with pytest.raises(TookPart):
            approve_period(period=OCTOBER, by=actor_for(client.person), at=AT, today=TODAY)


def test_auditor_reads_and_enters_nothing(books):
    auditor = signed_in("auditor")

    page = auditor.get(PAGE)

    assert page.status_code == 200
    assert "neu/" not in page.content.decode()
    assert auditor.post(ADVANCES, LEVY).status_code == 403
    assert (
        signed_in("finance").get("/finanzen/mitglieder/kommunen/nirgends/mitgliedschaft/").status_code == 404
    )
    assert signed_in("finance").get(f"{PAGE}999999/").status_code == 404
