# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A correction explains itself: what was corrected, by the versions of then, before and after, and of nobody else."""

from __future__ import annotations

import pytest

from billing.closing.adjusting import approve_adjustment, correct_amount, correct_cost, correct_usage
from billing.closing.explaining import explanations
from billing.closing.models import StatementLine
from tests.factories.closing import AT, NOON, NOVEMBER, OCTOBER, book, calculated, close, finance, make_books
from tests.factories.metering import use

LATER = NOVEMBER.after.replace(day=20)


@pytest.fixture
def books(heideblick, luckau, in_association):
    found = make_books(heideblick, luckau)
    close()
    book(found.centre, found.mixed, period=NOVEMBER)
    for tenant in found.members:
        use(tenant.number, "http.requests", 10, NOON.replace(month=11))
    return found


def corrected(function, **values):
    asked = function(origin=OCTOBER, by=finance(), at=AT, **values)
    approve_adjustment(adjustment_id=asked.pk, by=finance(), at=AT)


def told(tenant):
    """The sentences of a member's corrections in November, each with its cents."""
    run = calculated(NOVEMBER, today=LATER).run
    lines = list(
        StatementLine.objects.filter(statement__run=run, statement__tenant=tenant).select_related(
            "service", "cost_centre", "price_version", "origin"
        )
    )
    said = explanations(run, tenant, lines)
    return [(line.net_cents, said.get(line.position, ())) for line in lines if line.kind == "correction"]


def test_corrected_count_is_told_with_both_fractions(books):
    one, other = books.members
    corrected(
        correct_usage, tenant=one, meter="http.requests", day=OCTOBER.first, quantity=-200, reason="doppelt"
    )

    [(cents, sentences)] = told(one)
    assert cents == -5000
    assert sentences == (
        "Berichtigt wurde der Zähler „Seiten- und API-Aufrufe“ am 01.10.2026 um -200.",
        "Gerechnet wird wie damals, mit Fassung 1.",
        "Vorher: 3 / 5 von 500,00 €, das waren 300,00 €.",
        "Nachher: 1 / 2 von 500,00 €, das sind 250,00 €.",
        "Der Unterschied ist −50,00 €.",
    )
    [(cents, sentences)] = told(other)
    assert cents == 5000
    assert "-200" not in " ".join(sentences)
    assert "bei einer anderen Kommune" in sentences[0]
    assert "Vorher: 2 / 5 von 500,00 €, das waren 200,00 €." in sentences


def test_price_cost_and_amount_each_have_their_own_story(books):
    one, _other = books.members
    corrected(correct_usage, tenant=one, meter="mail.sent", day=OCTOBER.first, quantity=100, reason="spät")
    corrected(correct_cost, centre=books.mixed, cents=1000, reason="Nachberechnung")
    corrected(correct_cost, centre=books.mixed, cents=1000, reason="Nachberechnung")
    corrected(correct_amount, tenant=one, service=books.mails, cents=-123, reason="Kulanz")

    found = told(one)

    assert sorted(cents for cents, _said in found) == [-123, 150, 600, 600]
    assert all(said for _cents, said in found)
    by_cents = [(cents, " ".join(said)) for cents, said in found]
    price = next(said for cents, said in by_cents if cents == 150)
    assert "Menge 150, davon 100 enthalten" in price
    assert "Menge 250, davon 100 enthalten" in price
    # Equal corrections are told one after the other, not twice the same.
    costs = [said for cents, said in by_cents if cents == 600]
    assert "von 500,00 €" in costs[0]
    assert "von 520,00 €" in costs[1]
    amount = next(said for cents, said in by_cents if cents == -123)
    assert "unmittelbar festgesetzt" in amount
