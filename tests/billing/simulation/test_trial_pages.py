# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page that tries a key: in the address, for one month or a year, and as a new version."""

from __future__ import annotations

from datetime import date

import pytest

from billing.closing.approving import approve_period
from billing.closing.models import Statement
from billing.costs.booking import enter_cost
from billing.costs.models import KeyVersion
from billing.costs.structure import end_cost_centre
from billing.fixed_months import TookPart
from tests.factories.closing import AT, NOVEMBER, OCTOBER, TODAY, book, calculated, close, make_books
from tests.factories.sessions import signed_in
from verbund.accounts.api import actor_for
from verbund.accounts.models import Person
from verbund.kernel import context
from verbund.kernel.actors import SYSTEM
from verbund.metering.periods import Period

TRIAL = "/finanzen/schluessel/misch/was-waere/"
REQUESTS = "usage:http.requests"
HALVES = {"gewicht1": "50", "teil1": "equal", "gewicht2": "50", "teil2": REQUESTS}
USED = {"gewicht1": "100", "teil1": REQUESTS}
NEW = {"valid_from": "01.11.2026", "name": "Nach Nutzung", "source": "Beschluss 7"}


@pytest.fixture
def books(heideblick, luckau, time_machine):
    time_machine.move_to(AT)
    with context.enter_association():
        return make_books(heideblick, luckau)


def figures(page):
    return {item["row"].name: (item["row"].now, item["row"].then) for item in page.context["rows"]}


def versions(key="misch"):
    with context.enter_association():
        return KeyVersion.objects.filter(key=key).count()


def test_valid_key_gives_the_figures_of_the_calculated_month(books):
    with context.enter_association():
        calculated()
        stored = dict(
            Statement.objects.filter(lines__cost_centre__code="netz").values_list(
                "tenant__name", "lines__net_cents"
            )
        )

    page = signed_in("auditor").get(TRIAL)

    assert figures(page) == {name: (cents, cents) for name, cents in stored.items()}
    assert "Für keine Kommune ändert sich etwas" in page.content.decode()


def test_other_weights_say_who_pays_more(books):
    page = signed_in("finance").get(TRIAL, USED)

    assert figures(page) == {"Heideblick": (30_000, 37_500), "Luckau": (20_000, 12_500)}
    assert [item["percent"] for item in page.context["rows"]] == ["25\u00a0%", "\u221237,5\u00a0%"]
    assert page.context["found"].now == page.context["found"].then == 50_000


def test_trying_writes_nothing(books):
    signed_in("finance").get(TRIAL, HALVES)

    assert versions() == 1


def test_limits_are_tried(books):
    page = signed_in("finance").get(TRIAL, {**USED, "hoechstanteil": "55", "mindestens": "100"})

    assert figures(page) == {"Heideblick": (30_000, 27_500), "Luckau": (20_000, 22_500)}


def test_link_means_the_same_in_every_language(books):
    given = {"gewicht1": "62,5", "teil1": "equal", "gewicht2": "37.5", "teil2": REQUESTS}

    german = signed_in("finance").get(TRIAL, given)
    english = signed_in("finance").get(TRIAL, given, headers={"accept-language": "en"})

    assert figures(german) == figures(english) == {"Heideblick": (30_000, 29_688), "Luckau": (20_000, 20_312)}


def test_month_in_which_the_key_gives_nothing_is_named_at_the_period(books):
    with context.enter_association():
        book(books.centre, books.mixed, period=Period(2026, 9))

    so_far = signed_in("finance").get(TRIAL, {"zeitraum": "2026-bisher", "gewicht1": "1", "teil1": "equal"})

    # Nothing was used in September.
    assert "zeitraum" in so_far.context["draft_form"].errors


def test_year_with_months_ahead(books):
    client = signed_in("finance")
    given = {"gewicht1": "1", "teil1": "equal"}

    so_far = client.get(TRIAL, {**given, "zeitraum": "2026-bisher"})
    whole = client.get(TRIAL, {**given, "zeitraum": "2026"})

    assert figures(so_far) == {"Heideblick": (30_000, 25_000), "Luckau": (20_000, 25_000)}
    assert figures(whole) == {"Heideblick": (90_000, 75_000), "Luckau": (60_000, 75_000)}
    assert "zählt der letzte gebuchte Monat noch einmal" in whole.content.decode()


def test_ended_cost_centre_is_not_repeated(books):
    with context.enter_association():
        end_cost_centre(code="netz", last_month=NOVEMBER.first, by=SYSTEM, at=AT)

    page = signed_in("finance").get(TRIAL, {"gewicht1": "1", "teil1": "equal", "zeitraum": "2026"})

    assert page.context["found"].now == 100_000


