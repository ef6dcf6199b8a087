# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Standing in for a colleague: whose cases show under "Meine", and for how long."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.factories.accounts import make_person
from verbund.accounts.api import actor_for
from verbund.cases.deputies import KEPT, arrange_deputy, covered_by, end_deputy, forget_deputies
from verbund.cases.models import Deputy
from verbund.kernel import clock
from verbund.kernel.actors import SYSTEM
from verbund.kernel.errors import Forbidden, Invalid

pytestmark = pytest.mark.usefixtures("in_heideblick")


def arranged(person, deputy, *, starts: int = 0, ends: int = 3, by=None) -> Deputy:
    today = clock.today()
    return arrange_deputy(
        person_id=person.pk,
        deputy_id=deputy.pk,
        from_on=today + timedelta(days=starts),
        until_on=today + timedelta(days=ends),
        by=by or actor_for(person),
        at=clock.now(),
    )


def test_covered_on_both_days_and_not_outside():
    anna, ben = make_person("clerk"), make_person("clerk")
    arranged(anna, ben, starts=1, ends=2)
    today = clock.today()

    covered = [bool(covered_by(ben.pk, today=today + timedelta(days=day))) for day in range(4)]

    assert covered == [False, True, True, False]
    assert covered_by(anna.pk, today=today + timedelta(days=1)) == {}


def test_only_the_administration_arranges_for_others():
    anna, ben = make_person("clerk"), make_person("clerk")

    with pytest.raises(Forbidden):
        arranged(anna, ben, by=actor_for(ben))
    arranged(anna, ben, by=actor_for(make_person("administrator")))

    assert Deputy.objects.count() == 1


@pytest.mark.parametrize(
    ("starts", "ends", "field"), [(3, 1, "until_on"), (-5, -1, "until_on"), (0, 400, "until_on")]
)
def test_days_that_do_not_fit_are_named(starts, ends, field):
    with pytest.raises(Invalid) as refusal:
        arranged(make_person("clerk"), make_person("clerk"), starts=starts, ends=ends)

    assert field in refusal.value.fields


def test_nobody_stands_in_for_themselves():
    anna = make_person("clerk")

    with pytest.raises(Invalid) as refusal:
        arranged(anna, anna)

    assert "deputy" in refusal.value.fields


def test_ended_at_once():
    anna, ben = make_person("clerk"), make_person("clerk")
    deputy = arranged(anna, ben)

    with pytest.raises(Forbidden):
        end_deputy(deputy_id=deputy.pk, by=actor_for(ben), at=clock.now())
    end_deputy(deputy_id=deputy.pk, by=actor_for(anna), at=clock.now())

    assert covered_by(ben.pk, today=clock.today()) == {}


def test_forgotten_three_months_later():
    anna, ben = make_person("clerk"), make_person("clerk")
    arranged(anna, ben, by=SYSTEM)
    last_day = clock.now() + timedelta(days=3)

    assert forget_deputies(at=last_day + KEPT) == 0
    assert forget_deputies(at=last_day + KEPT + timedelta(days=1)) == 1
