# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Services with regimes and prices; a change is a new version, and none in a calculated month."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.allocation.prices import Tier
from billing.books.tiers import price_text, tiers_of, tiers_text
from billing.costs.models import PriceVersion, Service
from tests.factories.closing import AT, calculated, make_books
from tests.factories.sessions import signed_in
from verbund.kernel import context

PAGE = "/finanzen/preise/"
POST = f"{PAGE}dienste/post/"
CHARGE = {"meter_1": "mail.sent", "per_1": "100", "included_1": "50", "scheme_1": "graduated"}
VERSION = {"valid_from": "01.12.2026", "source": "Beschluss 2", "base_fee": "25,50", **CHARGE}


@pytest.fixture
def books(heideblick, luckau, time_machine):
    time_machine.move_to(AT)
    with context.enter_association():
        return make_books(heideblick, luckau)


def text_of(response):
    return response.content.decode()


def versions():
    with context.enter_association():
        rows = PriceVersion.objects.filter(service__code="post").order_by("version")
        return [(f"{row.valid_from:%Y-%m-%d}", row.definition) for row in rows]


# Ten-thousandths of a euro.
PRICES = st.integers(0, 10**10).map(lambda price: Decimal(price).scaleb(-4))


@given(st.dictionaries(st.integers(1, 10**9), PRICES, max_size=4), PRICES)
def test_tiers_are_read_as_they_are_written(bounded, last):
    tiers = [Tier(price=price, up_to=limit) for limit, price in sorted(bounded.items())] + [Tier(price=last)]

    found = tiers_of(tiers_text(tiers))

    assert found is not None
    assert [(Decimal(one["price"]), one.get("up_to")) for one in found] == [
        (tier.price, tier.up_to) for tier in tiers
    ]


@pytest.mark.parametrize("text", ["bis 100", "bis -1: 2", "0.40", "ab 100: 0,40", "1,1234567", "zwei"])
def test_what_is_no_tier_is_refused(text):
    assert tiers_of(text) is None


def test_prices_keep_every_digit():
    assert [price_text(Decimal(text)) for text in ("20", "0.4", "0.0012", "1E+2")] == [
        "20,00",
        "0,40",
        "0,0012",
        "100,00",
    ]


def test_overview_says_what_is_paid_today(books):
    page = signed_in("auditor").get(PAGE)

    assert [(row["service"].code, row["regime"], len(row["prices"])) for row in page.context["rows"]] == [
        ("post", "steuerpflichtig", 2),
        ("umlage", "Umlage, nicht steuerbar", 0),
    ]
    assert "Grundpreis: 20,00 € im Monat" in text_of(page)
    assert "100 im Monat frei" in text_of(page)
    assert "Dienst anlegen" not in text_of(page)


def test_new_version_begins_with_what_holds_now(books):
    client = signed_in("finance")
    form = client.get(f"{POST}fassung/").context["form"]

    done = client.post(f"{POST}fassung/", {**VERSION, "tiers_1": "bis 100: 1,50\n1,20"})

    assert (form["base_fee"].value(), form["tiers_1"].value(), form["included_1"].value()) == (
        "20,00",
        "1,50",
        100,
    )
    assert done["Location"] == POST
    assert versions()[-1] == (
        "2026-12-01",
        {
            "base_fee": "25.50",
            "charges": [
                {
                    "meter": "mail.sent",
                    "per": 100,
                    "included": 50,
                    "scheme": "graduated",
                    "tiers": [{"price": "1.50", "up_to": 100}, {"price": "1.20"}],
                }
            ],
        },
    )
    held = client.get(POST).context["versions"]
    assert [item["is_held"] for item in held] == [False, True]


def test_version_in_a_calculated_month_is_refused_with_the_way_out(books):
    with context.enter_association():
        calculated()

    page = signed_in("finance").post(
        f"{POST}fassung/", {**VERSION, "valid_from": "01.10.2026", "tiers_1": "1,20"}
    )

    assert page.context["form"].errors.keys() == {"valid_from"}
    assert "Wählen Sie einen späteren Monat" in text_of(page)
    assert 'value="25,50"' in text_of(page)
    assert len(versions()) == 1


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"tiers_1": "bis 100"}, "tiers_1"),
        ({"tiers_1": ""}, "tiers_1"),
        ({"tiers_1": "1,20", "base_fee": "zwanzig"}, "base_fee"),
        ({"tiers_1": "1,20", "valid_from": "15.12.2026"}, "valid_from"),
        ({"tiers_1": "1,20\n1,30"}, "__all__"),
        ({"tiers_1": "1,20", "meter_2": "mail.sent", "tiers_2": "1,30"}, "__all__"),
    ],
)
def test_what_does_not_hold_is_said_and_nothing_is_entered(books, changes, wrong):
    page = signed_in("finance").post(f"{POST}fassung/", {**VERSION, **changes})

    assert page.context["form"].errors.keys() == {wrong}
    assert len(versions()) == 1


def test_service_is_added_with_its_regime(books):
    client = signed_in("finance")

    taken = client.post(f"{PAGE}neu/", {"title": "Post", "code": "post", "module": ""})
    client.post(f"{PAGE}neu/", {"title": "Telefon", "code": "telefon", "module": ""})
    warned = text_of(client.get(f"{PAGE}dienste/telefon/"))
    client.post(
        f"{PAGE}dienste/telefon/steuerart/",
        {"valid_from": "01.12.2026", "regime": "CSG", "source": "Steuerberatung"},
    )

    assert taken.context["form"].errors.keys() == {"code"}
    assert "Die Steuerart fehlt" in warned
    with context.enter_association():
        assert Service.objects.get(code="telefon").regimes.get().regime == "CSG"
    assert client.get(f"{PAGE}dienste/gibt-es-nicht/").status_code == 404


def test_nothing_there_yet_says_how_to_begin(db):
    assert "Legen Sie den ersten an" in text_of(signed_in("finance").get(PAGE))
    assert "Wer Preise eintragen darf" in text_of(signed_in("auditor").get(PAGE))


@pytest.mark.parametrize("address", ["neu/", "dienste/post/fassung/", "dienste/post/steuerart/"])
def test_who_may_only_read_changes_nothing(books, address):
    assert signed_in("auditor").get(f"{PAGE}{address}").status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_pages_take_a_fixed_number_of_queries(books, count, django_assert_num_queries):
    client = signed_in("finance")
    for number in range(1, count):
        client.post(f"{PAGE}neu/", {"title": f"Dienst {number}", "code": f"dienst-{number}", "module": ""})

    with django_assert_num_queries(8):
        client.get(PAGE)