def test_version_that_begins_in_the_year_holds_in_the_months_ahead(books):
    signed_in("finance").post(TRIAL, {**USED, **NEW, "valid_from": "01.12.2026"})

    page = signed_in("finance").get(TRIAL, {"gewicht1": "1", "teil1": "equal", "zeitraum": "2026"})

    assert figures(page)["Heideblick"] == (30_000 + 30_000 + 37_500, 75_000)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"gewicht1": "viel", "teil1": "equal"}, "gewicht1"),
        ({"gewicht1": "0", "teil1": "equal"}, "gewicht1"),
        ({"gewicht1": "", "teil1": ""}, "gewicht1"),
        ({"gewicht1": "60", "teil1": ""}, "teil1"),
        ({"gewicht1": "", "teil1": "equal"}, "gewicht1"),
        ({"gewicht1": "60", "teil1": "equal", "gewicht2": "40", "teil2": "equal"}, "teil2"),
        ({"gewicht1": "60", "teil1": "usage:nirgends"}, "teil1"),
        ({**HALVES, "mindestens": "viel"}, "mindestens"),
        ({**HALVES, "mindestens": "-1"}, "mindestens"),
        ({**HALVES, "mindestens": "300", "hoechstens": "200"}, "mindestens"),
        ({**HALVES, "mindestens": "400"}, "mindestens"),
        ({**HALVES, "hoechstanteil": "120"}, "hoechstanteil"),
        ({"gewicht1": "1", "teil1": "usage:mail.sent"}, ""),
        ({"gewicht1": "1", "teil1": "usage:advisory.minutes"}, "gewicht1"),
        ({**HALVES, "zeitraum": "1999"}, "zeitraum"),
    ],
)
def test_what_does_not_hold_is_said_at_its_field_and_kept(books, given, field):
    page = signed_in("finance").get(TRIAL, given)

    form = page.context["draft_form"]
    assert list(form.errors) == ([field] if field else [])
    assert all(form.data[name] == value for name, value in given.items())
    assert (page.context["found"] is None) is bool(field)


def test_draft_becomes_a_version(books):
    answer = signed_in("finance").post(TRIAL, {**USED, **NEW})

    assert answer["Location"] == "/finanzen/schluessel/misch/2/"
    with context.enter_association():
        row = KeyVersion.objects.get(key="misch", version=2)
    assert (row.valid_from, row.name, row.source) == (date(2026, 11, 1), "Nach Nutzung", "Beschluss 7")
    assert row.definition["parts"] == [
        {"weight": "100", "basis": {"kind": "usage", "meter": "http.requests"}}
    ]


def test_whoever_makes_a_version_takes_part_in_its_months(books, time_machine):
    """Through the page as through the service: the person is kept from approving the month."""
    client = signed_in("finance")
    client.post(TRIAL, {**USED, **NEW, "valid_from": "01.10.2026"})
    with context.enter_association():
        person = KeyVersion.objects.get(key="misch", version=2).entered_by
        calculated()

    page = client.get("/finanzen/2026-10/")
    refused = client.post("/finanzen/2026-10/freigeben/")

    assert person is not None
    assert "Sie haben an diesem Monat mitgewirkt" in page.content.decode()
    assert "zweite Person" in refused.content.decode()
    with context.enter_association(), pytest.raises(TookPart):
        approve_period(period=OCTOBER, by=actor_for(Person.objects.get(pk=person)), at=AT, today=TODAY)


@pytest.mark.parametrize(
    ("changes", "form", "field"),
    [
        ({"valid_from": "15.12.2026"}, "adopting", "valid_from"),
        ({"valid_from": "bald"}, "adopting", "valid_from"),
        ({"source": " "}, "adopting", "source"),
        ({"name": ""}, "adopting", "name"),
        ({"teil1": "usage:advisory.minutes"}, "draft_form", "gewicht1"),
        ({"gewicht1": "x"}, "draft_form", "gewicht1"),
        ({**HALVES, "gewicht1": "60", "gewicht2": "40", "name": "Misch"}, "draft_form", "gewicht1"),
    ],
)
def test_version_that_does_not_hold_is_refused_and_everything_typed_stays(books, changes, form, field):
    given = {**USED, **NEW, **changes}

    page = signed_in("finance").post(TRIAL, given)

    assert page.status_code == 200
    assert field in page.context[form].errors
    assert versions() == 1
    text = page.content.decode()
    assert f'value="{given["valid_from"]}"' in text
    assert f'value="{given["gewicht1"]}"' in text


def test_calculated_month_takes_no_version(books):
    with context.enter_association():
        close()

    page = signed_in("finance").post(TRIAL, {**USED, **NEW, "valid_from": "01.10.2026"})

    assert "schon berechnet" in str(page.context["adopting"].errors["valid_from"])
    assert versions() == 1


def test_auditor_tries_and_makes_no_version(books):
    auditor = signed_in("auditor")

    assert "Fassung anlegen" not in auditor.get(TRIAL).content.decode()
    assert auditor.post(TRIAL, {**USED, **NEW}).status_code == 403
    assert versions() == 1


def test_key_without_costs_says_so(books):
    with context.enter_association():
        KeyVersion.objects.create(
            key="neu", name="Neu", version=1, valid_from=date(2026, 1, 1), source="B",
            definition={"parts": [{"basis": {"kind": "equal"}}]}, entered_at=AT,
        )  # fmt: skip

    page = signed_in("finance").get("/finanzen/schluessel/neu/was-waere/")

    assert "Noch keine Kosten gebucht" in page.content.decode()


def test_list_holds_the_same_figures_and_their_sum(books):
    answer = signed_in("auditor").get(f"{TRIAL}liste/", {**USED, "form": "csv"})

    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0] == "Kommune;Bisher;Simuliert;Unterschied;Unterschied in %"
    assert lines[1:4] == [
        "Heideblick;300,00;375,00;75,00;25,00",
        "Luckau;200,00;125,00;-75,00;-37,50",
        "Summe;500,00;500,00;0,00;",
    ]


@pytest.mark.parametrize("months", [1, 3])
def test_page_takes_a_fixed_number_of_queries(books, months, django_assert_num_queries):
    with context.enter_association():
        for month in range(10, 10 + months - 1):
            enter_cost(
                centre=books.mixed, month=Period(2025, month).first, cents=1, source="B", by=SYSTEM, at=AT
            )
    client = signed_in("finance")

    with django_assert_num_queries(19):
        client.get(TRIAL, HALVES)
