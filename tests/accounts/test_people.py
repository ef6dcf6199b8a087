# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Inviting, changing roles, leaving; somebody who may manage people is always left."""

from __future__ import annotations

import re
import threading
from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, connections, transaction

from tests.factories.accounts import PASSWORD, client_for, make_person
from verbund.accounts import handover
from verbund.accounts.api import actor_for, people_who_may
from verbund.accounts.errors import AddressTaken, InvitationSpent, LastAdministrator, UnknownRole, WorkIsOpen
from verbund.accounts.models import Invitation, Person, Session
from verbund.accounts.services import factors, invitations, people
from verbund.audit.models import AuditEntry
from verbund.kernel import clock, context
from verbund.kernel.actors import SYSTEM
from verbund.kernel.errors import Conflict, Invalid
from verbund.kernel.ids import hash_of_secret
from verbund.notify.models import Outbox

NEW = "vier-neue-woerter-hier"
ACCEPT = "/konto/einladung/"


@pytest.fixture
def chief(in_heideblick) -> Person:
    """The only administrator: the one invited at onboarding has not accepted."""
    return make_person("administrator", name="Ada Amt")


def invite(by: Person, **fields):
    values = {"email": "neu@heideblick.example", "name": "Neu Hier", "role": "clerk", **fields}
    return people.invite_person(**values, by=actor_for(by), at=clock.now())


def secret_in_mail() -> str:
    mail = Outbox.objects.filter(kind="accounts_invitation").latest("pk")
    return re.search(r"http://heideblick\.localhost(?::\d+)?/konto/einladung/([\w-]+)/", mail.text)[1]


def last_action() -> str:
    return AuditEntry.objects.exclude(action__startswith="notify.").latest("pk").action


def test_invited_person_joins_by_the_link(chief, in_heideblick):
    person = invite(chief)
    assert (person.is_active, person.is_invited, person.has_usable_password()) == (False, True, False)
    path = f"/konto/einladung/{secret_in_mail()}/"
    client = client_for(None, in_heideblick)

    for _ in range(3):
        looked = client.get(path, follow=True)
        assert looked.status_code == 200, "mail scanners look, nothing happens"
    joined = client.post(ACCEPT, {"password": NEW, "repeated": NEW})

    assert joined["Location"] == "/konto/"
    assert client.get("/konto/").status_code == 200, "signed in"
    person.refresh_from_db()
    assert (person.is_active, person.is_invited, person.check_password(NEW)) == (True, False, True)
    assert client_for(None, in_heideblick).get(path, follow=True).status_code == 410
    actions = list(
        AuditEntry.objects.filter(subject=f"accounts.person:{person.pk}")
        .order_by("pk")
        .values_list("action", flat=True)
    )
    assert actions == ["accounts.person.invited", "accounts.person.joined", "accounts.session.started"]


def test_secret_of_the_link_stands_only_in_the_sealed_mail(chief, in_heideblick):
    invite(chief)
    secret = secret_in_mail()

    assert secret not in str(list(Invitation.objects.values()))
    assert secret not in str(list(AuditEntry.objects.values()))


def test_refused_form_does_not_put_the_secret_into_the_log(chief, in_heideblick, caplog):
    invite(chief)
    secret, client = secret_in_mail(), client_for(None, in_heideblick)
    client.get(f"/konto/einladung/{secret}/")

    client.post(ACCEPT, {"password": "kurz", "repeated": "kurz"})

    assert "/konto/einladung/" in caplog.text
    warnings = [record.getMessage() for record in caplog.records if record.levelname != "INFO"]
    assert secret not in str(warnings)


def test_weak_password_does_not_spend_the_link(chief, in_heideblick):
    invite(chief)
    client = client_for(None, in_heideblick)
    client.get(f"/konto/einladung/{secret_in_mail()}/")

    refused = client.post(ACCEPT, {"password": "passwort1234", "repeated": "passwort1234"})
    different = client.post(ACCEPT, {"password": NEW, "repeated": "etwas anderes ganz"})

    assert (refused.status_code, different.status_code) == (422, 422)
    assert "zu leicht" in refused.content.decode()
    assert client.get(ACCEPT).status_code == 200


def test_link_of_an_administrator_leads_to_the_second_factor(chief, in_heideblick):
    invite(chief, role="administrator")
    client = client_for(None, in_heideblick)

    client.get(f"/konto/einladung/{secret_in_mail()}/")
    joined = client.post(ACCEPT, {"password": NEW, "repeated": NEW})

    assert joined["Location"] == "/konto/zweiter-faktor/noetig/"
    assert client.get("/konto/zweiter-faktor/app/").status_code == 200, "without typing the password again"


