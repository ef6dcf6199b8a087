# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A mailbox that is gone: nothing more is written to it, it may come back, and it is forgotten."""

from __future__ import annotations

import smtplib
from datetime import timedelta

import pytest

from tests.factories.defects import make_report
from tests.factories.subscriptions import ERIKA, mails, subscribe
from verbund.audit.models import AuditEntry
from verbund.kernel import clock
from verbund.kernel.actors import CITIZEN, SYSTEM
from verbund.notify import bounces, delivery
from verbund.notify.bounces import Bounce
from verbund.notify.models import Outbox, State
from verbund.subscriptions import services
from verbund.subscriptions.areas import Area
from verbund.subscriptions.models import Subscription
from verbund.subscriptions.returning import KEPT
from verbund.subscriptions.tasks import forget_unconfirmed, tell

pytestmark = pytest.mark.usefixtures("in_heideblick")
EVERYWHERE = Area()


def bounced(row: Subscription, status: str = "5.1.1") -> None:
    """A mail to that mailbox comes back."""
    mail = mails().filter(reference=services.reference_of(row)).last()
    Outbox.objects.filter(pk=mail.pk).update(state=State.SENT)
    bounces.note(
        Bounce(key=mail.message_key, host="heideblick.localhost", status=status, is_final=True),
        by=SYSTEM,
        at=clock.now(),
    )


def test_nothing_more_is_written_to_any_subscription_of_that_mailbox():
    first, second = subscribe(), subscribe(area=EVERYWHERE)
    other = subscribe("otto@muster.example")
    bounced(first)
    before = mails().count()

    make_report()
    tell.run()

    told = list(mails()[before:])
    assert [mail.reference for mail in told] == [services.reference_of(other)]
    assert Subscription.objects.filter(bounced_at__isnull=False).count() == 2
    subjects = AuditEntry.objects.filter(action="subscriptions.subscription.bounced")
    assert {entry.subject for entry in subjects} == {services.reference_of(row) for row in (first, second)}


@pytest.mark.parametrize("status", ["5.2.2", "5.7.1", "4.1.1", "5.0.0", ""])
def test_what_may_be_over_tomorrow_stops_nothing(status):
    row = subscribe()

    bounced(row, status)

    row.refresh_from_db()
    assert (row.paused_at, row.bounced_at) == (None, None)


@pytest.mark.parametrize(
    ("answer", "is_gone"),
    [(b"5.1.1 no such user", True), (b"5.7.1 blocked", False), (b"no such user", False)],
)
def test_a_server_that_refuses_at_once_counts_as_well(monkeypatch, answer, is_gone):
    row = subscribe()
    mail = mails().filter(reference=services.reference_of(row)).last()

    def refuse(*_given: object) -> None:
        raise smtplib.SMTPRecipientsRefused({ERIKA: (550, answer)})

    monkeypatch.setattr(delivery, "_send", refuse)
    delivery.deliver(mail.pk, at=clock.now())

    row.refresh_from_db()
    assert (row.bounced_at is not None) is is_gone
    mail.refresh_from_db()
    assert mail.state == State.FAILED


def test_who_comes_back_by_a_link_hears_of_things_again():
    row = subscribe()
    bounced(row)

    services.pause(secret=row.secret, is_paused=False, by=CITIZEN, at=clock.now())

    row.refresh_from_db()
    assert (row.paused_at, row.bounced_at) == (None, None)


def test_after_its_time_it_is_forgotten_and_a_holiday_is_not():
    gone, away = subscribe(), subscribe("otto@muster.example")
    bounced(gone)
    services.pause(secret=away.secret, is_paused=True, by=CITIZEN, at=clock.now())
    Subscription.objects.filter(pk=gone.pk).update(bounced_at=clock.now() - KEPT - timedelta(minutes=1))

    assert forget_unconfirmed.run() == 1

    assert list(Subscription.objects.all()) == [away]
    assert not Outbox.objects.filter(reference=services.reference_of(gone), recipient__isnull=False).exists()
    assert AuditEntry.objects.filter(action="subscriptions.subscription.ended").count() == 1
