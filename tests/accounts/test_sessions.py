# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Sessions: bound to their scope, ended when idle, seen and ended by people, worthless to who reads the table."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.backends.base import UpdateError

from tests.factories.accounts import PASSWORD, client_for, make_person
from verbund.accounts.models import Person, Session
from verbund.accounts.sessions import SessionStore, hashed
from verbund.audit.models import AuditEntry
from verbund.kernel import clock, context
from verbund.kernel.context import ASSOCIATION

OWN = "/konto/"


def twin_of(person: Person) -> Person:
    """The same key and password hash in the schema that is entered now."""
    fields = {field.attname: getattr(person, field.attname) for field in Person._meta.concrete_fields}
    Person.objects.filter(pk=person.pk).delete()
    twin = Person(**fields)
    twin.save(force_insert=True)
    return twin


def cookie_of(client) -> str:
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def test_cookie_of_one_municipality_opens_nothing_at_the_neighbour(heideblick, luckau):
    with context.enter(heideblick):
        person = make_person()
    here = client_for(person, heideblick)
    with context.enter(luckau):
        twin_of(person)
    there = client_for(None, luckau)
    there.cookies[settings.SESSION_COOKIE_NAME] = cookie_of(here)

    assert here.get(OWN).status_code == 200
    assert there.get(OWN).status_code == 302


def test_session_row_copied_to_the_neighbour_is_refused_and_deleted(heideblick, luckau):
    with context.enter(heideblick):
        person = make_person()
        here = client_for(person, heideblick)
        row = Session.objects.values(
            "session_key", "session_data", "expire_date", "created_at", "last_seen_at"
        ).get()
    with context.enter(luckau):
        twin = twin_of(person)
        Session.objects.create(person=twin, **row)
    there = client_for(None, luckau)
    there.cookies[settings.SESSION_COOKIE_NAME] = cookie_of(here)

    assert there.get(OWN).status_code == 302
    with context.enter(luckau):
        assert not Session.objects.exists()


def test_even_a_payload_that_names_the_neighbour_fails_at_the_password_hash(heideblick, luckau):
    """The second lock: the hash that Django compares is bound to the schema as well."""
    with context.enter(heideblick):
        person = make_person()
        store = SessionStore(cookie_of(client_for(person, heideblick)))
        payload = dict(store.items())
    with context.enter(luckau):
        twin_of(person)
        forged = SessionStore()
        forged.update({key: value for key, value in payload.items() if key != "scope"})
        forged.save()
    there = client_for(None, luckau)
    there.cookies[settings.SESSION_COOKIE_NAME] = forged.session_key

    assert there.get(OWN).status_code == 302


def test_table_holds_only_the_hash_of_the_cookie(in_heideblick):
    client = client_for(make_person(), in_heideblick)

    row = Session.objects.get()

    assert row.session_key == hashed(cookie_of(client))
    stolen = client_for(None, in_heideblick)
    stolen.cookies[settings.SESSION_COOKIE_NAME] = row.session_key
    assert stolen.get(OWN).status_code == 302


def test_no_address_and_no_browser_line_are_kept(in_heideblick):
    person = make_person()
    client = client_for(
        None,
        in_heideblick,
        REMOTE_ADDR="192.0.2.77",
        HTTP_USER_AGENT="Mozilla/5.0 (Windows NT 10.0) Edg/140.0.1.2",
    )
    client.post("/konto/anmelden/", {"login": person.email, "password": PASSWORD})

    row = Session.objects.get()

    kept = f"{row.__dict__}{SessionStore().decode(row.session_data)}"
    assert row.device == "Edge, Windows"
    assert "192.0.2.77" not in kept
    assert "140.0" not in kept


def test_cookie_is_for_this_host_and_unreadable_for_scripts(in_heideblick):
    person = make_person()
    client = client_for(None, in_heideblick)
    response = client.post("/konto/anmelden/", {"login": person.email, "password": PASSWORD})

    cookie = response.cookies[settings.SESSION_COOKIE_NAME]

    assert (cookie["httponly"], cookie["samesite"], cookie["domain"], cookie["path"]) == (
        True,
        "Lax",
        "",
        "/",
    )
    assert (cookie["max-age"], cookie["expires"]) == ("", "")


@pytest.mark.parametrize(("hours", "status"), [(7.9, 200), (8.1, 302)])
def test_staff_session_ends_after_eight_idle_hours(in_heideblick, hours, status):
    client = client_for(make_person(), in_heideblick)

    with time_machine.travel(clock.now() + timedelta(hours=hours), tick=False):
        assert client.get(OWN).status_code == status


