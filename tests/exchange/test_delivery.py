# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A message from one municipality to the next: once, whatever happens on the way, or its sender is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.exchange.conftest import failed, taken
from tests.factories.exchange import send_note, sweep
from verbund.exchange import delivery, keys, outbox, sweeping, turns
from verbund.exchange.checks import look
from verbund.exchange.errors import NoPartner, TooLate
from verbund.exchange.models import KeyPair, Outgoing, Received, State
from verbund.exchange.post.models import Message, PublicKey
from verbund.exchange.post.models import State as PostState
from verbund.kernel import clock, context
from verbund.kernel.actors import SYSTEM
from verbund.kernel.errors import Unavailable
from verbund.kernel.ids import uuid7
from verbund.kernel.ports import RekeyContext, StepContext


def _outgoing(municipality, message_id):
    with context.enter(municipality):
        return Outgoing.objects.get(pk=message_id)


def _post(message_id):
    with context.enter_association():
        return Message.objects.get(pk=message_id)


def test_message_travels_and_its_answer_comes_back(heideblick, luckau):
    asked = send_note(heideblick, luckau, body={"text": "Laterne dunkel", "answer": True})

    sweep(heideblick, luckau, heideblick)

    question, answer = taken
    assert (question.id, question.sender, question.sender_name) == (
        asked,
        heideblick.number,
        "Gemeinde Heideblick",
    )
    assert question.body["text"] == "Laterne dunkel"
    assert (answer.in_reply_to, answer.sender, answer.body) == (asked, luckau.number, {"text": "danke"})
    assert (_outgoing(heideblick, asked).state, _outgoing(heideblick, asked).body) == (State.DELIVERED, None)
    assert bytes(_post(asked).sealed) == b""


def test_what_lies_with_the_association_names_no_words(heideblick, luckau):
    asked = send_note(heideblick, luckau, body={"text": "Zaunkönig"})
    sweep(heideblick)

    row = _post(asked)
    assert len(row.sealed) > 100
    assert "Zaunkönig".encode() not in bytes(row.sealed)
    with context.enter(luckau):
        assert not Outgoing.objects.filter(pk=asked).exists()


def test_worker_that_dies_before_it_says_so_takes_it_once(heideblick, luckau, monkeypatch):
    asked = send_note(heideblick, luckau)
    sweep(heideblick)

    class Killed(BaseException):
        pass

    def die(*_arguments, **_options):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(delivery, "_close", die)
        with pytest.raises(Killed):
            sweep(luckau)
    assert _post(asked).state == PostState.WAITING

    sweep(luckau, luckau, heideblick)

    assert [message.id for message in taken] == [asked]
    assert _outgoing(heideblick, asked).state == State.DELIVERED


def test_worker_that_dies_after_laying_it_down_lays_down_no_second(heideblick, luckau):
    asked = send_note(heideblick, luckau)
    sweep(heideblick)
    with context.enter(heideblick):
        Outgoing.objects.update(posted_at=None)

    sweep(heideblick, luckau)

    assert [message.id for message in taken] == [asked]


def test_handler_that_breaks_leaves_nothing_and_is_asked_again(heideblick, luckau, monkeypatch):
    asked = send_note(heideblick, luckau)
    sweep(heideblick)
    now = clock.now()

    def refuse(_message):
        Received.objects.create(id=uuid7(), sender=1, kind="x", received_at=now)
        raise Unavailable

    with monkeypatch.context() as patch:
        patch.setattr(delivery, "receiver_of", lambda _kind: refuse)
        sweep(luckau, at=now)
    with context.enter(luckau):
        assert not Received.objects.exists()

    sweep(luckau, at=now + timedelta(seconds=30))
    assert taken == []
    sweep(luckau, at=now + timedelta(minutes=2))

    assert [message.id for message in taken] == [asked]


def test_message_that_breaks_its_handler_holds_up_no_other_and_is_given_up(heideblick, luckau):
    broken = send_note(heideblick, luckau, body={"break": True})
    whole = send_note(heideblick, luckau)
    now = clock.now()
    sweep(heideblick, luckau, at=now)
    with context.enter(luckau):
        assert list(Received.objects.values_list("pk", flat=True)) == [whole]

    for day in range(1, 10):
        sweep(luckau, at=now + timedelta(days=day))
    sweep(heideblick, at=now + timedelta(days=10))

    assert [(message.id, message.reason) for message in failed] == [(broken, "failed")]


