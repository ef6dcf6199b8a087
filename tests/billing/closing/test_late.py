# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Usage that came late is proposed, and taken over or left out by somebody; both can be taken back."""

from __future__ import annotations

import pytest

from billing.closing.adjusting import approve_adjustment, withdraw_adjustment
from billing.closing.approving import approve_period
from billing.closing.effects import effects_of
from billing.closing.late import find_late, late_usage
from billing.closing.late_deciding import leave_out_late, reopen_late, take_over_late
from billing.closing.models import Adjustment, LateDecision
from tests.factories.closing import AT, NOON, OCTOBER, TODAY, calculated, finance, make_books
from tests.factories.metering import use
from verbund.audit.models import AuditEntry
from verbund.kernel.actors import SYSTEM
from verbund.kernel.errors import Conflict, DomainError, Forbidden, Invalid, NotFound

GIVEN = {"period": OCTOBER, "slug": "heideblick", "meter": "mail.sent", "at": AT}


@pytest.fixture
def books(heideblick, luckau, in_association):
    return make_books(heideblick, luckau)


@pytest.fixture
def late(books):
    """Two days of October reported after its approval."""
    calculated()
    approve_period(period=OCTOBER, by=finance(), at=AT, today=TODAY)
    use(books.members[0].number, "mail.sent", 200, NOON)
    use(books.members[0].number, "mail.sent", 50, NOON.replace(day=14))
    return books


def take_over(**changes):
    return take_over_late(**{**GIVEN, "quantity": 250, "reason": "nachgemeldet", "by": finance(), **changes})


def leave_out(**changes):
    leave_out_late(**{**GIVEN, "quantity": 250, "reason": "Testlauf", "by": finance(), **changes})


def test_what_came_late_is_proposed_by_member_meter_and_day(late):
    (found,) = late_usage()

    assert (str(found.period), found.tenant.slug, found.meter) == ("2026-10", "heideblick", "mail.sent")
    assert [(day.day, quantity) for day, quantity in found.days.items()] == [(12, 200), (14, 50)]
    assert found.quantity == 250


def test_taking_over_asks_for_a_correction_of_each_day(late):
    take_over()

    asked = Adjustment.objects.order_by("day")
    assert [(one.meter, one.day.day, one.quantity, one.reason) for one in asked] == [
        ("mail.sent", 12, 200, "nachgemeldet"),
        ("mail.sent", 14, 50, "nachgemeldet"),
    ]
    assert late_usage() == []
    assert AuditEntry.objects.filter(action="billing.late.taken_over").count() == 1
    with pytest.raises(NotFound):
        take_over()


def test_withdrawn_correction_is_proposed_again(late):
    first, _second = take_over()
    withdraw_adjustment(adjustment_id=first.pk, by=finance(), at=AT)

    assert [found.quantity for found in late_usage()] == [200]


def test_more_that_comes_later_is_a_proposal_of_its_own(late):
    take_over()
    use(late.members[0].number, "mail.sent", 7, NOON)

    assert find_late(OCTOBER, "heideblick", "mail.sent").days == {NOON.date(): 7}


def test_left_out_with_a_reason_and_taken_back(late):
    with pytest.raises(Invalid):
        leave_out(reason=" ")
    leave_out()
    assert late_usage() == []

    reopen_late(**GIVEN, by=finance())

    assert find_late(OCTOBER, "heideblick", "mail.sent").quantity == 250
    assert sum(LateDecision.objects.values_list("quantity", flat=True)) == 0
    with pytest.raises(NotFound):
        reopen_late(**GIVEN, by=finance())


def test_what_was_not_seen_is_not_decided(late):
    use(late.members[0].number, "mail.sent", 7, NOON)

    for decide in (take_over, leave_out):
        with pytest.raises(Conflict) as refused:
            decide()
        assert refused.value.fields.keys() == {"reason"}
    assert not Adjustment.objects.exists()


def test_only_somebody_with_the_right_decides(late):
    with pytest.raises(Forbidden):
        take_over(by=SYSTEM)
    with pytest.raises(Forbidden):
        leave_out(by=SYSTEM)


@pytest.mark.parametrize("slug", ["luckau", "gibt-es-nicht"])
def test_nothing_late_is_not_found(late, slug):
    with pytest.raises(NotFound):
        find_late(OCTOBER, slug, "mail.sent")
    with pytest.raises(NotFound):
        reopen_late(**{**GIVEN, "slug": slug}, by=finance())


def test_decisions_are_never_edited(late):
    leave_out()

    with pytest.raises(Exception, match=r"nie geändert|permission denied"):
        LateDecision.objects.update(quantity=1)


def test_effect_is_told_before_the_approval(late):
    first, second = take_over()

    before = [(effect.name, effect.cents) for effect in effects_of(first)]
    approve_adjustment(adjustment_id=first.pk, by=finance(), at=AT)
    after = [(effect.name, effect.cents) for effect in effects_of(second)]

    # Beyond the free ones each costs 1.5 cents.
    assert before == [("Heideblick", 300)]
    assert after == [("Heideblick", 75)]


@pytest.mark.parametrize("count", [1, 3])
def test_proposals_take_a_fixed_number_of_queries(late, count, django_assert_num_queries):
    for day in range(1, count):
        use(late.members[1].number, "http.requests", 1, NOON.replace(day=day))

    with django_assert_num_queries(3):
        late_usage()


def test_open_month_takes_no_correction(late):
    with pytest.raises(DomainError):
        take_over(period=OCTOBER.next)
