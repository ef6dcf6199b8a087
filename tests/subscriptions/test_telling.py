# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What subscribers hear of: what is public when the mail is written, in their area, each thing once."""

from __future__ import annotations

from datetime import datetime, timedelta
from unittest.mock import patch

import pytest
from django.core import mail as django_mail
from django.db.models import QuerySet

from tests.factories.defects import make_clerk, make_report, middle, move
from tests.factories.subscriptions import around, ask_for, subscribe
from verbund.kernel import clock
from verbund.kernel.actors import CITIZEN
from verbund.kernel.clock import BERLIN
from verbund.metering.facts.models import Fact
from verbund.modules.defects import releasing
from verbund.modules.defects.states import State
from verbund.notify import delivery
from verbund.notify.models import Outbox
from verbund.places.geometry import Plane
from verbund.subscriptions import sending, services
from verbund.subscriptions.areas import Area
from verbund.subscriptions.happenings import spread
from verbund.subscriptions.models import Happening, Notice, Rhythm, Subscription

pytestmark = pytest.mark.usefixtures("in_heideblick")
LATER = timedelta(minutes=11)


def away(metres: float) -> dict[str, float]:
    """So far to the east."""
    latitude, longitude = Plane(*middle()).to_degrees(metres, 0)
    return {"latitude": latitude, "longitude": longitude}


def told(*, at: datetime | None = None) -> list[Outbox]:
    """The mails one round of the worker writes."""
    before = Outbox.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    spread()
    sending.send_due(at=at or clock.now())
    return list(Outbox.objects.filter(pk__gt=before, kind__in=("subscriptions/news", "subscriptions/digest")))


def release(report, text):
    releasing.release_contents(
        reference=report.reference, public_description=text, photo_ids=(), by=make_clerk(), at=clock.now()
    )


def test_a_new_report_in_the_circle_is_told_once_with_a_way_out():
    row = subscribe()
    report = make_report(**away(499))
    make_report(**away(501))

    (mail,) = told()

    assert mail.recipient == "erika@muster.example"
    assert mail.subject == "[Heideblick] Straßenbeleuchtung, Hauptstraße 12, 15926 Heideblick"
    assert f"/maengel/{report.reference}/" in mail.text
    assert "Neu: eingegangen" in mail.text
    assert "Die Laterne vor Nummer 12" not in mail.text, "the reporter's words are not released"
    assert mail.text.count("/maengel/") == 1
    assert told(at=clock.now() + LATER) == []
    assert not Happening.objects.exists()
    assert row.secret in mail.unsubscribe_url


def test_the_mail_leaves_with_one_click_for_mail_programs_and_is_counted():
    row = subscribe()
    make_report()
    (mail,) = told()

    assert delivery.deliver(mail.pk, at=clock.now())

    headers = django_mail.outbox[-1].message()
    address = headers["List-Unsubscribe"]
    assert address.startswith("<http")
    assert address.endswith(f"/mein-ort/{row.secret}/abbestellen/>")
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert Fact.objects.filter(meter="mail.sent").exists()


def test_mails_at_once_are_ten_minutes_apart_and_say_each_object_once():
    subscribe()
    first = make_report()
    assert len(told()) == 1
    now = clock.now()
    for state in (State.IN_REVIEW, State.IN_PROGRESS):
        move(first, state)
    second = make_report()

    assert told(at=now) == []
    (mail,) = told(at=now + LATER)

    assert mail.text.count(first.reference) == mail.text.count(second.reference) == 1
    assert "Geändert: in Bearbeitung" in mail.text
    assert "in Prüfung" not in mail.text
    assert mail.subject.endswith("und eine weitere")


def test_what_is_hidden_before_the_mail_is_written_is_never_told():
    subscribe()
    report = make_report()
    spread()
    move(report, State.HIDDEN)

    assert told() == []
    assert not Notice.objects.exists()


def test_what_was_never_public_is_never_told():
    subscribe()
    waiting = make_report(email="otto@muster.example", address="Quastenweg 3, 15926 Heideblick")
    move(waiting, State.HIDDEN)
    original, repeated = make_report(), make_report()
    move(repeated, State.DUPLICATE, original=original.reference)

    (mail,) = told()

    assert waiting.reference not in mail.text
    assert repeated.reference not in mail.text
    assert original.reference in mail.text