def test_waits_for_its_time_and_can_be_withdrawn_until_then(heideblick, luckau):
    now = clock.now()
    first, second = (send_note(heideblick, luckau, hold=timedelta(minutes=10), at=now) for _ in range(2))
    sweep(heideblick, luckau, at=now)
    with context.enter(heideblick):
        outbox.withdraw(message_id=first, by=SYSTEM, at=now)

    sweep(heideblick, luckau, at=now + timedelta(minutes=11))

    assert [message.id for message in taken] == [second]
    with context.enter(heideblick), pytest.raises(TooLate):
        outbox.withdraw(message_id=second, by=SYSTEM, at=now)


def test_receiver_that_does_not_serve_gets_it_later_or_its_sender_is_told(heideblick, luckau):
    now = clock.now()
    asked = send_note(heideblick, luckau, at=now)
    sweep(heideblick, at=now)

    sweep(heideblick, at=now + timedelta(days=14, hours=1))
    assert failed == []
    sweep(heideblick, at=now + timedelta(days=15, hours=1))
    sweep(luckau, at=now + timedelta(days=15, hours=2))

    assert [(message.id, message.reason) for message in failed] == [(asked, "expired")]
    assert taken == []
    assert _outgoing(heideblick, asked).body is None


def test_receiver_without_a_key_is_waited_for(heideblick, luckau):
    with context.enter_association():
        PublicKey.objects.filter(tenant=luckau.number).delete()
    asked = send_note(heideblick, luckau)
    sweep(heideblick)
    assert _outgoing(heideblick, asked).last_error == "exchange_not_yet"

    sweep(luckau)
    sweep(heideblick, luckau, at=clock.now() + timedelta(minutes=2))

    assert [message.id for message in taken] == [asked]


def test_receiver_that_lost_its_keys_gets_it_sealed_anew(heideblick, luckau):
    """As after a restoration: the private halves are in no archive."""
    asked = send_note(heideblick, luckau)
    sweep(heideblick)
    with context.enter(luckau):
        KeyPair.objects.all().delete()

    sweep(luckau, heideblick, luckau, heideblick)

    assert [message.id for message in taken] == [asked]
    assert _outgoing(heideblick, asked).state == State.DELIVERED


def test_renewed_keys_open_what_was_sealed_before(heideblick, luckau):
    asked = send_note(heideblick, luckau)
    sweep(heideblick)
    with context.enter(luckau):
        before = keys.own().key_id
        turns.renew(RekeyContext(at=clock.now()))
        assert keys.own().key_id != before

    sweep(luckau)

    assert [message.id for message in taken] == [asked]


def test_receiver_that_left_is_told_to_who_wrote(heideblick, luckau):
    asked = send_note(heideblick, luckau)
    sweep(heideblick)
    step = StepContext(municipality=luckau, at=clock.now())
    turns.remove_all(step)
    assert turns.is_removed(step)

    sweep(heideblick)

    assert [(message.id, message.reason) for message in failed] == [(asked, "gone")]


def test_copy_sends_nothing_of_what_waited_when_it_was_made(heideblick, luckau):
    asked = send_note(heideblick, luckau)
    copy = replace(heideblick, origin="m_000999", restored_at=clock.now())

    sweep(copy, luckau)
    with context.enter(copy):
        assert [found.code for found in look(copy)] == ["exchange.held"]
    assert taken == []

    sweep(replace(heideblick, restored_at=clock.now()), luckau)
    assert [message.id for message in taken] == [asked]


def test_oneself_and_strangers_are_no_receivers(heideblick):
    with context.enter(heideblick):
        for number in (heideblick.number, 999_999):
            with pytest.raises(NoPartner):
                outbox.send(receiver=number, kind="tests.note", body={}, by=SYSTEM, at=clock.now())


def test_doctor_names_what_hangs_and_what_failed(heideblick, luckau):
    with context.enter(heideblick):
        assert [(found.code, found.level) for found in look(heideblick)] == [("exchange", "ok")]
    send_note(heideblick, luckau, at=clock.now() - timedelta(hours=2))
    with context.enter(heideblick):
        assert [found.code for found in look(heideblick)] == ["exchange.waiting"]
        Outgoing.objects.update(state=State.UNDELIVERABLE, done_at=clock.now())
        assert [found.code for found in look(heideblick)] == ["exchange.failed"]


def test_round_in_which_nothing_waits_is_cheap(in_heideblick, django_assert_num_queries):
    with django_assert_num_queries(6):
        sweeping.sweep(at=clock.now())
