# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""From the form to the last click: nothing without the mailbox's owner, everything with the link, and an end at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from tests.factories.defects import make_address, make_report, middle
from tests.factories.subscriptions import ERIKA, around, ask_for, mails, secret_in, subscribe, wish
from verbund.audit.models import AuditEntry
from verbund.kernel import clock, context
from verbund.kernel.actors import CITIZEN
from verbund.subscriptions import sending, services
from verbund.subscriptions.areas import Area
from verbund.subscriptions.happenings import spread
from verbund.subscriptions.models import Notice, Rhythm, Subscription

_FORM = {
    "where": "umkreis",
    "address": "Hauptstraße 12",
    "radius_m": "500",
    "topics": "defects.report",
    "rhythm": "weekly",
    "email": ERIKA,
    "website": "",
}


def test_asked_for_on_the_page_and_confirmed_by_the_link(heideblick, client_of):
    with context.enter(heideblick):
        make_address()
    client = client_of(heideblick)

    assert client.post("/mein-ort/", _FORM)["Location"] == "/mein-ort/unterwegs/"
    with context.enter(heideblick):
        link = f"/mein-ort/{secret_in(mails().get())}/"
    pages = [client.get(link) for _time in range(3)]

    assert {page.status_code for page in pages} == {200}
    assert pages[0]["Referrer-Policy"] == "same-origin"
    with context.enter(heideblick):
        assert Subscription.objects.get().confirmed_at is None, "opening confirms nothing"
    assert client.post(f"{link}bestaetigen/").status_code == 302
    shown = client.get(link).content.decode()
    assert "500 m um Hauptstraße 12" in shown
    assert ERIKA not in shown
    with context.enter(heideblick):
        row = Subscription.objects.get()
        assert (row.rhythm, row.radius_m, (row.latitude, row.longitude)) == (
            Rhythm.WEEKLY,
            500,
            tuple(round(number, 6) for number in middle()),
        )


def test_known_or_not_the_answer_is_the_same_and_the_owner_gets_the_link_once(heideblick, client_of):
    with context.enter(heideblick):
        subscribe(area=Area(), rhythm=Rhythm.WEEKLY)
    whole = {**_FORM, "where": "ort", "address": ""}
    client = client_of(heideblick)

    answers = [
        client.post("/mein-ort/", {**whole, "email": email}) for email in (ERIKA, ERIKA, "neu@muster.example")
    ]

    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, "/mein-ort/unterwegs/")}
    with context.enter(heideblick):
        kinds = list(mails().values_list("kind", flat=True))
        assert kinds == ["subscriptions/confirm", "subscriptions/known", "subscriptions/confirm"]
        assert Subscription.objects.filter(confirmed_at__isnull=False).count() == 1


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"email": "kaputt"}, "E-Mail-Adresse"),
        ({"address": ""}, "oder wählen Sie den ganzen Ort"),
        ({"address": "Nirgendweg 1"}, "Diese Adresse kennen wir nicht"),
        ({"address": "weg"}, "Bitte wählen Sie eine aus"),
        ({"topics": ""}, "Worüber"),
        ({"radius_m": "9999999"}, "Umkreis"),
        ({"website": "http://spam.example"}, "kam nicht an"),
    ],
)
def test_what_does_not_hold_comes_back_with_the_way_out(heideblick, client_of, changed, told):
    with context.enter(heideblick):
        make_address("Lindenweg", "1")
        make_address("Rosenweg", "1")

    answer = client_of(heideblick).post("/mein-ort/", {**_FORM, "address": "Lindenweg 1", **changed})

    assert answer.status_code == 422
    assert told in answer.content.decode()
    with context.enter(heideblick):
        assert not Subscription.objects.exists()


def test_the_place_of_a_report_is_filled_in(heideblick, client_of):
    with context.enter(heideblick):
        make_address()
        report = make_report()
    client = client_of(heideblick)
    page = client.get(f"/maengel/{report.reference}/").content.decode()
    link = page.split('href="/mein-ort/?')[1].split('"')[0].replace("&amp;", "&")

    shown = client.get(f"/mein-ort/?{link}").content.decode()

    assert 'value="Hauptstraße 12, 15926 Heideblick"' in shown
    assert client.get("/mein-ort/?lat=nan&lon=quatsch").status_code == 200


@pytest.mark.usefixtures("in_heideblick")
def test_nobodys_mailbox_is_filled():
    for radius in range(1, services.MOST_PER_DAY + 4):
        services.ask(email=ERIKA.upper(), wish=wish(area=around(radius)), by=CITIZEN, at=clock.now())

    assert mails().count() == services.MOST_PER_DAY


