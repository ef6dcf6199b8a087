# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Somebody of the association who looks after some members sees and touches no other."""

from __future__ import annotations

import pytest

from tenants.models import Departure
from tests.factories.accounts import make_person
from tests.factories.onboarding import BESTENSEE, requested
from tests.factories.sessions import signed_in
from verbund.accounts.api import actor_for
from verbund.accounts.reach import api as reach
from verbund.accounts.reach.models import Reach
from verbund.accounts.reach.services import set_reach
from verbund.accounts.services.tokens import issue_token
from verbund.kernel import clock, context
from verbund.kernel.actors import SYSTEM
from verbund.kernel.errors import Forbidden, Invalid, NotFound


def limit(person, *members):
    with context.enter_association():
        set_reach(person_id=person.pk, tenants=[m.number for m in members], by=SYSTEM, at=clock.now())


@pytest.fixture
def limited(heideblick, luckau):
    """An operator who looks after Heideblick; Luckau is there and tempting."""
    client = signed_in("operator")
    assert client.get("/kommunen/luckau/").status_code == 200
    limit(client.person, heideblick)
    return client


@pytest.mark.parametrize(
    "path",
    [
        "/kommunen/{}/",
        "/kommunen/{}/einrichtung/",
        "/kommunen/{}/einrichtung/stand/",
        "/nutzung/{}/http.requests/",
        "/auftragsverarbeitung/kommunen/{}/",
        "/api/v1/tenants/{}/",
    ],
)
def test_pages_of_other_members_do_not_exist(limited, path):
    assert limited.get(path.format("heideblick")).status_code in {200, 286}
    assert limited.get(path.format("luckau")).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/kommunen/",
        "/nutzung/",
        "/nutzung/liste/",
        "/auftragsverarbeitung/",
        "/api/v1/tenants/",
        "/api/v1/usage/",
    ],
)
def test_lists_hold_no_other_member(limited, luckau, path):
    from verbund.metering.models import UsageDay

    with context.enter_association():
        UsageDay.objects.create(
            day=clock.today(), tenant=luckau.number, meter="http.requests", quantity=77_777, n=1
        )
    unlimited = signed_in("operator").get(path).getvalue().decode()
    page = limited.get(path).getvalue().decode()

    assert "uckau" in unlimited
    assert "uckau" not in page
    assert "77777" not in page.replace(".", "")


def test_a_key_sees_no_more_than_whoever_issued_it(limited, client_of):
    with context.enter_association():
        Reach.objects.all().delete()
        by = actor_for(limited.person)
        _token, key = issue_token(name="Programm", scopes=["tenants:tenant:read"], by=by, at=clock.now())
    program = client_of(None, HTTP_AUTHORIZATION=f"Bearer {key}")
    assert program.get("/api/v1/tenants/luckau/").status_code == 200

    from tenants import directory

    limit(limited.person, directory.by_slug("heideblick"))

    assert program.get("/api/v1/tenants/luckau/").status_code == 404
    assert program.get("/api/v1/tenants/heideblick/").status_code == 200


def test_a_key_loses_what_its_issuer_lost_by_the_limit(limited, heideblick, client_of):
    with context.enter_association():
        Reach.objects.all().delete()
        by = actor_for(limited.person)
        _token, key = issue_token(name="Aufnahme", scopes=["tenants:tenant:onboard"], by=by, at=clock.now())
    program = client_of(None, HTTP_AUTHORIZATION=f"Bearer {key}")
    assert program.post("/api/v1/tenants/", {}, content_type="application/json").status_code in {400, 422}

    limit(limited.person, heideblick)

    answer = program.post("/api/v1/tenants/", {}, content_type="application/json")
    assert answer.status_code in {401, 403}


def test_keys_of_other_members_are_neither_shown_nor_renewed(limited):
    page = limited.get("/schluessel/").content.decode()

    assert "Heideblick" in page
    assert "Luckau" not in page
    assert limited.post("/schluessel/erneuern/", {"slug": "*"}).status_code == 403


def test_departures_of_other_members_do_not_exist(limited, luckau):
    with context.enter_association():
        Departure.objects.create(
            tenant_id=luckau.number, slug="luckau", name="Luckau", reason="Austritt", requested_by="1",
            requested_at=clock.now(), drop_after=clock.now(), finished_at=clock.now(), record_pdf=b"%PDF-",
        )  # fmt: skip
    path = f"/ausgeschieden/{luckau.number}/"
    assert signed_in("operator").get(path).status_code == 200

    assert limited.get(path).status_code == 404
    assert limited.get(f"{path}loeschprotokoll.pdf").status_code == 404


@pytest.mark.parametrize(
    "path", ["/personen/", "/personen/einladen/", "/zugangsschluessel/", "/kommunen/neu/", "/protokoll/"]
)
def test_ways_around_the_limit_are_closed(limited, path):
    assert limited.get(path).status_code == 403


def test_what_concerns_all_is_not_for_the_limited(limited):
    answer = limited.get("/auftragsverarbeitung/neue-fassung/")

    assert answer.status_code == 403
    assert "betrifft alle Kommunen" in answer.content.decode()


def test_nobody_changes_their_own_or_anothers_limit_while_limited(limited, heideblick):
    other = signed_in("operator")
    with context.enter_association():
        third = make_person("operator")
        for person, by in ((other.person, actor_for(other.person)), (third, actor_for(limited.person))):
            with pytest.raises(Forbidden):
                set_reach(person_id=person.pk, tenants=[heideblick.number], by=by, at=clock.now())


def test_another_operator_sets_the_limit_on_the_persons_page(heideblick, luckau):
    client, person = signed_in("operator"), signed_in("operator").person
    assert "Alle Kommunen." in client.get(f"/personen/{person.pk}/").content.decode()

    answer = client.post(f"/personen/{person.pk}/kommunen/", {"tenants": [str(luckau.number)]})

    assert answer.status_code == 302
    assert "Nur 1 Kommune." in client.get(f"/personen/{person.pk}/").content.decode()
    with context.enter_association():
        assert reach.of(actor_for(person)) == {luckau.number}
        with pytest.raises(NotFound):
            reach.check(actor_for(person), heideblick.number)


def test_only_members_can_be_chosen(in_association):
    with pytest.raises(Invalid):
        set_reach(person_id=make_person("operator").pk, tenants=[424242], by=SYSTEM, at=clock.now())


def test_a_municipalitys_staff_has_no_such_page(heideblick):
    client = signed_in("administrator", heideblick)

    assert client.get(f"/verwaltung/personen/{client.person.pk}/kommunen/").status_code == 404


def test_a_waiting_member_is_not_seen_either(limited):
    requested(**BESTENSEE)

    assert limited.get("/kommunen/bestensee/einrichtung/").status_code == 404
    assert "Bestensee" not in limited.get("/").content.decode()
