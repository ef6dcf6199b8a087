# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The staff inbox over all sources."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.factories.accounts import make_person
from tests.factories.defects import make_report
from tests.factories.sessions import signed_in
from verbund.cases.deputies import arrange_deputy
from verbund.cases.working import assign_cases
from verbund.kernel import clock, context
from verbund.kernel.actors import SYSTEM
from verbund.public.feedback import submit_feedback

PATH = "/verwaltung/"


def tell(municipality, number: int, *, days_ago: int = 0):
    with context.enter(municipality):
        for position in range(number):
            submit_feedback(
                message="Geheim",
                address="",
                name="Erika Muster",
                email="erika@muster.example",
                at=clock.now() - timedelta(days=days_ago, minutes=position),
            )


def test_empty_inbox_says_so(heideblick):
    assert "Alles erledigt" in signed_in("clerk", heideblick).get(PATH).content.decode()


def test_list_leads_to_the_work_and_names_nobody(heideblick):
    tell(heideblick, 1)

    page = signed_in("clerk", heideblick).get(PATH).content.decode()

    assert "/verwaltung/rueckmeldungen/" in page
    assert "Erika" not in page
    assert "Geheim" not in page


def test_overdue_comes_first(heideblick):
    tell(heideblick, 1)
    tell(heideblick, 1, days_ago=40)

    rows = signed_in("clerk", heideblick).get(PATH).context["rows"]

    assert [row.is_overdue for row in rows] == [True, False]


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("", 2),
        ("?ansicht=ueberfaellig", 1),
        ("?ansicht=meine", 0),
        ("?ansicht=offen", 2),
        ("?ansicht=ungelesen", 0),
        ("?ansicht=quatsch", 2),
        ("?quelle=public.feedback", 2),
        ("?quelle=gibtsnicht", 0),
        ("?q=rückmeldung", 2),
        ("?q=BF-", 2),
        ("?q=laterne", 0),
    ],
)
def test_filters_stand_in_the_address(heideblick, query, number):
    tell(heideblick, 1)
    tell(heideblick, 1, days_ago=40)

    page = signed_in("clerk", heideblick).get(f"{PATH}{query}")

    assert page.status_code == 200
    assert len(page.context["page"].object_list) == number


def test_long_list_has_pages(heideblick):
    tell(heideblick, 27)

    second = signed_in("clerk", heideblick).get(f"{PATH}?seite=2").context["page"]

    assert (len(second.object_list), second.paginator.count) == (2, 27)


def test_neighbours_work_is_not_listed(heideblick, luckau):
    tell(luckau, 3)

    assert "Alles erledigt" in signed_in("clerk", heideblick).get(PATH).content.decode()


def test_nobody_signed_in_is_asked_to(heideblick, client_of):
    answer = client_of(heideblick).get(PATH)

    assert answer.status_code == 302
    assert answer["Location"].startswith("/konto/")


@pytest.mark.parametrize("rows", [1, 3])
def test_number_of_queries_does_not_grow(heideblick, django_assert_num_queries, rows):
    tell(heideblick, rows)
    client = signed_in("clerk", heideblick)
    client.get(PATH)

    with django_assert_num_queries(QUERIES):
        client.get(PATH)


QUERIES = 10


def reported(municipality, **fields) -> str:
    with context.enter(municipality):
        return make_report(**fields).reference


def test_several_are_given_away_and_taken_back(heideblick):
    references = [reported(heideblick), reported(heideblick)]
    client = signed_in("clerk", heideblick)
    own_id = client.get(PATH).context["own_id"]

    given = client.post(
        f"{PATH}eingang/zuweisen/",
        {"vorgang": references, "zuweisen-person": str(own_id), "ansicht": "offen"},
        follow=True,
    )
    assert given.redirect_chain == [(f"{PATH}?ansicht=offen", 302)]
    assert "Rückgängig" in given.content.decode()
    assert len(client.get(f"{PATH}?ansicht=meine").context["rows"]) == 2

    client.post(f"{PATH}eingang/rueckgaengig/")

    assert len(client.get(f"{PATH}?ansicht=offen").context["rows"]) == 2
    assert "Rückgängig" not in client.get(PATH).content.decode()


