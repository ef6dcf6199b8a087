# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Payments are taken once and settle items; what is open always adds up."""

from __future__ import annotations

import argparse
import json
from datetime import date

import pytest

from billing import period_commands
from billing.receivables.models import Clearing, DocumentKind, Item, Payment
from billing.receivables.open_items import items_listing, open_items, unassigned_payments
from billing.receivables.payments import assign, take_payments, withdraw
from tests.billing.receivables.statements import entry, statement
from tests.factories.receivables import line, make_document, take
from verbund.kernel import clock, context
from verbund.kernel.actors import SYSTEM
from verbund.kernel.errors import Conflict, Invalid, NotFound


@pytest.fixture
def association(heideblick, luckau):
    with context.enter_association():
        yield


def taken(*entries):
    return take_payments(content=statement(*entries), by=SYSTEM, at=clock.now())


def opened() -> dict[str, int]:
    return {item.number: item.open_cents for item in open_items()}


def by_hand(number, cents, payment=None):
    payment = payment or Payment.objects.get()
    return assign(payment_id=payment.pk, number=number, cents=cents, reason="", by=SYSTEM, at=clock.now())


def test_payment_settles_its_document_and_is_taken_once(association, heideblick):
    item, other = take(heideblick), take(heideblick)
    paid = entry(11_900, f"Rechnung {item.number}", reference="B1")

    first, again = taken(paid), taken(paid, entry(5, "Spende", reference="B2"))

    assert (first.matched, first.settled_cents, first.unmatched) == (1, 11_900, 0)
    assert (again.known, again.matched, again.unmatched) == (1, 0, 1)
    assert opened() == {other.number: 11_900}
    assert [payment.left_cents for payment in unassigned_payments()] == [5]


def test_second_payment_of_a_settled_document_waits_for_somebody(association, heideblick):
    item = take(heideblick)

    found = taken(entry(11_900, item.number, reference="B1"), entry(11_900, item.number, reference="B2"))

    assert (found.matched, found.unmatched) == (1, 1)
    assert opened() == {}


def test_broken_statement_leaves_nothing_behind(association, heideblick):
    item = take(heideblick)

    with pytest.raises(Invalid):
        taken(entry(11_900, item.number), entry(1).replace('"EUR"', '"USD"'))

    assert not Payment.objects.exists()


def test_part_is_assigned_by_hand_and_taken_back_with_a_reason(association, heideblick):
    item = take(heideblick)
    taken(entry(5_000, "Abschlag"))

    made = by_hand(item.number, 5_000)
    assert opened() == {item.number: 6_900}
    with pytest.raises(Conflict):
        by_hand(item.number, 1)
    with pytest.raises(Invalid) as without_reason:
        withdraw(clearing_id=made.pk, reason=" ", by=SYSTEM, at=clock.now())
    withdraw(clearing_id=made.pk, reason="falscher Beleg", by=SYSTEM, at=clock.now())
    withdraw(clearing_id=made.pk, reason="falscher Beleg", by=SYSTEM, at=clock.now())

    assert without_reason.value.fields.keys() == {"reason"}
    assert opened() == {item.number: 11_900}
    assert [payment.left_cents for payment in unassigned_payments()] == [5_000]


@pytest.mark.parametrize("cents", [0, -1, 5_001])
def test_more_than_is_left_of_a_payment_is_refused(association, heideblick, cents):
    item = take(heideblick)
    taken(entry(5_000, "Abschlag"))

    with pytest.raises(Invalid) as refused:
        by_hand(item.number, cents)

    assert refused.value.fields.keys() == {"cents"}


def test_more_than_is_open_is_refused(association, heideblick):
    item = take(heideblick)
    taken(entry(20_000, "zu viel"))

    with pytest.raises(Invalid, match="nicht offen"):
        by_hand(item.number, 11_901)