@pytest.mark.usefixtures("in_heideblick")
def test_neither_mailbox_nor_address_nor_link_is_readable_in_the_database():
    secret = subscribe().secret

    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(s)::text FROM subscriptions_subscription s")
        ((row,),) = cursor.fetchall()
        cursor.execute("SELECT row_to_json(o)::text FROM notify_outbox o")
        stored = row + "".join(text for (text,) in cursor.fetchall())
    for word in (ERIKA, "Hauptstraße", secret):
        assert word not in stored
        assert word.encode().hex() not in stored


@pytest.mark.usefixtures("in_heideblick")
def test_what_nobody_confirms_is_gone_after_seven_days(heideblick, client_of):
    long_ago = clock.now() - services.VALID
    secret = ask_for(at=long_ago)
    kept = subscribe("otto@muster.example", at=long_ago)
    with context.leave():
        assert client_of(heideblick).post(f"/mein-ort/{secret}/bestaetigen/").status_code == 410

    assert services.forget_unconfirmed(at=clock.now()) == 1

    assert list(Subscription.objects.values_list("pk", flat=True)) == [kept.pk]
    assert [mail.recipient for mail in mails()] == ["otto@muster.example"]


def test_one_click_ends_it_without_session_and_as_often_as_one_likes(heideblick, client_of):
    with context.enter(heideblick):
        row = subscribe()
        other = subscribe("otto@muster.example")
        make_report()
        spread()
        sending.send_due(at=clock.now())
    client = client_of(heideblick)
    client.handler.enforce_csrf_checks = True
    path = f"/mein-ort/{row.secret}/abbestellen/"
    assert client.get(path).status_code == 200, "looking ends nothing"

    answers = [client.post(path, {"List-Unsubscribe": "One-Click"}) for _time in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert not client.cookies
    with context.enter(heideblick):
        assert list(Subscription.objects.values_list("pk", flat=True)) == [other.pk]
        assert not Notice.objects.filter(subscription_id=row.pk).exists()
        assert {mail.recipient for mail in mails()} == {"otto@muster.example"}
        assert AuditEntry.objects.filter(action="subscriptions.subscription.ended").count() == 1
    assert client.get(f"/mein-ort/{row.secret}/").status_code == 410


def test_changed_paused_and_resumed_by_the_link(heideblick, client_of):
    with context.enter(heideblick):
        row = subscribe()
        make_report()
        spread()
    client = client_of(heideblick)
    link = f"/mein-ort/{row.secret}/"

    assert client.post(f"{link}pause/", {"pause": "an"}).status_code == 302
    assert "pausiert" in client.get(link).content.decode()
    with context.enter(heideblick):
        assert not Notice.objects.exists(), "what happened before the pause is not told after it"
    assert client.post(f"{link}pause/", {"pause": "aus"}).status_code == 302
    values = {
        "where": "umkreis",
        "address": row.address,
        "radius_m": "1000",
        "topics": "defects.report",
        "rhythm": "weekly",
    }
    assert client.post(link, values).status_code == 302
    with context.enter(heideblick):
        row.refresh_from_db()
        assert (row.radius_m, row.rhythm, row.paused_at) == (1000, Rhythm.WEEKLY, None)
        assert row.latitude == middle()[0], "an address that was found is not looked up again"


def test_the_neighbour_knows_no_such_link(heideblick, luckau, client_of):
    with context.enter(heideblick):
        row = subscribe()
    neighbour = client_of(luckau)
    link = f"/mein-ort/{row.secret}/"

    assert neighbour.get(link).status_code == 410
    assert neighbour.post(f"{link}pause/", {"pause": "an"}).status_code == 410
    neighbour.post(f"{link}abbestellen/")

    with context.enter(heideblick):
        assert Subscription.objects.get().paused_at is None


def test_the_neighbours_subscribers_hear_nothing(heideblick, luckau):
    with context.enter(luckau):
        subscribe(area=Area())
    with context.enter(heideblick):
        make_report()

    with context.enter(luckau):
        assert (spread(), sending.send_due(at=clock.now())) == (0, 0)


def test_where_nothing_can_be_subscribed_to_the_page_says_so(heideblick, client_of, monkeypatch):
    monkeypatch.setattr("verbund.subscriptions.views.active_topics", dict)
    monkeypatch.setattr("verbund.subscriptions.forms.active_topics", dict)

    page = client_of(heideblick).get("/mein-ort/")

    assert "noch nichts zu abonnieren" in page.content.decode()
    assert client_of(heideblick).post("/mein-ort/", _FORM).status_code == 422


def test_the_start_page_leads_there(heideblick, client_of):
    assert 'href="/mein-ort/"' in client_of(heideblick).get("/").content.decode()


def test_a_visitor_cannot_ask_without_end(heideblick, client_of):
    client = client_of(heideblick)
    whole = {**_FORM, "where": "ort"}

    answers = [client.post("/mein-ort/", {**whole, "email": f"e{n}@muster.example"}) for n in range(21)]

    assert [answer.status_code for answer in answers] == [302] * 20 + [429]
    assert int(answers[-1]["Retry-After"]) <= timedelta(hours=1).total_seconds()
