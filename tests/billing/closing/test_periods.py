# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A month from open to closed: figures, states, two persons, and what stands in the way."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction

from billing.closing.approving import approve_period, close_period, mark_issued, withdraw_approval
from billing.closing.blocking import obstacles
from billing.closing.calculating import calculate_period, discard_calculation
from billing.closing.computing import compute
from billing.closing.models import BillingPeriod, Participation, Run, Statement, StatementLine
from billing.closing.periods import end_grace, get_period
from billing.closing.states import NEXT, State
from billing.costs.booking import enter_cost, replace_cost
from billing.costs.models import ActualCost
from billing.costs.structure import add_service
from billing.costs.versions import add_key_version, add_price_version
from billing.fixed_months import MonthFixed, TookPart
from tests.factories.closing import (
    AT,
    EQUAL,
    FIRST,
    NOON,
    NOVEMBER,
    OCTOBER,
    PRICES,
    TODAY,
    book,
    calculated,
    close,
    finance,
    make_books,
)
from tests.factories.metering import use
from verbund.kernel.actors import SYSTEM, Actor
from verbund.kernel.errors import Conflict, Forbidden, Invalid
from verbund.metering import rollup
from verbund.metering.models import UsageLate


@pytest.fixture
def books(heideblick, luckau, in_association):
    return make_books(heideblick, luckau)


def test_a_month_is_billed_to_the_cent(books):
    run = calculated().run

    lines = StatementLine.objects.filter(statement__run=run).order_by("statement__tenant", "position")
    assert [(line.kind, line.service.code, line.net_cents, line.regime) for line in lines] == [
        ("base_fee", "post", 2000, "STD"),
        ("usage", "post", 75, "STD"),
        ("share", "umlage", 30_000, "LEVY"),
        ("share", "umlage", 50_001, "LEVY"),
        ("base_fee", "post", 2000, "STD"),
        ("usage", "post", 450, "STD"),
        ("share", "umlage", 20_000, "LEVY"),
        ("share", "umlage", 50_000, "LEVY"),
    ]
    assert sum(line.net_cents for line in lines if line.kind == "share") == 150_001
    assert run.cents == sum(Statement.objects.filter(run=run).values_list("cents", flat=True))


def test_the_same_figures_give_the_same_bytes_and_no_second_run(books):
    first = calculated()
    again = calculated()
    use(books.members[0].number, "http.requests", 1, NOON)
    changed = calculated()

    assert (first.is_new, again.is_new, changed.is_new) == (True, False, True)
    assert first.run == again.run
    assert changed.run.number == 2
    assert BillingPeriod.objects.get(month=OCTOBER.first).run == changed.run
    discard_calculation(period=OCTOBER, reason="Probe", by=finance(), at=AT)
    assert calculated().run == changed.run


def test_a_month_goes_its_way_and_no_other(books):
    second = finance()
    row = calculated().period
    with pytest.raises(Conflict):
        mark_issued(period=OCTOBER, by=second, at=AT)
    approve_period(period=OCTOBER, by=second, at=AT, today=TODAY)
    with pytest.raises(Conflict):
        calculate_period(period=OCTOBER, by=SYSTEM, at=AT, today=TODAY)
    withdraw_approval(period=OCTOBER, reason="noch einmal ansehen", by=second, at=AT)
    approve_period(period=OCTOBER, by=second, at=AT, today=TODAY)
    mark_issued(period=OCTOBER, by=second, at=AT)
    close_period(period=OCTOBER, by=second, at=AT, today=TODAY)

    row.refresh_from_db()
    assert (row.state, row.approved_by, row.closed_by) == ("CLOSED", int(second.id), int(second.id))