def test_returned_payment_opens_the_document_again(association, heideblick):
    item = take(heideblick)
    taken(entry(11_900, item.number, reference="B1"))
    taken(entry(-11_900, f"Rückgabe {item.number}", reference="B2"))

    by_hand(item.number, -11_900, Payment.objects.get(cents=-11_900))

    assert opened() == {item.number: 11_900}
    assert list(unassigned_payments()) == []


def test_unknown_payment_and_document_are_named(association, heideblick):
    taken(entry(5_000, "Abschlag"))

    with pytest.raises(Invalid, match="RE-9"):
        by_hand("RE-9", 1)
    with pytest.raises(NotFound):
        assign(payment_id=0, number="x", cents=1, reason="", by=SYSTEM, at=clock.now())


def test_correction_settles_itself_and_what_it_takes_back(association, heideblick):
    item = take(heideblick)
    back = {"kind": DocumentKind.CORRECTION, "reverses": item.number}

    storno = take(heideblick, line(-10_000, -1_900), **back)

    assert opened() == {}
    with pytest.raises(Conflict):
        take(heideblick, line(-10_000, -1_900), **back)
    with pytest.raises(Invalid, match="bleibt"):
        withdraw(clearing_id=Clearing.objects.get(item=storno).pk, reason="x", by=SYSTEM, at=clock.now())


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"due_on": date(2026, 11, 1)}, "due_on"),
        ({"tenant": 999_999}, "tenant"),
        ({"lines": ()}, "lines"),
        ({"number": " "}, "number"),
        ({"reverses": "RE-9"}, "reverses"),
    ],
)
def test_document_that_does_not_hold_is_refused_by_field(association, heideblick, changes, field):
    from billing.receivables.documents import take_document

    document = make_document(heideblick, line())
    values = {name: getattr(document, name) for name in type(document).__slots__}

    with pytest.raises(Invalid) as refused:
        take_document(document=type(document)(**{**values, **changes}), by=SYSTEM, at=clock.now())

    assert refused.value.fields.keys() == {field}
    assert not Item.objects.exists()


def test_number_is_there_once(association, heideblick):
    take(heideblick, number="RE-1")

    with pytest.raises(Conflict):
        take(heideblick, number="RE-1")


def test_reminders_name_what_is_late_and_by_how_many_days(association, heideblick, luckau):
    late = take(heideblick)
    take(luckau, due_on=date(2027, 1, 4))

    rows = [
        dict(zip([column.key for column in listing.columns], row, strict=True))
        for listing in [items_listing(today=date(2026, 12, 24), overdue=True)]
        for row in listing.rows
    ]

    assert [(row["number"], row["days_late"], row["open_cents"]) for row in rows] == [
        (late.number, 10, 11_900)
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_query_count_does_not_grow_with_items(association, heideblick, django_assert_num_queries, count):
    for _ in range(count):
        take(heideblick)

    with django_assert_num_queries(1):
        assert len(list(items_listing(today=date(2026, 12, 24)).rows)) == count


@pytest.fixture
def run(capsys):
    """The command as the command line calls it: exit status and output."""

    def call(*arguments):
        parser = argparse.ArgumentParser()
        period_commands.register(parser.add_subparsers())
        options = parser.parse_args(["billing", *arguments])
        return options.run(options), capsys.readouterr().out

    return call


def test_commands_take_a_statement_list_and_assign(heideblick, run, tmp_path):
    with context.enter_association():
        item = take(heideblick)
    file = tmp_path / "auszug.xml"
    file.write_bytes(statement(entry(5_000, "Abschlag")))

    took = json.loads(run("payments", "--file", str(file), "--json")[1])
    (waiting,) = json.loads(run("payments", "--json")[1])
    run("assign", "--payment", str(waiting["payment"]), "--document", item.number, "--cents", "5000")
    listed = run("open-items")[1]

    assert (took["entries"], took["unmatched"], waiting["left_cents"]) == (1, 1, 5_000)
    assert "119,00;69,00" in listed
    assert json.loads(run("payments", "--json")[1]) == []
