# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Support access as it is meant: asked for with a reason, seen by everybody there, recorded with the operator's name."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP

from tests.factories.accounts import client_for, make_person
from tests.factories.defects import make_report
from tests.factories.sessions import signed_in
from tests.factories.support import REASON, let_in, make_grant, make_operator
from verbund.accounts.models import Person
from verbund.accounts.reach.services import set_reach
from verbund.audit.models import AuditEntry
from verbund.kernel import clock, context
from verbund.kernel.actors import SYSTEM
from verbund.support import grants
from verbund.support.models import Grant
from verbund.support.tasks import expire

AT = "/kommunen/heideblick/fernzugriff/"
THERE = "/verwaltung/fernzugriff/"
GIVEN = {"reason": REASON, "minutes": "60"}


def approval_wanted(municipality):
    with context.enter(municipality):
        grants.set_approval(needs_approval=True, by=SYSTEM, at=clock.now())


def test_operator_asks_fetches_the_link_and_is_in(heideblick, client_of):
    operator = signed_in("operator", name="Olga Betrieb")
    assert operator.post(f"{AT}beantragen/", GIVEN).status_code == 302
    with context.enter(heideblick):
        grant = Grant.objects.get()

    page = operator.post(f"{AT}{grant.pk}/link/").content.decode()

    path = re.search(
        r'href="http://heideblick\.localhost(?::\d+)?(/verwaltung/fernzugriff/einlass/[\w-]{43}/)"', page
    )[1]
    there = client_of(heideblick)
    entrance = there.get(path)
    assert entrance["Cache-Control"]
    secret = re.search(r'name="secret" value="([\w-]+)"', entrance.content.decode())[1]
    assert there.post(f"{THERE}beginnen/", {"secret": secret})["Location"] == "/verwaltung/"
    inbox = there.get("/verwaltung/").content.decode()
    assert "Olga Betrieb" in inbox
    assert there.get("/verwaltung/maengel/").status_code == 200
    with context.enter(heideblick):
        assert Person.objects.filter(name="Olga Betrieb").count() == 0, "no copied account"


