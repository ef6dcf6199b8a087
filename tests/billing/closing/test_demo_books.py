# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The last full month of the demo can be billed: two cost centres, four regimes, advances, and every cent shared."""

from __future__ import annotations

import pytest

from billing.closing.approving import approve_period
from billing.closing.models import StatementLine
from billing.costs.models import Advance, Service
from tests.factories.closing import AT, OCTOBER, TODAY, calculated, finance
from verbund.config.demo.books import make_books


@pytest.fixture
def books(heideblick, luckau, in_association):
    make_books(at=AT, today=TODAY)
    return heideblick, luckau


def test_the_last_month_of_the_demo_is_billed_and_approved(books):
    run = calculated().run
    lines = StatementLine.objects.filter(statement__run=run)

    assert set(lines.values_list("regime", flat=True)) == {"LEVY", "CSG", "PUB", "STD"}
    assert sum(lines.filter(kind="share").values_list("net_cents", flat=True)) == 4_182_517 + 2_734_090
    # The levy is paid on account: what is due in October is the advance, not the share.
    levy = lines.filter(service__code="umlage")
    assert sum(levy.values_list("net_cents", flat=True)) == sum(
        Advance.objects.filter(due_on__month=10).values_list("cents", flat=True)
    )
    assert approve_period(period=OCTOBER, by=finance(), at=AT, today=TODAY).state == "APPROVED"


def test_books_that_are_there_stay(books):
    before = Service.objects.count(), Advance.objects.count()
    make_books(at=AT, today=TODAY)
    assert (Service.objects.count(), Advance.objects.count()) == before
