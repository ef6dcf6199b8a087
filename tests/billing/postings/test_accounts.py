# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Accounts of members and incomes: entered on one page, proposed in order, never given twice."""

from __future__ import annotations

import pytest

from billing.costs.models import Regime
from billing.postings.account_list import incomes, members, missing, proposed
from billing.postings.accounts import set_income_account, set_member_accounts
from billing.postings.models import IncomeAccount, MemberAccount
from tests.factories.closing import make_books
from tests.factories.sessions import signed_in
from verbund.kernel import clock, context
from verbund.kernel.actors import SYSTEM
from verbund.kernel.errors import Invalid

KONTEN = "/abrechnung/konten/"


@pytest.fixture
def books(heideblick, luckau):
    with context.enter_association():
        make_books(heideblick, luckau)
        yield


def save(**accounts: str) -> int:
    return set_member_accounts(accounts=accounts, by=SYSTEM, at=clock.now())


def kept() -> dict[str, str]:
    with context.enter_association():
        return dict(MemberAccount.objects.values_list("tenant__slug", "account"))


def test_accounts_are_proposed_past_those_that_are_taken(books):
    save(luckau="70001")

    assert proposed(first=70_001) == {"heideblick": "70002"}
    assert [(tenant.slug, account) for tenant, account in members()] == [
        ("heideblick", ""),
        ("luckau", "70001"),
    ]


def test_two_members_may_swap_their_accounts(books):
    save(heideblick="70001", luckau="70002")

    changed = save(heideblick="70002", luckau="70001")

    assert changed == 2
    assert kept() == {"heideblick": "70002", "luckau": "70001"}
    assert save(heideblick="70002") == 0


@pytest.mark.parametrize(
    ("accounts", "fields"),
    [
        ({"heideblick": "70003", "luckau": "70003"}, {"heideblick", "luckau"}),
        ({"heideblick": "70003", "luckau": "7 / 4"}, {"luckau"}),
    ],
)
def test_nothing_is_kept_when_one_account_does_not_hold(books, accounts, fields):
    save(heideblick="70001", luckau="70002")

    with pytest.raises(Invalid) as refusal:
        save(**accounts)

    assert set(refusal.value.fields) == fields
    assert kept() == {"heideblick": "70001", "luckau": "70002"}


def test_an_account_of_the_regime_or_of_each_service_is_enough(books):
    used = {income.regime for income in incomes() if income.service is not None}
    before = missing()
    for income in incomes():
        if income.service is not None:
            set_income_account(
                regime=income.regime.value,
                service=income.service.code,
                account="8400",
                tax_key="",
                product="",
                by=SYSTEM,
                at=clock.now(),
            )

    assert set(before.regimes) == used
    assert before.members == 2
    assert missing().regimes == ()


def test_all_accounts_are_entered_on_the_page(books):
    client = signed_in("finance")

    warned = client.get("/abrechnung/buchungen/").content.decode()
    filled = client.get(f"{KONTEN}?vorschlag=70001").content.decode()
    client.post(f"{KONTEN}kommunen/", {"heideblick": "70001", "luckau": "70002"})
    for regime in Regime.values:
        client.post(f"{KONTEN}erloese/", {"target": regime, "account": "8400", "tax_key": "3"})
    page = client.get("/abrechnung/buchungen/").content.decode()

    assert "2 Kommunen haben kein Konto." in warned
    assert 'value="70002"' in filled
    assert kept() == {"heideblick": "70001", "luckau": "70002"}
    with context.enter_association():
        assert IncomeAccount.objects.count() == len(Regime)
    assert "Es fehlen noch Konten" not in page


def test_wrong_account_is_refused_at_its_field_and_nothing_typed_is_lost(books):
    client = signed_in("finance")

    members_page = client.post(f"{KONTEN}kommunen/", {"heideblick": "70001", "luckau": "70001"})
    income_page = client.post(f"{KONTEN}erloese/", {"target": "PUB", "account": "8400", "tax_key": "x"})

    assert members_page.status_code == income_page.status_code == 422
    assert members_page.content.decode().count("Dieses Konto steht zweimal da.") >= 2
    assert 'value="70001"' in members_page.content.decode()
    assert "höchstens vier Ziffern" in income_page.content.decode()
    assert kept() == {}


def test_chosen_income_shows_what_is_entered(books):
    client = signed_in("finance")
    client.post(f"{KONTEN}erloese/", {"target": "PUB", "account": "4481", "tax_key": "7"})

    page = client.get(f"{KONTEN}?ziel=PUB").content.decode()

    assert 'value="4481"' in page
    assert 'value="7"' in page
