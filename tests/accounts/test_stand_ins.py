# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Somebody of another municipality stands in: own sign-in here, for a while, seen as such."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine

from tests.factories.accounts import PASSWORD, client_for, make_person
from tests.factories.defects import make_report
from tests.factories.sessions import session_key
from verbund.accounts.api import actor_for, colleagues, people_who_may
from verbund.accounts.errors import LastAdministrator
from verbund.accounts.models import Person
from verbund.accounts.services import people, tokens
from verbund.accounts.stays import homes
from verbund.audit.models import AuditEntry
from verbund.cases.presenting import office_entries
from verbund.cases.working import assign_case
from verbund.kernel import clock, context
from verbund.kernel.actors import SYSTEM
from verbund.kernel.errors import Invalid, NotFound
from verbund.modules.defects import handling
from verbund.modules.defects.permissions import DefectsPermission
from verbund.notify.models import Outbox

pytestmark = pytest.mark.usefixtures("in_heideblick")


def stand_in(role: str = "clerk", days: int = 7, **fields) -> Person:
    return make_person(role, home="Luckau", ends_on=clock.today() + timedelta(days=days), **fields)


def client_of_person(person, heideblick):
    client = client_for(None, heideblick)
    client.cookies["sessionid"] = session_key(person)
    return client


def test_the_administration_invites_and_the_stand_in_signs_in_here(heideblick, luckau):
    chief = client_of_person(make_person("administrator"), heideblick)
    day = clock.today() + timedelta(days=14)

    chief.post(
        "/verwaltung/personen/einladen/",
        {
            "name": "Vera Nachbar",
            "email": "vera@luckau.example",
            "role": "clerk",
            "home": str(luckau.number),
            "ends_on": day.isoformat(),
        },
    )

    person = Person.objects.get(email="vera@luckau.example")
    assert (person.home, person.ends_on, person.is_active) == (luckau.display_name, day, False)
    link = re.search(r"/konto/einladung/\S+", Outbox.objects.latest("pk").text)
    assert link is not None
    browser = client_for(None, heideblick)
    browser.get(link[0].rstrip("."), follow=True)
    answer = browser.post("/konto/einladung/", {"password": PASSWORD, "repeated": PASSWORD})
    assert answer.status_code == 302
    person.refresh_from_db()
    assert person.may_sign_in
    row = AuditEntry.objects.get(action="accounts.person.invited", subject=f"accounts.person:{person.pk}")
    assert row.changes == {"role": "clerk", "home": luckau.display_name, "ends_on": day.isoformat()}


def test_a_session_ends_with_the_last_day_without_any_task(heideblick):
    client = client_of_person(stand_in(days=0), heideblick)
    assert client.get("/verwaltung/").status_code == 200

    with time_machine.travel(clock.now() + timedelta(days=1), tick=False):
        answer = client.get("/verwaltung/")

    assert answer.status_code == 302
    assert answer["Location"].startswith("/konto/anmelden/")


def test_after_the_last_day_the_password_is_like_a_wrong_one(heideblick):
    person = stand_in(days=-1)

    answer = client_for(None, heideblick).post(
        "/konto/anmelden/", {"login": person.email, "password": PASSWORD}
    )

    assert answer.status_code != 302
    assert "beendet" not in answer.content.decode()


def test_every_entry_says_who_it_was(heideblick):
    person = stand_in(name="Vera Nachbar")
    report = make_report()
    handling.add_note(reference=report.reference, text="Leiter nötig", by=actor_for(person), at=clock.now())
    assign_case(case_id=report.case_id, person_id=person.pk, by=SYSTEM, at=clock.now())

    wanted = "Vera Nachbar (Vertretung aus Luckau)"
    entries = office_entries(report.case)
    inbox = client_of_person(make_person("clerk"), heideblick).get("/verwaltung/").content.decode()

    assert [entry["actor"] for entry in entries if entry["is_internal"]][-1] == wanted
    assert any(entry["text"] == wanted for entry in entries)
    assert wanted in inbox


def test_who_has_ended_is_chosen_for_nothing():
    here, gone = stand_in(), stand_in(days=-1)

    for chosen in (colleagues(), people_who_may(DefectsPermission.READ)):
        keys = {person.id for person in chosen}
        assert here.pk in keys
        assert gone.pk not in keys


def test_who_is_here_for_a_while_is_not_the_last_administrator():
    chief = make_person("administrator")
    stand_in("administrator")

    with pytest.raises(LastAdministrator):
        people.deactivate_person(person_id=chief.pk, by=SYSTEM, at=clock.now())


def test_a_key_of_theirs_ends_with_them(heideblick):
    person = stand_in("administrator", days=0)
    token, _text = tokens.issue_token(
        name="x", scopes=["defects:report:read"], by=actor_for(person), at=clock.now()
    )
    assert token.is_valid(clock.now())

    with time_machine.travel(clock.now() + timedelta(days=1), tick=False):
        assert not token.is_valid(clock.now())


@pytest.mark.parametrize(
    ("is_from_luckau", "days", "field"),
    [(False, 7, "home"), (True, None, "ends_on"), (True, -1, "ends_on"), (True, 400, "ends_on")],
)
def test_half_a_stand_in_is_refused_with_the_field(luckau, is_from_luckau, days, field):
    ends_on = None if days is None else clock.today() + timedelta(days=days)

    with pytest.raises(Invalid) as refused:
        people.invite_person(
            email="v@luckau.example",
            name="V",
            role="clerk",
            home=luckau.number if is_from_luckau else None,
            ends_on=ends_on,
            by=SYSTEM,
            at=clock.now(),
        )

    assert list(refused.value.fields) == [field]


def test_the_list_has_every_other_member_and_nobody_else_gets_through(heideblick, luckau):
    chief = client_of_person(make_person("administrator"), heideblick)
    given = {
        "name": "V",
        "email": "v@luckau.example",
        "role": "clerk",
        "ends_on": clock.today().isoformat(),
    }

    offered = [number for number, _name in homes()]
    answers = [
        chief.post("/verwaltung/personen/einladen/", {**given, "home": typed})
        for typed in (str(heideblick.number), "999999", "Entenhausen")
    ]

    assert luckau.number in offered
    assert heideblick.number not in offered
    assert {answer.status_code for answer in answers} == {422}
    assert not Person.objects.filter(email="v@luckau.example").exists()


def test_the_service_looks_again_where_no_form_did(heideblick):
    with pytest.raises(Invalid) as refused:
        people.invite_person(
            email="v@luckau.example",
            name="V",
            role="clerk",
            home=heideblick.number,
            ends_on=clock.today(),
            by=SYSTEM,
            at=clock.now(),
        )

    assert list(refused.value.fields) == ["home"]


def test_a_stay_is_made_longer_and_nobody_else_gets_an_end(heideblick):
    person, own = stand_in(days=1), make_person("clerk")
    chief = client_of_person(make_person("administrator"), heideblick)
    later = clock.today() + timedelta(days=30)

    chief.post(f"/verwaltung/personen/{person.pk}/vertretung/", {"ends_on": later.isoformat()})

    person.refresh_from_db()
    assert person.ends_on == later
    with pytest.raises(NotFound):
        people.change_stay(person_id=own.pk, ends_on=later, by=SYSTEM, at=clock.now())


def test_the_association_has_none(heideblick):
    with context.enter_association():
        chief = make_person("operator", email="chef@verbund.example")
        client = client_for(None)
        client.cookies["sessionid"] = session_key(chief)

    page = client.get("/personen/einladen/").content.decode()

    assert "Aus welcher Kommune?" not in page