@pytest.mark.parametrize(("minutes", "status"), [(29, 200), (31, 302)])
def test_session_of_the_association_ends_after_thirty_idle_minutes(in_association, minutes, status):
    client = client_for(make_person("auditor"), ASSOCIATION)

    with time_machine.travel(clock.now() + timedelta(minutes=minutes), tick=False):
        assert client.get(OWN).status_code == status


def test_use_keeps_a_session_alive_but_not_for_ever(in_heideblick):
    client, start = client_for(make_person(), in_heideblick), clock.now()
    answers = []
    for hours in (6, 12, 18, 23.9, 24.1):
        with time_machine.travel(start + timedelta(hours=hours), tick=False):
            answers.append(client.get(OWN).status_code)

    assert answers == [200, 200, 200, 200, 302]


def test_use_is_noted_at_most_once_a_minute(in_heideblick, django_assert_num_queries):
    client, start = client_for(make_person(), in_heideblick), clock.now()

    def seen_after(seconds: int):
        with time_machine.travel(start + timedelta(seconds=seconds), tick=False):
            client.get(OWN)
        return Session.objects.get().last_seen_at

    first = Session.objects.get().last_seen_at
    assert seen_after(30) == first
    later = seen_after(90)
    assert later > first
    assert seen_after(100) == later


def test_person_sees_and_ends_their_sessions(in_heideblick):
    person = make_person()
    mine, other = client_for(person, in_heideblick), client_for(person, in_heideblick)
    row = Session.objects.get(session_key=hashed(cookie_of(other)))

    page = mine.get(OWN).content.decode()
    assert page.count("Sitzung beenden") == 1, "not for the one in use"
    mine.post(f"/konto/sitzungen/{row.pk}/beenden/")

    assert other.get(OWN).status_code == 302
    assert mine.get(OWN).status_code == 200
    assert AuditEntry.objects.filter(action="accounts.session.ended", actor_id=str(person.pk)).count() == 1


def test_person_cannot_end_sessions_of_others(in_heideblick):
    mine, victim = client_for(make_person(), in_heideblick), client_for(make_person(), in_heideblick)
    row = Session.objects.get(session_key=hashed(cookie_of(victim)))

    assert mine.post(f"/konto/sitzungen/{row.pk}/beenden/").status_code == 404
    assert victim.get(OWN).status_code == 200


def test_all_others_end_at_once(in_heideblick):
    person = make_person()
    mine, others = client_for(person, in_heideblick), [client_for(person, in_heideblick) for _ in range(3)]

    mine.post("/konto/sitzungen/beenden/")

    assert mine.get(OWN).status_code == 200
    assert {other.get(OWN).status_code for other in others} == {302}


def test_changing_the_password_ends_the_other_sessions(in_heideblick):
    person = make_person()
    mine, other = client_for(person, in_heideblick), client_for(person, in_heideblick)
    new = "ganz-andere-lange-woerter"

    changed = mine.post(
        "/konto/passwort/aendern/", {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )

    assert changed["Location"] == OWN
    assert mine.get(OWN).status_code == 200
    assert other.get(OWN).status_code == 302
    assert Session.objects.filter(person=person).count() == 1
    assert AuditEntry.objects.get(action="accounts.password.changed").changes == {
        "password": None,
        "sessions_ended": 1,
    }


@pytest.mark.parametrize(
    ("password", "word"),
    [
        ("kurz", "12 Zeichen"),
        ("passwort1234", "zu leicht"),
        ("Heideblick2026", "zu leicht"),
        ("qwertzuiop123", "zu leicht"),
        ("aaaaaaaaaaaaaa", "zu leicht"),
        ("123123123123", "zu leicht"),
    ],
)
def test_weak_passwords_are_refused_without_rules_for_characters(in_heideblick, password, word):
    client = client_for(make_person(), in_heideblick)

    page = client.post(
        "/konto/passwort/aendern/", {"oldpassword": PASSWORD, "password1": password, "password2": password}
    )

    assert page.status_code == 200
    assert word in page.content.decode()


def test_ended_session_is_not_revived_by_a_request_that_still_runs(in_heideblick):
    person = make_person()
    client = client_for(person, in_heideblick)
    running = SessionStore(cookie_of(client))
    running["note"] = "half-way"
    Session.objects.filter(person=person).delete()

    with pytest.raises(UpdateError):
        running.save()

    assert not Session.objects.exists()


def test_expired_rows_are_swept(in_heideblick):
    from verbund.accounts.tasks import sweep

    client_for(make_person(), in_heideblick)
    with time_machine.travel(clock.now() + timedelta(hours=9), tick=False):
        sweep()

    assert not Session.objects.exists()


def test_production_uses_host_cookies():
    text = (Path(__file__).parents[2] / "platform/verbund/config/settings/production.py").read_text()

    assert 'SESSION_COOKIE_NAME = "__Host-' in text
    assert "SESSION_COOKIE_SECURE = True" in text
