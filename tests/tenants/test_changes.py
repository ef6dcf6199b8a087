# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Names, hosts and bodies change on a day; what was before stays known, and old addresses lead on for a while."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from tenants import directory
from tenants.changes import apply_due, request_change, withdraw_change
from tenants.master_data import ChangeRefused, Wanted
from tenants.models import Body, Host, MasterDataChange, Tenant
from tenants.onboarding_input import BodyInput
from tests.factories.sessions import signed_in
from tests.factories.tenants import put
from verbund.audit.models import AuditEntry
from verbund.kernel import clock, context
from verbund.kernel.actors import SYSTEM
from verbund.kernel.errors import Conflict

LUCKAU, LUEBBEN = "12061320", "12061316"


@pytest.fixture(autouse=True)
def asks_anew():
    directory.forget()
    yield
    directory.forget()


def changed(municipality, *, on=None, at=None, **values):
    at = at or clock.now()
    wanted = Wanted(takes_effect_on=on or clock.day_of(at), **values)
    return request_change(number=municipality.number, wanted=wanted, by=SYSTEM, at=at, reason="Probe")


def tenant_of(municipality):
    with context.enter_association():
        return Tenant.objects.get(pk=municipality.number)


def refused(municipality, **values):
    with pytest.raises(ChangeRefused) as refusal:
        changed(municipality, **values)
    return refusal.value.fields


def test_change_for_today_holds_at_once_and_both_records_know(heideblick):
    made = changed(heideblick, name="Heideblick am Wald", slug="heideblick-neu")

    assert made.before == {"name": "Heideblick", "slug": "heideblick"}
    assert directory.by_slug("heideblick-neu").name == "Heideblick am Wald"
    for scope in (context.enter_association(), context.enter(heideblick)):
        with scope:
            assert AuditEntry.objects.filter(action="tenants.change.applied", reason="Probe").count() == 1


def test_later_change_waits_for_its_day(heideblick):
    day = clock.today() + timedelta(days=30)
    made = changed(heideblick, on=day, name="Neuheide")

    noon = datetime(day.year, day.month, day.day, 11, tzinfo=clock.BERLIN)
    assert apply_due(at=noon - timedelta(days=1)) == 0
    assert tenant_of(heideblick).name == "Heideblick"
    assert apply_due(at=noon) == 1
    assert tenant_of(heideblick).name == "Neuheide"
    assert apply_due(at=noon) == 0, "once"
    with context.enter_association():
        assert MasterDataChange.objects.get(pk=made.pk).before == {"name": "Heideblick"}


def test_withdrawn_change_never_holds(heideblick):
    day = clock.today() + timedelta(days=1)
    made = changed(heideblick, on=day, name="Neuheide")

    withdraw_change(number=heideblick.number, change_id=made.pk, by=SYSTEM, at=clock.now())

    assert apply_due(at=clock.now() + timedelta(days=2)) == 0
    with pytest.raises(Conflict):
        withdraw_change(number=heideblick.number, change_id=made.pk, by=SYSTEM, at=clock.now())


def test_change_that_no_longer_holds_is_kept_with_its_reason(heideblick, luckau):
    day = clock.today() + timedelta(days=1)
    made = changed(heideblick, on=day, slug="frei")
    changed(luckau, slug="frei")

    assert apply_due(at=clock.now() + timedelta(days=2)) == 0
    with context.enter_association():
        assert "vergeben" in MasterDataChange.objects.get(pk=made.pk).refusal


def test_old_host_leads_on_for_a_while_and_is_then_nobody_s(heideblick, settings):
    changed(heideblick, add_hosts=("heide.example",), drop_hosts=("heideblick.localhost",))

    old = Client(HTTP_HOST="heideblick.localhost")
    for method in ("get", "head"):
        answer = getattr(old, method)("/maengel/?ampel=red")
        assert answer.status_code == 308
        assert answer["Location"] == settings.VERBUND.url("heide.example", "/maengel/?ampel=red")
        assert "max-age=3600" in answer["Cache-Control"]
    assert old.post("/maengel/melden/").status_code == 404, "what was sent does not travel on by itself"
    assert Client(HTTP_HOST="heide.example").get("/").status_code == 200

    later = clock.now() + timedelta(days=settings.VERBUND.host_redirect_days + 1)
    with context.enter_association():
        Host.objects.filter(domain="heideblick.localhost").update(redirects_until=clock.now())
    directory.forget()
    unknown = Client(HTTP_HOST="niegewesen.localhost").get("/")
    assert old.get("/").content == unknown.content
    apply_due(at=later)
    with context.enter_association():
        assert not Host.objects.filter(domain="heideblick.localhost").exists()


def test_old_host_of_a_suspended_municipality_tells_nothing(heideblick):
    changed(heideblick, add_hosts=("heide.example",), drop_hosts=("heideblick.localhost",))
    put(heideblick, "SUSPENDED")

    assert Client(HTTP_HOST="heideblick.localhost").get("/").status_code == 404


def test_host_that_was_given_up_may_come_back(heideblick):
    changed(heideblick, add_hosts=("heide.example",), drop_hosts=("heideblick.localhost",))
    changed(heideblick, add_hosts=("heideblick.localhost",), primary_host="heideblick.localhost")

    assert directory.by_host("heideblick.localhost").hosts == ("heideblick.localhost", "heide.example")