def test_asking_takes_a_fresh_second_factor(heideblick):
    with context.enter_association():
        person = make_person("operator")
        TOTP.activate(person, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    stale = client_for(person)
    grant = make_grant(heideblick, person)

    for answer in (
        stale.get(f"{AT}beantragen/"),
        stale.post(f"{AT}beantragen/", GIVEN),
        stale.post(f"{AT}{grant.pk}/link/"),
    ):
        assert answer["Location"].startswith("/konto/bestaetigen/code/")
    with context.enter(heideblick):
        assert [found.link_hash for found in Grant.objects.all()] == [""]


@pytest.mark.parametrize("role", ["finance", "auditor"])
def test_only_operators_ask(heideblick, role):
    assert signed_in(role).post(f"{AT}beantragen/", GIVEN).status_code == 403


def test_an_operator_of_other_members_does_not_ask(heideblick, luckau):
    client = signed_in("operator")
    with context.enter_association():
        set_reach(person_id=client.person.pk, tenants=[luckau.number], by=SYSTEM, at=clock.now())

    assert client.get(AT).status_code == 404
    assert client.post(f"{AT}beantragen/", GIVEN).status_code == 404
    assert client.get("/kommunen/luckau/fernzugriff/").status_code == 200


@pytest.mark.parametrize(
    "wrong", [{"minutes": "481"}, {"minutes": "100000"}, {"reason": ""}, {"minutes": ""}]
)
def test_no_longer_than_a_day_of_work_and_never_without_reason(heideblick, wrong):
    answer = signed_in("operator").post(f"{AT}beantragen/", {**GIVEN, **wrong})

    assert answer.status_code == 422
    with context.enter(heideblick):
        assert not Grant.objects.exists()


def test_one_at_a_time(heideblick):
    client = signed_in("operator")
    client.post(f"{AT}beantragen/", GIVEN)

    answer = client.post(f"{AT}beantragen/", GIVEN)

    assert answer.status_code == 422
    assert "schon einen Fernzugriff" in answer.content.decode()


def test_everybody_there_sees_it_on_every_page(heideblick, luckau):
    clerk, neighbour = signed_in("clerk", heideblick), signed_in("clerk", luckau)
    assert "Fernzugriff:" not in clerk.get("/verwaltung/").content.decode()
    make_grant(heideblick)

    for path in ("/verwaltung/", "/verwaltung/maengel/", "/konto/"):
        page = clerk.get(path).content.decode()
        assert "Fernzugriff: Olga Betrieb vom Verband liest hier mit, bis" in page
        assert REASON in page
        assert THERE not in page, "a clerk cannot end it"
    assert THERE in signed_in("administrator", heideblick).get("/verwaltung/").content.decode()
    assert "Olga Betrieb" not in neighbour.get("/verwaltung/").content.decode()


def test_citizens_see_nothing_of_it(heideblick, client_of):
    make_grant(heideblick)

    assert "Olga" not in client_of(heideblick).get("/").content.decode()
    assert "Olga" not in client_of(heideblick).get("/konto/anmelden/").content.decode()


def test_what_is_done_under_it_is_recorded_with_the_operators_name(heideblick):
    client = let_in(heideblick, may_change=True)
    with context.enter(heideblick):
        report = make_report()

    answer = client.post(f"/verwaltung/maengel/{report.reference}/notiz/", {"notiz-text": "Mast 7"})

    assert answer.status_code == 302
    with context.enter(heideblick):
        rows = AuditEntry.objects.filter(request_id=answer["X-Request-ID"])
        assert rows
        assert {(row.actor_kind, row.actor_role, row.acting_for, row.actor_id) for row in rows} == {
            ("support", "support", "Olga Betrieb", str(client.grant.pk))
        }
    record = signed_in("administrator", heideblick).get("/verwaltung/protokoll/?wer=support").content.decode()
    assert "Fernzugriff: Olga Betrieb" in record
    assert REASON in record


def test_both_sides_record_how_it_went(heideblick):
    operator = make_operator()
    client = let_in(heideblick, make_grant(heideblick, operator))
    client.post(f"{THERE}verlassen/")

    with context.enter(heideblick):
        rows = AuditEntry.objects.filter(action__startswith="support.").order_by("pk")
        assert [row.action.rpartition(".")[2] for row in rows] == [
            "requested",
            "link_issued",
            "entered",
            "ended",
        ]
    with context.enter_association():
        row = AuditEntry.objects.get(action="support.access.requested")
        assert (row.actor_id, row.reason) == (str(operator.pk), REASON)
        assert row.subject == f"tenants.tenant:{heideblick.number}"


def test_contact_data_of_citizens_stays_closed(heideblick):
    client = let_in(heideblick, may_change=True)
    with context.enter(heideblick):
        report = make_report(email="erika@muster.example", name="Erika Muster")

    page = client.get(f"/verwaltung/maengel/{report.reference}/")

    assert page.status_code == 200
    assert "erika@muster.example" not in page.content.decode()
    assert client.post(f"/verwaltung/maengel/{report.reference}/kontakt/").status_code in {403, 404}


def test_guest_reads_by_api_and_changes_nothing(heideblick):
    client = let_in(heideblick)
    with context.enter(heideblick):
        report = make_report()
    path = f"/api/v1/defects/reports/{report.reference}/"

    assert client.get(path).status_code == 200
    answer = client.post(f"{path}state/", {"state": "IN_REVIEW"}, content_type="application/json")
    assert answer.status_code == 403
    assert answer.json()["detail"] == "Dieser Fernzugriff darf nur lesen."


def test_approval_comes_first_where_it_is_wanted(heideblick):
    approval_wanted(heideblick)
    operator = signed_in("operator", name="Olga Betrieb")
    operator.post(f"{AT}beantragen/", GIVEN)
    with context.enter(heideblick):
        grant = Grant.objects.get()
    assert operator.post(f"{AT}{grant.pk}/link/").status_code == 409
    clerk, admin = signed_in("clerk", heideblick), signed_in("administrator", heideblick)
    assert "bittet um Fernzugriff" not in clerk.get("/verwaltung/").content.decode()
    assert "Olga Betrieb vom Verband bittet um Fernzugriff" in admin.get("/verwaltung/").content.decode()
    assert clerk.post(f"{THERE}{grant.pk}/freigeben/").status_code == 403

    admin.post(f"{THERE}{grant.pk}/freigeben/")

    with context.enter(heideblick):
        grant.refresh_from_db()
        assert grant.is_open(clock.now())
        assert grant.decided_by == str(admin.person.pk)
    assert operator.post(f"{AT}{grant.pk}/link/").status_code == 200


def test_a_refused_request_stays_refused(heideblick):
    approval_wanted(heideblick)
    grant, admin = make_grant(heideblick), signed_in("administrator", heideblick)

    admin.post(f"{THERE}{grant.pk}/ablehnen/")

    assert admin.post(f"{THERE}{grant.pk}/freigeben/").status_code == 409
    assert "abgelehnt" in admin.get(THERE).content.decode()


def test_an_unanswered_request_is_forgotten_after_a_day(heideblick, time_machine):
    now = clock.now()
    approval_wanted(heideblick)
    grant = make_grant(heideblick)
    time_machine.move_to(now + timedelta(hours=24, minutes=1), tick=False)

    admin = signed_in("administrator", heideblick)

    assert admin.post(f"{THERE}{grant.pk}/freigeben/").status_code == 409
    assert "bittet um Fernzugriff" not in admin.get("/verwaltung/").content.decode()


def test_the_end_by_time_is_recorded(heideblick, time_machine):
    now = clock.now()
    grant = make_grant(heideblick, minutes=30)
    time_machine.move_to(now + timedelta(minutes=31), tick=False)

    with context.enter(heideblick):
        assert expire.run() == 1
        assert expire.run() == 0
        grant.refresh_from_db()
        assert (grant.state, grant.ended_by) == ("ENDED", "time")
        assert AuditEntry.objects.filter(action="support.access.ended").count() == 1


def test_after_its_time_the_operator_may_ask_again(heideblick, time_machine):
    now, operator = clock.now(), make_operator()
    make_grant(heideblick, operator, minutes=30)
    time_machine.move_to(now + timedelta(minutes=31), tick=False)

    assert make_grant(heideblick, operator).is_open(clock.now())


def test_operator_ends_it_from_the_console(heideblick):
    operator = signed_in("operator")
    client = let_in(heideblick, make_grant(heideblick, operator.person))

    assert operator.post(f"{AT}{client.grant.pk}/beenden/").status_code == 302

    assert client.get("/verwaltung/")["Location"] == f"{THERE}beendet/"
    assert "vom Verband beendet" in operator.get(AT).content.decode()
    assert signed_in("operator").post(f"{AT}{client.grant.pk}/beenden/").status_code == 404, "not another's"


def test_a_suspended_member_is_not_entered(heideblick):
    from tenants.models import Tenant

    client = signed_in("operator")
    with context.enter_association():
        Tenant.objects.filter(slug="luckau").update(state="SUSPENDED")

    assert client.get("/kommunen/luckau/fernzugriff/").status_code == 404


@pytest.mark.parametrize("more", [0, 2])
def test_notices_cost_one_query(heideblick, django_assert_num_queries, more):
    for _ in range(more):
        make_grant(heideblick, make_operator())
    client = signed_in("clerk", heideblick)
    client.get("/verwaltung/")

    with django_assert_num_queries(8):  # session, person, factor, the inbox with its people, badge, grants
        client.get("/verwaltung/")