def test_words_that_are_taken_back_before_the_digest_are_not_in_it():
    subscribe(rhythm=Rhythm.WEEKLY)
    kept, taken = make_report(), make_report()
    release(kept, "Die Laterne flackert.")
    release(taken, "Frau Quastenflosser parkt hier.")
    spread()
    release(taken, "")

    (mail,) = told(at=clock.now() + timedelta(days=7))

    assert "Die Laterne flackert." in mail.text
    assert taken.reference in mail.text
    assert "Quastenflosser" not in mail.text + mail.html


@pytest.mark.parametrize(
    ("now", "last"),
    [
        ("2026-03-30 06:59", "2026-03-23 07:00"),
        ("2026-03-30 07:00", "2026-03-30 07:00"),  # the day after summer time began
        ("2026-10-26 07:00", "2026-10-26 07:00"),  # the day after it ended
        ("2026-11-29 23:59", "2026-11-23 07:00"),
    ],
)
def test_the_digest_is_of_monday_at_seven_in_berlin(now, last):
    moment = datetime.fromisoformat(now).replace(tzinfo=BERLIN)

    assert sending.last_digest(moment) == datetime.fromisoformat(last).replace(tzinfo=BERLIN)


def test_one_digest_a_week_and_none_without_news():
    subscribe(rhythm=Rhythm.WEEKLY)
    subscribe("otto@muster.example", rhythm=Rhythm.WEEKLY, area=Area("Weit weg 1", 51.0, 13.0, 250))
    first, second = make_report(), make_report()
    monday = sending.last_digest(clock.now()) + timedelta(days=7)
    spread()
    Notice.objects.update(at=monday - timedelta(minutes=1))
    move(first, State.DONE)

    assert told(at=monday - timedelta(minutes=1)) == []
    (mail,) = told(at=monday + timedelta(hours=3))

    assert "2 Neuigkeiten" in mail.subject
    assert "Neu: erledigt" in mail.text
    assert second.reference in mail.text
    assert told(at=monday + timedelta(hours=4)) == []


def test_only_who_confirmed_is_not_paused_and_wants_the_topic_hears_of_it():
    ask_for("unbestaetigt@muster.example")
    services.pause(
        secret=subscribe("pause@muster.example").secret, is_paused=True, by=CITIZEN, at=clock.now()
    )
    subscribe("anderes@muster.example", topics=("gibtsnicht",))
    subscribe("ganz@muster.example", area=Area())
    make_report(**away(4000))

    assert [mail.recipient for mail in told()] == ["ganz@muster.example"]


def test_a_killed_worker_neither_loses_nor_repeats_anything():
    subscribe()
    make_report()
    with (
        patch.object(QuerySet, "delete", side_effect=MemoryError),
        pytest.raises(MemoryError),
    ):
        spread()
    assert not Notice.objects.exists(), "half the work is undone"
    spread()
    with patch.object(sending, "queue_mail", side_effect=MemoryError), pytest.raises(MemoryError):
        sending.send_due(at=clock.now())

    assert len(told()) == 1
    assert told(at=clock.now() + LATER) == []


def test_what_moves_on_while_the_mail_is_written_is_told_with_that_and_not_twice():
    subscribe()
    report = make_report()
    spread()
    move(report, State.IN_PROGRESS)

    sending.send_due(at=clock.now())
    assert not Outbox.objects.filter(kind="subscriptions/news").exists()
    (mail,) = told()

    assert "Neu: in Bearbeitung" in mail.text
    assert told(at=clock.now() + LATER) == []


def test_one_broken_mailbox_keeps_nobody_waiting():
    broken = subscribe()
    subscribe("otto@muster.example")
    Subscription.objects.filter(pk=broken.pk).update(email="kaputt")
    make_report()

    assert [mail.recipient for mail in told()] == ["otto@muster.example"]


@pytest.mark.parametrize("count", [1, 3])
def test_spreading_and_telling_take_a_fixed_number_of_queries(count, django_assert_num_queries):
    subscribe()
    for _number in range(count):
        make_report()

    with django_assert_num_queries(7):
        spread()
    with django_assert_num_queries(15):
        sending.send_due(at=clock.now())


def test_changing_nothing_but_the_area_moves_the_circle():
    row = subscribe(area=around(250))
    make_report(**away(800))
    assert told() == []

    services.change(
        secret=row.secret,
        wish=services.Wish(area=around(1000), topics=("defects.report",), rhythm=Rhythm.AT_ONCE),
        by=CITIZEN,
        at=clock.now(),
    )
    make_report(**away(900))

    assert len(told()) == 1
