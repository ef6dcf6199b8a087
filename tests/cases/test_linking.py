# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Links between cases and places: what they show, and above all what they do not."""

from __future__ import annotations

import pytest

from tests.factories.accounts import client_for, make_person
from tests.factories.defects import make_report, move
from verbund.accounts.api import actor_for
from verbund.audit.models import AuditEntry
from verbund.cases import linking
from verbund.cases.errors import LinkNotFound, MayNotChange
from verbund.cases.linked import CASE
from verbund.cases.models import Link, Relation
from verbund.cases.spine import forget_case
from verbund.kernel import clock
from verbund.kernel.actors import CITIZEN, Actor
from verbund.kernel.errors import Invalid
from verbund.modules.defects.permissions import DefectsPermission
from verbund.modules.defects.states import State
from verbund.places.kinds import PlaceKind
from verbund.places.models import Place
from verbund.public.feedback import submit_feedback

pytestmark = pytest.mark.usefixtures("in_heideblick")
R = Relation


def clerk() -> Actor:
    return actor_for(make_person("clerk"))


def report() -> str:
    return move(make_report(), State.IN_PROGRESS).reference


def feedback() -> str:
    given = submit_feedback(message="Zu klein.", address="", name="", email="", at=clock.now())
    return given.reference


def link(key: str, to: str, by: Actor, relation: Relation = R.FOLLOWS) -> Link:
    return linking.link_objects(kind=CASE, key=key, relation=relation, to=to, by=by, at=clock.now())


def who_reads(*permissions: str) -> Actor:
    return Actor(kind="person", id="1", permissions=frozenset(permissions))


def test_both_ends_say_how_they_stand_to_each_other():
    by, first, second = clerk(), report(), report()

    link(first, second.lower().replace("-", " "), by)

    (forwards,) = linking.links_of(CASE, first, by)
    (backwards,) = linking.links_of(CASE, second, by)
    assert (str(forwards.relation), forwards.end.title[:11]) == ("Folgt aus", second)
    assert (str(backwards.relation), backwards.end.title[:11]) == ("Daraus folgte", first)
    assert forwards.end.url == f"/verwaltung/maengel/{second}/"
    assert AuditEntry.objects.filter(action="cases.link.made").count() == 1


def test_who_may_not_see_the_other_end_learns_nothing_of_it():
    by, mine, secret = clerk(), report(), feedback()
    link(mine, secret, by)
    reader = who_reads(DefectsPermission.READ, DefectsPermission.ASSIGN)

    assert [shown.end.title for shown in linking.links_of(CASE, mine, by)] != []
    assert linking.links_of(CASE, mine, reader) == []
    (made,) = Link.objects.all()
    with pytest.raises(LinkNotFound):
        linking.unlink(link_id=made.pk, kind=CASE, key=mine, by=reader, at=clock.now())


def test_a_number_that_is_not_theirs_looks_like_one_that_does_not_exist():
    mine, secret = report(), feedback()
    reader = who_reads(DefectsPermission.READ, DefectsPermission.ASSIGN)

    with pytest.raises(Invalid) as hidden:
        link(mine, secret, reader)
    with pytest.raises(Invalid) as missing:
        link(mine, "BF-99999999", reader)

    assert hidden.value.fields == missing.value.fields
    assert not Link.objects.exists()


def test_a_report_nobody_confirmed_is_no_end():
    by, mine = clerk(), report()

    with pytest.raises(Invalid):
        link(mine, make_report(email="erika@muster.example").reference, by)


def test_who_only_reads_links_nothing():
    first, second = report(), report()

    with pytest.raises(MayNotChange):
        link(first, second, who_reads(DefectsPermission.READ))
    with pytest.raises(LinkNotFound):
        link(first, second, CITIZEN)


def test_the_same_link_again_changes_nothing_also_from_the_other_side():
    by, first, second = clerk(), report(), report()

    made = [link(first, second, by, R.DUPLICATE), link(second, first, by, R.DUPLICATE)]

    assert made[0].pk == made[1].pk
    assert AuditEntry.objects.filter(action="cases.link.made").count() == 1
    with pytest.raises(Invalid):
        link(first, first, by)


def test_a_place_is_an_end_for_who_sees_the_register():
    by, mine = clerk(), report()
    place = Place.objects.create(
        kind=PlaceKind.ASSET, name="Bank am See", wkb=b"", box=(14.0, 51.0, 14.0, 51.0)
    )

    link(mine, place.reference, by, R.PART)

    assert [shown.end.title for shown in linking.links_of(CASE, mine, by)] == [
        f"{place.reference} Bank am See"
    ]
    assert linking.links_of(CASE, mine, who_reads(DefectsPermission.READ)) == []


def test_links_go_with_the_case():
    by, first, second = clerk(), move(make_report(), State.IN_PROGRESS), report()
    link(first.reference, second, by)
    case = first.case
    first.delete()

    forget_case(case)

    assert not Link.objects.exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_links_costs_no_query(rows, django_assert_num_queries):
    by, mine = clerk(), report()
    for _row in range(rows):
        link(mine, report(), by)

    with django_assert_num_queries(2):
        assert len(linking.links_of(CASE, mine, by)) == rows


def test_the_page_links_and_takes_back(heideblick):
    person, first, second = make_person("clerk"), report(), report()
    client = client_for(person, heideblick)

    client.post(f"/verwaltung/vorgaenge/{first}/verknuepfen/", {"relation": "PART", "to": second})
    page = client.get(f"/verwaltung/maengel/{first}/").content.decode()
    (made,) = Link.objects.all()

    assert f"/verwaltung/maengel/{second}/" in page
    client.post(f"/verwaltung/vorgaenge/{first}/verknuepfungen/{made.pk}/loesen/")
    assert not Link.objects.exists()
