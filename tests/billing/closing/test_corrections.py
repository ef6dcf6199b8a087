# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Late figures: a signed line in the open month, at the keys and prices of the old one, with two persons."""

from __future__ import annotations

import pytest

from billing.closing.adjusting import (
    approve_adjustment,
    correct_amount,
    correct_cost,
    correct_usage,
    withdraw_adjustment,
)
from billing.closing.approving import approve_period
from billing.closing.models import Adjustment, StatementLine
from billing.costs.versions import add_key_version, add_price_version
from billing.fixed_months import TookPart
from tests.factories.closing import (
    AT,
    EQUAL,
    NOON,
    NOVEMBER,
    OCTOBER,
    PRICES,
    book,
    calculated,
    close,
    finance,
    make_books,
)
from tests.factories.metering import use
from verbund.kernel.actors import SYSTEM
from verbund.kernel.errors import Conflict, Invalid, NotFound

LATER = NOVEMBER.after.replace(day=20)


@pytest.fixture
def books(heideblick, luckau, in_association):
    found = make_books(heideblick, luckau)
    close()
    book(found.centre, found.mixed, period=NOVEMBER)
    for tenant in found.members:
        use(tenant.number, "http.requests", 10, NOON.replace(month=11))
    return found


def lines():
    """Member, service, cents and month of every correction of November's run."""
    run = calculated(NOVEMBER, today=LATER).run
    rows = StatementLine.objects.filter(statement__run=run, kind="correction")
    return [
        (row.statement.tenant_id, row.service.code, row.net_cents, row.origin.name, row.reason)
        for row in rows
    ]


def test_late_usage_moves_shares_and_nothing_is_lost(books):
    one, other = books.members
    asked = correct_usage(
        origin=OCTOBER, tenant=one, meter="http.requests", day=OCTOBER.first, quantity=-200, reason="doppelt gezählt",
        by=finance(), at=AT,
    )  # fmt: skip
    approve_adjustment(adjustment_id=asked.pk, by=finance(), at=AT)

    # 40 % of 500 euros by requests: 300 and 100 of 400 before, 100 and 100 of 200 after.
    assert lines() == [
        (one.number, "umlage", -5000, "2026-10", "doppelt gezählt"),
        (other.number, "umlage", 5000, "2026-10", "doppelt gezählt"),
    ]


def test_the_old_key_and_the_old_price_hold(books):
    one, _other = books.members
    add_key_version(
        key="misch", name="Neu", valid_from=NOVEMBER.first, source="B", definition=EQUAL, by=SYSTEM, at=AT
    )
    add_price_version(
        service=books.mails, valid_from=NOVEMBER.first, source="B",
        definition={**PRICES, "charges": [{**PRICES["charges"][0], "tiers": [{"price": "99"}]}]}, by=SYSTEM, at=AT,
    )  # fmt: skip
    asked = correct_usage(
        origin=OCTOBER, tenant=one, meter="mail.sent", day=OCTOBER.first, quantity=100, reason="nachgereicht",
        by=finance(), at=AT,
    )  # fmt: skip
    approve_adjustment(adjustment_id=asked.pk, by=finance(), at=AT)

    assert lines() == [(one.number, "post", 150, "2026-10", "nachgereicht")]
    row = StatementLine.objects.get(kind="correction")
    assert (row.price_version.version, row.quantity, row.regime) == (1, 100, "STD")


def test_late_cost_is_shared_by_the_key_of_then_and_adds_up(books):
    first = correct_cost(
        origin=OCTOBER, centre=books.mixed, cents=1001, reason="Nachberechnung", by=finance(), at=AT
    )
    second = correct_cost(origin=OCTOBER, centre=books.mixed, cents=-1, reason="Skonto", by=finance(), at=AT)
    for asked in (first, second):
        approve_adjustment(adjustment_id=asked.pk, by=finance(), at=AT)

    assert sum(cents for _tenant, _service, cents, _origin, _reason in lines()) == 1000


def test_an_amount_is_paid_back_under_its_service(books):
    one, _other = books.members
    asked = correct_amount(
        origin=OCTOBER, tenant=one, service=books.mails, cents=-123, reason="Kulanz", by=finance(), at=AT
    )
    approve_adjustment(adjustment_id=asked.pk, by=finance(), at=AT)

    assert lines() == [(one.number, "post", -123, "2026-10", "Kulanz")]


def test_two_persons_decide_and_the_one_who_asked_does_not_approve_the_month(books):
    one = finance()
    asked = correct_cost(origin=OCTOBER, centre=books.mixed, cents=5, reason="Beleg", by=one, at=AT)

    with pytest.raises(TookPart):
        approve_adjustment(adjustment_id=asked.pk, by=one, at=AT)
    with pytest.raises(Conflict, match="zweite Person warten: 1"):
        calculated(NOVEMBER, today=LATER)
    approve_adjustment(adjustment_id=asked.pk, by=finance(), at=AT)
    calculated(NOVEMBER, today=LATER)
    with pytest.raises(TookPart):
        approve_period(period=NOVEMBER, by=one, at=AT, today=LATER)
    with pytest.raises(NotFound):
        withdraw_adjustment(adjustment_id=asked.pk, by=one, at=AT)


def test_what_is_taken_back_changes_nothing(books):
    asked = correct_cost(origin=OCTOBER, centre=books.mixed, cents=5, reason="Beleg", by=finance(), at=AT)
    withdraw_adjustment(adjustment_id=asked.pk, by=finance(), at=AT)

    assert lines() == []


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"meter": "gibt.es.nicht"}, "meter"),
        ({"day": NOVEMBER.first}, "day"),
        ({"quantity": 0}, "quantity"),
        ({"reason": " "}, "reason"),
    ],
)
def test_bad_input_names_its_field_and_writes_nothing(books, values, field):
    given = {
        "origin": OCTOBER, "tenant": books.members[0], "meter": "mail.sent", "day": OCTOBER.first, "quantity": 1,
        "reason": "Grund", **values,
    }  # fmt: skip
    with pytest.raises(Invalid) as refused:
        correct_usage(**given, by=finance(), at=AT)
    assert list(refused.value.fields) == [field]
    assert Adjustment.objects.count() == 0


def test_an_open_month_is_not_corrected(books):
    with pytest.raises(Conflict, match="noch offen"):
        correct_cost(origin=NOVEMBER, centre=books.mixed, cents=5, reason="Beleg", by=finance(), at=AT)