def test_body_moves_to_another_member_without_a_day_between(heideblick, luckau, monkeypatch):
    day = clock.today() + timedelta(days=10)
    with context.enter_association():
        Tenant.objects.filter(pk=heideblick.number).update(kind="amt")
        Tenant.objects.filter(pk=luckau.number).update(kind="amt")
    body = BodyInput(ags=LUCKAU, name="Luckau")
    assert "gehört schon" in refused(heideblick, on=day, add_bodies=(body,))["body"]

    changed(luckau, on=day, end_bodies=(LUCKAU,), add_bodies=(BodyInput(ags=LUEBBEN, name="Lübben"),))
    changed(heideblick, on=day, add_bodies=(body,))
    monkeypatch.setattr(clock, "today", lambda: day)
    apply_due(at=clock.now() + timedelta(days=11))

    with context.enter_association():
        rows = Body.objects.filter(ags=LUCKAU).order_by("valid_from")
        assert [(row.tenant_id, row.valid_to) for row in rows] == [
            (luckau.number, day),
            (heideblick.number, None),
        ]


@pytest.mark.parametrize(
    ("values", "field", "part"),
    [
        ({}, "name", "ändert sich nichts"),
        ({"slug": "luckau"}, "slug", "vergeben"),
        ({"slug": "verbund"}, "slug", "reserviert"),
        ({"add_hosts": ("luckau.localhost",)}, "host", "gehört schon"),
        ({"drop_hosts": ("heideblick.localhost",)}, "host", "Mindestens ein Host"),
        ({"drop_hosts": ("luckau.localhost",)}, "host", "gehört nicht"),
        ({"end_bodies": ("12061219",)}, "body", "kam erst"),
        ({"add_bodies": (BodyInput(ags=LUCKAU, name="Luckau"),)}, "body", "Nur ein Amt"),
        ({"ars": "1206"}, "ars", "12 Ziffern"),
        ({"name": "Neu", "on": date(2020, 1, 1)}, "from", "Vergangenheit"),
    ],
)
def test_reasons_stand_at_their_fields(heideblick, luckau, values, field, part):
    assert part in refused(heideblick, **values)[field]


@pytest.mark.parametrize(
    "break_it",
    [
        lambda tenant: Tenant.objects.filter(pk=tenant.pk).update(schema_name="m_999999"),
        lambda tenant: Host.objects.bulk_create(
            [Host(tenant=tenant, domain="GROSS.example", is_primary=False)]
        ),
        lambda tenant: Host.objects.bulk_create(
            [Host(tenant=tenant, domain="zwei.example", is_primary=True)]
        ),
        lambda tenant: Host.objects.filter(tenant=tenant).update(redirects_until=clock.now()),
        lambda tenant: Body.objects.create(
            tenant=tenant,
            ags=LUCKAU,
            ars="",
            name="x",
            valid_from=date(2020, 1, 1),
            valid_to=date(2099, 1, 1),
        ),
        lambda tenant: Body.objects.create(
            tenant=tenant,
            ags=LUEBBEN,
            ars="",
            name="x",
            valid_from=date(2020, 1, 2),
            valid_to=date(2020, 1, 2),
        ),
    ],
)
def test_the_database_keeps_the_rules_itself(heideblick, luckau, break_it):
    with pytest.raises(IntegrityError), context.enter_association(), transaction.atomic():
        break_it(Tenant.objects.get(pk=heideblick.number))


def test_operator_changes_and_takes_back_in_the_console(heideblick):
    client = signed_in("operator")
    form = client.get("/kommunen/heideblick/stammdaten/").context["form"]
    given = {field.name: field.value() for field in form if field.value() is not None}
    day = clock.today() + timedelta(days=40)
    given |= {"name": "Neuheide", "takes_effect_on": f"{day:%d.%m.%Y}", "reason": "Beschluss 12/2026"}

    answer = client.post("/kommunen/heideblick/stammdaten/", given)

    assert answer["Location"] == "/kommunen/heideblick/"
    page = client.get(answer["Location"]).content.decode()
    assert "Name: Neuheide" in page
    assert "vorgemerkt" in page
    with context.enter_association():
        made = MasterDataChange.objects.get()
        assert made.after == {"name": "Neuheide"}, "only what differs"
    client.post(f"/kommunen/heideblick/stammdaten/{made.pk}/zurueck/")
    assert "zurückgenommen" in client.get("/kommunen/heideblick/").content.decode()
    wrong = client.post("/kommunen/heideblick/stammdaten/", {**given, "hosts": "luckau.localhost"})
    assert wrong.status_code == 422
    assert "gehört schon" in " ".join(wrong.context["form"].errors["hosts"])


@pytest.mark.django_db(transaction=True)
def test_command_line_changes(cli):
    done = cli(
        "tenants",
        "change",
        "--slug",
        "luckau",
        "--host",
        "+www.luckau.example",
        "--name",
        "Luckau/Łuków",
        "--json",
    )
    assert done.returncode == 0, done.stderr
    values = json.loads(done.stdout)
    assert values["hosts"] == ["luckau.localhost", "www.luckau.example"]
    assert values["changes"][0]["before"] == {"name": "Luckau"}

    refusal = cli("tenants", "change", "--slug", "luckau", "--host=-gibtsnicht.example")
    assert refusal.returncode == 2
    assert "gehört nicht zu dieser Kommune" in refusal.stderr