def test_the_database_knows_the_same_steps(in_association):
    """Straight past the services, as somebody with the application's login could try."""
    ways = [list(State)[:length] for length in range(1, len(State) + 1)]
    for number, (way, after) in enumerate((way, after) for way in ways for after in State):
        row = BillingPeriod.objects.create(month=date(2027 + number // 12, number % 12 + 1, 1))
        run = Run.objects.create(
            period=row, number=1, engine="", input_sha256="", record=b"", statements_record=b"",
            sha256="", cents=0, calculated_at=AT,
        )  # fmt: skip
        for step in way[1:]:
            _move(row, step, run)
        if after in NEXT[way[-1]]:
            _move(row, after, run)
        elif after != way[-1]:
            with pytest.raises(DatabaseError), transaction.atomic():
                _move(row, after, run)
        row.refresh_from_db()
        assert row.state == (after if after in NEXT[way[-1]] else way[-1])


def _move(row: BillingPeriod, state: State, run: Run) -> None:
    is_approved = state in {State.APPROVED, State.ISSUED, State.CLOSED}
    BillingPeriod.objects.filter(pk=row.pk).update(
        state=state,
        run=None if state in {State.OPEN, State.GRACE} else run,
        approved_by=4711 if is_approved else None,
        approved_at=AT if is_approved else None,
    )


def test_whoever_calculated_does_not_approve(books):
    one, other = finance(), finance()
    calculated(by=one)

    with pytest.raises(TookPart):
        approve_period(period=OCTOBER, by=one, at=AT, today=TODAY)
    with pytest.raises(DatabaseError, match="mitgewirkt"), transaction.atomic():
        BillingPeriod.objects.filter(month=OCTOBER.first).update(
            state="APPROVED", approved_by=int(one.id), approved_at=AT
        )
    assert approve_period(period=OCTOBER, by=other, at=AT, today=TODAY).state == "APPROVED"


def test_whoever_got_the_same_figures_again_does_not_approve_either(books):
    one, other = finance(), finance()
    calculated(by=one)
    calculated(by=other)

    assert Run.objects.count() == 1
    with pytest.raises(TookPart):
        approve_period(period=OCTOBER, by=other, at=AT, today=TODAY)


@pytest.mark.parametrize("act", ["cost", "key", "price"])
def test_whoever_entered_something_of_the_month_does_not_approve(books, act):
    one = finance()
    if act == "cost":
        enter_cost(centre=books.centre, month=OCTOBER.first, cents=1, source="B 3", by=one, at=AT)
    elif act == "key":
        add_key_version(
            key="kopf", name="Kopf", valid_from=FIRST, source="B", definition=EQUAL, by=one, at=AT
        )
    else:
        add_price_version(service=books.mails, valid_from=FIRST, source="B", definition=PRICES, by=one, at=AT)
    calculated()

    assert Participation.objects.get(person=one.id, period__month=OCTOBER.first).act == act
    with pytest.raises(TookPart):
        approve_period(period=OCTOBER, by=one, at=AT, today=TODAY)


def test_whoever_made_a_key_approves_once_another_approved_it_first(books):
    """A key entered long ago does not keep its author away for ever."""
    one = finance()
    add_key_version(key="kopf", name="Kopf", valid_from=FIRST, source="B", definition=EQUAL, by=one, at=AT)
    close(OCTOBER)
    book(books.centre, books.mixed, period=NOVEMBER)
    use(books.members[0].number, "http.requests", 5, NOON.replace(month=11))
    with time_machine.travel(datetime(2026, 12, 10, 9, tzinfo=UTC), tick=True):
        calculated(NOVEMBER, today=date(2026, 12, 10))
        approved = approve_period(period=NOVEMBER, by=one, at=AT, today=date(2026, 12, 10))

    assert approved.state == "APPROVED"


def test_what_is_counted_after_the_approval_changes_nothing(books):
    run = calculated().run
    approve_period(period=OCTOBER, by=finance(), at=AT, today=TODAY)
    use(books.members[0].number, "http.requests", 1000, NOON)
    rollup.roll_up()

    assert compute(BillingPeriod.objects.get(month=OCTOBER.first)).sha256 == run.sha256
    assert UsageLate.objects.get().quantity == 1000


def test_a_key_entered_before_the_month_is_there_counts_for_it(heideblick, luckau, in_association):
    one = finance()
    make_books(heideblick, luckau, by=one)

    assert set(Participation.objects.filter(period__month=OCTOBER.first).values_list("act", flat=True)) == {
        "key", "price", "cost",
    }  # fmt: skip


@pytest.mark.parametrize(
    "by", [SYSTEM, Actor(kind="support", id="1", permissions=frozenset({"billing:period:approve"}))]
)
def test_only_a_person_approves(books, by):
    calculated()
    with pytest.raises(Forbidden):
        approve_period(period=OCTOBER, by=by, at=AT, today=TODAY)


def test_without_the_right_nobody_approves(books):
    calculated()
    with pytest.raises(Forbidden):
        approve_period(period=OCTOBER, by=Actor(kind="person", id="7"), at=AT, today=TODAY)


def test_changed_counters_have_to_be_calculated_again(books):
    calculated()
    use(books.members[1].number, "http.requests", 7, NOON)

    with pytest.raises(Conflict, match="geändert"):
        approve_period(period=OCTOBER, by=finance(), at=AT, today=TODAY)


def test_what_goes_into_a_calculated_month_is_fixed(books):
    cost = ActualCost.objects.order_by("pk")[0]
    calculated()

    for attempt in (
        lambda: enter_cost(centre=books.centre, month=OCTOBER.first, cents=1, source="B", by=SYSTEM, at=AT),
        lambda: replace_cost(cost_id=cost.pk, cents=1, source="B", reason="falsch", by=SYSTEM, at=AT),
        lambda: add_key_version(
            key="kopf", name="K", valid_from=FIRST, source="B", definition=EQUAL, by=SYSTEM, at=AT
        ),
        lambda: add_price_version(
            service=books.mails, valid_from=FIRST, source="B", definition=PRICES, by=SYSTEM, at=AT
        ),
    ):
        with pytest.raises(MonthFixed) as refused:
            attempt()
        assert "2026-10" in next(iter(refused.value.fields.values()))
    assert (
        add_price_version(
            service=books.mails, valid_from=NOVEMBER.first, source="B", definition=PRICES, by=SYSTEM, at=AT
        ).version
        == 2
    )


def test_after_closing_nothing_changes_in_the_database(books):
    close()
    statements = [
        "UPDATE billing_closing_statementline SET net_cents = 0",
        "DELETE FROM billing_closing_statement",
        "UPDATE billing_closing_run SET cents = 0",
        "UPDATE billing_costs_actualcost SET cents = 0",
        "UPDATE billing_costs_keyversion SET definition = '{}'",
        "DELETE FROM billing_closing_participation",
        "TRUNCATE metering_usagecounter",
        "TRUNCATE billing_closing_statementline",
        "UPDATE metering_usagecounter SET quantity = quantity + 1",
        "DELETE FROM metering_usagecounter",
        "DELETE FROM metering_usageday",
        "UPDATE billing_closing_billingperiod SET state = 'ISSUED'",
        "UPDATE billing_closing_billingperiod SET closed_at = now()",
    ]
    for statement in statements:
        with pytest.raises(DatabaseError):
            _tried(statement)
    _tried("DELETE FROM metering_usagecounter WHERE hour >= '2026-11-02'")


def _tried(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_current_statement_takes_no_line_more(books):
    line = StatementLine.objects.filter(statement__run=calculated().run)[0]
    line.pk, line.position = None, 99
    with pytest.raises(DatabaseError), transaction.atomic():
        line.save(force_insert=True)


def test_what_stands_in_the_way_is_said(books):
    row = get_period(OCTOBER)
    assert [item.code for item in obstacles(row, today=date(2026, 10, 30))] == ["running"]
    assert [item.code for item in obstacles(row, today=date(2026, 11, 4))] == ["grace"]
    assert obstacles(row, today=date(2026, 11, 5)) == ()
    later = get_period(NOVEMBER)
    assert [item.code for item in obstacles(later, today=date(2026, 12, 20))] == ["earlier", "costs", "costs"]
    one = finance()
    calculated(by=one)
    row.refresh_from_db()
    assert [item.code for item in obstacles(row, today=TODAY, person=int(one.id))] == ["took_part"]
    assert all(item.sentence and item.way_out for item in obstacles(later, today=date(2026, 12, 20)))


def test_the_grace_period_ends_early_with_a_reason(books):
    day = date(2026, 11, 2)
    with pytest.raises(Conflict, match=r"04\.11\.2026"):
        calculated(today=day)
    with pytest.raises(Invalid):
        end_grace(period=OCTOBER, reason=" ", by=finance(), at=AT, today=day)
    end_grace(period=OCTOBER, reason="alles da", by=finance(), at=AT, today=day)

    assert calculated(today=day).period.state == "CALCULATED"


def test_a_missing_regime_is_named(books):
    extra = add_service(code="neu", title="Neuer Dienst", by=SYSTEM, at=AT)
    add_price_version(
        service=extra, valid_from=FIRST, source="B", definition={"base_fee": "1"}, by=SYSTEM, at=AT
    )

    with pytest.raises(Invalid, match="Neuer Dienst") as refused:
        calculated()
    assert list(refused.value.fields) == ["regime"]