def test_link_expires_after_seven_days(chief, in_heideblick):
    invite(chief)
    secret = secret_in_mail()

    with time_machine.travel(clock.now() + timedelta(days=7, minutes=1)), pytest.raises(InvitationSpent):
        invitations.accept_invitation(fingerprint=hash_of_secret(secret), password=NEW, at=clock.now())


def test_new_invitation_spends_the_one_before(chief, in_heideblick):
    person = invite(chief)
    old = secret_in_mail()
    people.renew_invitation(person_id=person.pk, by=actor_for(chief), at=clock.now())

    with pytest.raises(InvitationSpent):
        invitations.open_invitation(hash_of_secret(old), at=clock.now())
    assert invitations.open_invitation(hash_of_secret(secret_in_mail()), at=clock.now()).person == person


def test_link_is_worthless_at_the_neighbour(heideblick, luckau):
    with context.enter(heideblick):
        invite(make_person("administrator"))
        secret = secret_in_mail()

    assert client_for(None, luckau).get(f"/konto/einladung/{secret}/", follow=True).status_code == 410


def test_address_is_unique_whatever_its_case(chief):
    make_person(email="ada@heideblick.example")

    with pytest.raises(AddressTaken):
        invite(chief, email="ADA@Heideblick.example")
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(pk=chief.pk).update(email="Ada@heideblick.EXAMPLE")


@pytest.mark.parametrize("role", ["operator", "king", ""])
def test_role_of_another_place_is_refused(chief, role):
    with pytest.raises(UnknownRole):
        invite(chief, role=role)


def test_role_holds_from_the_next_click(chief, in_heideblick):
    person = make_person("clerk")
    client = client_for(person, in_heideblick)
    assert client.get("/verwaltung/personen/").status_code == 403

    people.change_role(person_id=person.pk, role="administrator", by=actor_for(chief), at=clock.now())

    assert client.get("/verwaltung/personen/")["Location"] == "/konto/zweiter-faktor/noetig/"
    assert AuditEntry.objects.get(action="accounts.person.role_changed").changes == {
        "role": ["clerk", "administrator"]
    }


def test_last_administrator_can_neither_be_demoted_nor_deactivated(chief):
    with pytest.raises(LastAdministrator):
        people.change_role(person_id=chief.pk, role="clerk", by=actor_for(chief), at=clock.now())
    with pytest.raises(LastAdministrator):
        people.deactivate_person(person_id=chief.pk, by=actor_for(chief), at=clock.now())


