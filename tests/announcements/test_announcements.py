# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The association writes, the staff it is meant for reads, each person puts news away for themselves."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.factories.announcements import make_announcement
from tests.factories.sessions import signed_in
from tests.factories.support import let_in
from verbund.accounts.reach.services import set_reach
from verbund.announcements.models import Announcement, Kind
from verbund.audit.models import AuditEntry
from verbund.kernel import clock, context
from verbund.kernel.actors import SYSTEM

AT = "/ankuendigungen/"
HERE = "/verwaltung/"
GIVEN = {
    "kind": "NEWS",
    "title": "Neue Karte",
    "body": "Die Karte zeigt jetzt **Ortsteile**.",
    "starts_on": "01.11.2026",
    "starts_at": "08:00",
    "ends_on": "31.12.2099",
    "ends_at": "18:00",
}


def announce(**fields) -> Announcement:
    with context.enter_association():
        return make_announcement(**fields)


def page_of(municipality, role="clerk") -> str:
    return signed_in(role, municipality).get(HERE).content.decode()


def test_operator_looks_at_the_preview_and_publishes(heideblick):
    client = signed_in("operator")

    preview = client.post(f"{AT}neu/", {**GIVEN, "aktion": "vorschau"})
    assert "<strong>Ortsteile</strong>" in preview.content.decode()
    enter_key = client.post(f"{AT}neu/", GIVEN)
    assert enter_key.status_code == 200
    with context.enter_association():
        assert not Announcement.objects.exists()

    assert client.post(f"{AT}neu/", {**GIVEN, "aktion": "veroeffentlichen"}).status_code == 302
    with context.enter_association():
        found = Announcement.objects.get()
        assert found.starts_at.isoformat() == "2026-11-01T07:00:00+00:00"
        row = AuditEntry.objects.get(action="announcements.announcement.published")
        assert row.actor_id == str(client.person.pk)
    assert "<strong>Ortsteile</strong>" in page_of(heideblick)


def test_only_those_it_is_for_read_it(heideblick, luckau):
    announce(tenants=[heideblick.number])

    assert "Neue Karte" in page_of(heideblick)
    assert "Neue Karte" in signed_in("clerk", heideblick).get(f"{HERE}ankuendigungen/").content.decode()
    assert "Neue Karte" not in page_of(luckau)
    assert "Neue Karte" not in signed_in("clerk", luckau).get(f"{HERE}ankuendigungen/").content.decode()


def test_citizens_are_not_told(heideblick, client_of):
    announce(kind=Kind.MAINTENANCE, title="Wartung am Abend")

    assert "Wartung am Abend" not in client_of(heideblick).get("/").content.decode()
    assert "Wartung am Abend" not in client_of(heideblick).get("/konto/anmelden/").content.decode()


def test_it_is_shown_from_and_until(heideblick, time_machine, empty_cache):
    now = clock.now()
    announce(starts_at=now + timedelta(hours=1), ends_at=now + timedelta(hours=2))
    clerk = signed_in("clerk", heideblick)

    for minutes, is_shown in ((59, False), (61, True), (119, True), (121, False)):
        time_machine.move_to(now + timedelta(minutes=minutes), tick=False)
        empty_cache()
        assert ("Neue Karte" in clerk.get(HERE).content.decode()) == is_shown, minutes


def test_what_was_kept_in_the_process_does_not_outlive_its_end(heideblick, time_machine):
    now = clock.now()
    announce(ends_at=now + timedelta(minutes=1))
    clerk = signed_in("clerk", heideblick)
    assert "Neue Karte" in clerk.get(HERE).content.decode()
    time_machine.move_to(now + timedelta(minutes=1), tick=False)

    assert "Neue Karte" not in clerk.get(HERE).content.decode()