def test_given_to_whom_has_it_already_says_so_and_keeps_the_way_back(heideblick):
    reference = reported(heideblick)
    client = signed_in("clerk", heideblick)
    given = {"vorgang": [reference], "zuweisen-person": str(client.get(PATH).context["own_id"])}
    client.post(f"{PATH}eingang/zuweisen/", given)

    again = client.post(f"{PATH}eingang/zuweisen/", given, follow=True).content.decode()

    assert "Nichts geändert: zuständig war schon" in again
    assert "Rückgängig" in again


def test_nothing_chosen_is_said_and_nothing_lost(heideblick):
    reported(heideblick)

    answer = signed_in("clerk", heideblick).post(
        f"{PATH}eingang/zuweisen/", {"zuweisen-person": "", "q": "Laterne"}, follow=True
    )

    assert answer.redirect_chain == [(f"{PATH}?q=Laterne", 302)]
    assert "mindestens einen Vorgang" in answer.content.decode()


@pytest.mark.parametrize("day", ["quatsch", "01.01.2020"])
def test_a_day_that_does_not_fit_is_said(heideblick, day):
    reference = reported(heideblick)
    client = signed_in("clerk", heideblick)

    answer = client.post(
        f"{PATH}eingang/wiedervorlage/", {"vorgang": reference, "ablage-until": day}, follow=True
    )

    assert "kern-alert--danger" in answer.content.decode()
    assert len(answer.context["rows"]) == 1


def test_field_workers_see_the_list_without_steps(heideblick):
    reference = reported(heideblick)

    page = signed_in("field_worker", heideblick).get(PATH).content.decode()

    assert reference in page
    assert 'name="vorgang"' not in page


def test_a_view_is_kept_under_its_name_for_its_owner_alone(heideblick):
    reported(heideblick)
    owner, other = signed_in("clerk", heideblick), signed_in("administrator", heideblick)

    owner.post(
        f"{PATH}eingang/ansichten/", {"ansicht-name": "Meine Laternen", "q": "Laterne", "ansicht": "offen"}
    )

    (kept,) = owner.get(PATH).context["saved_views"]
    assert kept["url"] == "?ansicht=offen&q=Laterne"
    assert other.get(PATH).context["saved_views"] == []
    assert other.post(f"{PATH}eingang/ansichten/{kept['id']}/entfernen/").status_code == 404
    owner.post(f"{PATH}eingang/ansichten/{kept['id']}/entfernen/")
    assert owner.get(PATH).context["saved_views"] == []


def test_what_came_in_meanwhile_is_said_without_moving_the_list(heideblick):
    reported(heideblick)
    client = signed_in("clerk", heideblick)
    address = client.get(PATH).context["arrivals_url"]
    assert "neu" not in client.get(address).content.decode().replace("eingang/neu", "")

    reported(heideblick)
    with context.enter(heideblick):
        make_report(email="unbestaetigt@muster.example")

    assert "Ein neuer Eintrag" in client.get(address).content.decode()


def test_a_deputy_sees_the_cases_of_who_is_away(heideblick):
    reference = reported(heideblick)
    with context.enter(heideblick):
        away = make_person("clerk")
        assign_cases(references=[reference], person_id=away.pk, by=SYSTEM, at=clock.now())
    client = signed_in("clerk", heideblick)
    own_id = client.get(PATH).context["own_id"]
    assert client.get(f"{PATH}?ansicht=meine").context["rows"] == []
    with context.enter(heideblick):
        arrange_deputy(
            person_id=away.pk,
            deputy_id=own_id,
            from_on=clock.today(),
            until_on=clock.today(),
            by=SYSTEM,
            at=clock.now(),
        )

    (row,) = client.get(f"{PATH}?ansicht=meine").context["rows"]

    assert (row.reference, row.is_covered, row.is_mine) == (reference, True, False)


def test_the_neighbours_case_is_not_there(heideblick, luckau):
    reference = reported(luckau)

    answer = signed_in("clerk", heideblick).post(
        f"{PATH}eingang/zuweisen/", {"vorgang": reference, "zuweisen-person": ""}
    )

    assert answer.status_code == 404
    assert reference in signed_in("clerk", luckau).get(PATH).content.decode()