def test_invited_and_closed_administrators_do_not_count(chief):
    make_person("administrator", is_active=False)
    invite(chief, role="administrator")

    with pytest.raises(LastAdministrator):
        people.deactivate_person(person_id=chief.pk, by=actor_for(chief), at=clock.now())


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("step", ["demote", "deactivate"])
def test_two_administrators_removing_each_other_at_once_leave_one(heideblick, step):
    with context.enter(heideblick):
        pair = [make_person("administrator"), make_person("administrator")]
    start, refused = threading.Barrier(2), []

    def remove(victim: Person, by: Person) -> None:
        with context.enter(heideblick):
            start.wait()
            try:
                if step == "demote":
                    people.change_role(person_id=victim.pk, role="clerk", by=actor_for(by), at=clock.now())
                else:
                    people.deactivate_person(person_id=victim.pk, by=actor_for(by), at=clock.now())
            except LastAdministrator as refusal:
                refused.append(refusal)
        connections.close_all()

    threads = [
        threading.Thread(target=remove, args=(pair[0], pair[1])),
        threading.Thread(target=remove, args=(pair[1], pair[0])),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with context.enter(heideblick):
        assert Person.objects.filter(role="administrator", is_active=True).count() == 1
    assert len(refused) == 1


def test_leaving_ends_sessions_and_keeps_the_name(chief, in_heideblick):
    person = make_person()
    client = client_for(person, in_heideblick)

    people.deactivate_person(person_id=person.pk, by=actor_for(chief), at=clock.now())

    assert client.get("/konto/").status_code == 302
    assert not Session.objects.filter(person=person).exists()
    person.refresh_from_db()
    assert person.is_deactivated
    assert person.name
    people.reactivate_person(person_id=person.pk, by=actor_for(chief), at=clock.now())
    person.refresh_from_db()
    assert person.is_active


def test_withdrawn_invitation_does_not_open_anything(chief):
    person = invite(chief)
    secret = secret_in_mail()

    people.deactivate_person(person_id=person.pk, by=actor_for(chief), at=clock.now())

    with pytest.raises(InvitationSpent):
        invitations.accept_invitation(fingerprint=hash_of_secret(secret), password=NEW, at=clock.now())
    people.reactivate_person(person_id=person.pk, by=actor_for(chief), at=clock.now())
    assert invitations.accept_invitation(
        fingerprint=hash_of_secret(secret_in_mail()), password=NEW, at=clock.now()
    ).is_active


class Desk:
    """A module with open work."""

    def __init__(self) -> None:
        self.assigned: dict[int, int] = {}

    def count(self, person_id: int) -> int:
        return self.assigned.get(person_id, 0)

    def reassign(self, *, from_person: int, to_person: int, **_who_and_when) -> int:
        moved = self.assigned.pop(from_person, 0)
        self.assigned[to_person] = self.assigned.get(to_person, 0) + moved
        return moved


def test_open_work_is_handed_over_first(chief, monkeypatch):
    desk, leaving, staying, closed = Desk(), make_person(), make_person(), make_person(is_active=False)
    desk.assigned = {leaving.pk: 2}
    monkeypatch.setattr(handover, "_sources", lambda: iter([desk]))
    leave = {"person_id": leaving.pk, "by": actor_for(chief)}

    with pytest.raises(WorkIsOpen, match="2 offene Vorgänge"):
        people.deactivate_person(**leave, at=clock.now())
    for nobody in (leaving.pk, closed.pk, 10**9):
        with pytest.raises(Invalid):
            people.deactivate_person(**leave, successor_id=nobody, at=clock.now())
    people.deactivate_person(**leave, successor_id=staying.pk, at=clock.now())

    assert desk.assigned == {staying.pk: 2}
    assert AuditEntry.objects.get(action="accounts.person.deactivated").changes["handed_over"] == 2


def test_lost_factor_is_reset_with_a_reason(chief, in_heideblick):
    person = people.create_person(
        email="mit@heideblick.example",
        name="Mit",
        role="clerk",
        password=PASSWORD,
        totp_secret="JBSWY3DPEHPK3PXP",
        by=SYSTEM,
        at=clock.now(),
    )
    client = client_for(person, in_heideblick)

    factors.reset_factors(person_id=person.pk, reason="Telefon verloren", by=actor_for(chief), at=clock.now())

    assert client.get("/konto/").status_code == 302
    entry = AuditEntry.objects.get(action="accounts.factor.reset")
    assert (entry.reason, entry.changes["types"]) == ("Telefon verloren", ["totp"])
    assert Outbox.objects.filter(
        kind="accounts_security_notice", reference=f"accounts.person:{person.pk}"
    ).exists()
    with pytest.raises(Conflict):
        factors.reset_factors(person_id=person.pk, reason="x", by=actor_for(chief), at=clock.now())


def test_making_the_same_account_twice_changes_nothing(in_heideblick):
    given = {
        "email": "b@heideblick.example",
        "name": "B",
        "role": "clerk",
        "password": PASSWORD,
        "totp_secret": "JBSWY3DPEHPK3PXP",
        "by": SYSTEM,
    }

    first = people.create_person(**given, at=clock.now())
    rows = AuditEntry.objects.count()
    second = people.create_person(**given, at=clock.now())

    assert first == second
    assert AuditEntry.objects.count() == rows


def test_people_stand_in_the_order_people_expect(in_heideblick):
    for name in ("Zossen", "Übersee", "Ämter", "Amt", "beelitz"):
        make_person(name=name)

    assert [found.name for found in people_who_may("nothing")] == []
    names = list(Person.objects.active().order_by("sort_name").values_list("name", flat=True))
    assert names == ["Amt", "Ämter", "beelitz", "Übersee", "Zossen"]


def test_onboarding_invited_the_first_administration_once(in_heideblick):
    first = Person.objects.get(role="administrator")

    assert (first.email, first.is_invited) == ("it@heideblick.example", True)
    assert (
        Outbox.objects.filter(kind="accounts_invitation", reference=f"accounts.person:{first.pk}").count()
        == 1
    )


@pytest.mark.django_db(transaction=True)
def test_command_line_invites_where_nobody_can_yet(heideblick, cli):
    done = cli("accounts", "invite", "--email", "b@verbund.example", "--name", "Bea", "--role", "operator")
    here = cli(
        "accounts",
        "invite",
        "--email",
        "a@h.example",
        "--name",
        "Ada",
        "--role",
        "administrator",
        "--tenant",
        "heideblick",
    )
    refused = cli("accounts", "invite", "--email", "x@verbund.example", "--name", "X", "--role", "king")
    nowhere = cli(
        "accounts",
        "invite",
        "--email",
        "x@h.example",
        "--name",
        "X",
        "--role",
        "clerk",
        "--tenant",
        "nirgendwo",
    )

    assert (done.returncode, here.returncode) == (0, 0), done.stderr + here.stderr
    assert (refused.returncode, nowhere.returncode) == (2, 2)
    assert "einladung/" not in done.stdout + done.stderr
    with context.enter_association():
        assert Person.objects.get(email="b@verbund.example").is_invited
    with context.enter(heideblick):
        assert Person.objects.get(email="a@h.example").role == "administrator"