def test_each_person_puts_news_away_for_themselves(heideblick):
    found = announce()
    ada, ben = signed_in("clerk", heideblick), signed_in("clerk", heideblick)
    page = f"http://{heideblick.hosts[0]}/verwaltung/maengel/"

    answer = ada.post(f"{HERE}ankuendigungen/{found.pk}/gelesen/", headers={"referer": page})

    assert answer["Location"] == page
    assert "Neue Karte" not in ada.get(HERE).content.decode()
    assert "Neue Karte" in ben.get(HERE).content.decode()
    assert "Neue Karte" in ada.get(f"{HERE}ankuendigungen/").content.decode()
    assert ada.post(f"{HERE}ankuendigungen/{found.pk}/gelesen/").status_code == 302, "twice is fine"


def test_the_way_back_leads_to_no_other_host(heideblick):
    found = announce()

    answer = signed_in("clerk", heideblick).post(
        f"{HERE}ankuendigungen/{found.pk}/gelesen/", headers={"referer": "https://boese.example/"}
    )

    assert answer["Location"] == HERE


def test_running_maintenance_stays(heideblick):
    found = announce(kind=Kind.MAINTENANCE, title="Umzug der Datenbank")
    clerk = signed_in("clerk", heideblick)

    assert clerk.post(f"{HERE}ankuendigungen/{found.pk}/gelesen/").status_code == 409
    assert "Umzug der Datenbank" in clerk.get(HERE).content.decode()


def test_what_was_not_told_here_cannot_be_put_away(heideblick, luckau):
    found = announce(tenants=[luckau.number])

    answer = signed_in("clerk", heideblick).post(f"{HERE}ankuendigungen/{found.pk}/gelesen/")

    assert answer.status_code == 404


def test_a_withdrawn_one_is_gone(heideblick, empty_cache):
    found = announce()
    operator = signed_in("operator")

    assert operator.post(f"{AT}{found.pk}/zurueckziehen/").status_code == 302

    empty_cache()
    assert "Neue Karte" not in page_of(heideblick)
    assert "zurückgezogen" in operator.get(AT).content.decode()


def test_markup_is_text(heideblick):
    announce(title="<script>alert(1)</script>", body="<img src=x onerror=alert(1)> [x](javascript:alert(1))")

    page = page_of(heideblick)

    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert 'href="javascript' not in page


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": ""}, "title"),
        ({"ends_on": "31.10.2026"}, "ends_on"),
        ({"starts_at": "8 Uhr"}, "starts_at"),
        ({"tenants": ["4242"]}, "tenants"),
        ({"kind": "ALARM"}, "kind"),
    ],
)
def test_reasons_stand_at_their_fields(heideblick, wrong, field):
    answer = signed_in("operator").post(f"{AT}neu/", {**GIVEN, **wrong, "aktion": "veroeffentlichen"})

    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    with context.enter_association():
        assert not Announcement.objects.exists()


def test_somebody_limited_speaks_to_their_members_only(heideblick, luckau):
    client = signed_in("operator")
    other = announce()
    with context.enter_association():
        set_reach(person_id=client.person.pk, tenants=[heideblick.number], by=SYSTEM, at=clock.now())
    wish = {**GIVEN, "aktion": "veroeffentlichen"}

    assert client.post(f"{AT}neu/", wish).status_code == 422
    assert client.post(f"{AT}neu/", {**wish, "tenants": [str(luckau.number)]}).status_code == 422
    assert client.post(f"{AT}{other.pk}/zurueckziehen/").status_code == 403
    assert client.post(f"{AT}neu/", {**wish, "tenants": [str(heideblick.number)]}).status_code == 302


@pytest.mark.parametrize(("role", "status"), [("finance", 403), ("auditor", 200)])
def test_others_of_the_association_do_not_write(heideblick, role, status):
    client = signed_in(role)

    assert client.get(AT).status_code == status
    assert client.get(f"{AT}neu/").status_code == 403


def test_a_guest_of_the_association_reads_but_puts_nothing_away(heideblick):
    found = announce()
    guest = let_in(heideblick, may_change=True)

    page = guest.get(HERE).content.decode()

    assert "Neue Karte" in page
    assert f"{found.pk}/gelesen/" not in page
    assert guest.post(f"{HERE}ankuendigungen/{found.pk}/gelesen/").status_code == 403
