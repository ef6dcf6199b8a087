# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Messages that are not what they say: forged, changed, readdressed, replayed, stolen."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.exchange.conftest import taken
from tests.factories.exchange import send_note, sweep
from verbund.exchange import delivery, keys
from verbund.exchange.checks import look
from verbund.exchange.envelope import Heading, Sealed, seal, unseal
from verbund.exchange.errors import Refused
from verbund.exchange.post.models import Message, PublicKey, State
from verbund.kernel import clock, context
from verbund.kernel.ids import uuid7

STRANGER = 999


@pytest.fixture
def laid_down(heideblick, luckau):
    """A message from Heideblick that waits for Luckau."""
    message_id = send_note(heideblick, luckau)
    sweep(heideblick)
    return message_id


def _change(message_id, **values):
    with context.enter_association():
        Message.objects.filter(pk=message_id).update(**values)


def _flipped(data):
    changed = bytearray(data)
    changed[-20] ^= 1
    return bytes(changed)


CHANGES = {
    "kind": lambda _row: {"kind": "tests.other"},
    "expiry": lambda row: {"expires_at": row.expires_at + timedelta(days=1)},
    "moment": lambda row: {"sent_at": row.sent_at - timedelta(days=1)},
    "reply": lambda _row: {"in_reply_to": uuid7()},
    "body": lambda row: {"sealed": _flipped(row.sealed)},
    "signature": lambda row: {"signature": _flipped(row.signature)},
    "no signature": lambda _row: {"signature": b""},
    "nothing": lambda _row: {"sealed": b""},
    "sender": lambda _row: {"sender": STRANGER},
    "key": lambda _row: {"sender_key": "0" * 16},
}


@pytest.mark.parametrize("what", CHANGES)
def test_changed_message_is_refused(what, laid_down, luckau):
    with context.enter_association():
        row = Message.objects.get(pk=laid_down)
        # A key that is known and is another's: only the signature tells.
        PublicKey.objects.create(
            tenant=STRANGER,
            key_id=row.sender_key,
            sealing="",
            signing=PublicKey.objects.get(tenant=luckau.number).signing,
            made_at=clock.now(),
        )
    _change(laid_down, **CHANGES[what](row))

    sweep(luckau)

    assert taken == []
    with context.enter_association():
        assert Message.objects.get(pk=laid_down).state == State.REFUSED
    with context.enter(luckau):
        assert [found.code for found in look(luckau)] == ["exchange.forged"]


def test_copy_under_another_id_is_refused(laid_down, luckau):
    with context.enter_association():
        row = Message.objects.get(pk=laid_down)
        row.pk = uuid7()
        row.save(force_insert=True)

    sweep(luckau)

    assert [message.id for message in taken] == [laid_down]


def test_row_put_back_is_taken_once(laid_down, luckau):
    with context.enter_association():
        values = Message.objects.filter(pk=laid_down).values().get()
    sweep(luckau)
    with context.enter_association():
        Message.objects.filter(pk=laid_down).delete()
        Message.objects.create(**values)

    sweep(luckau)

    assert len(taken) == 1


def test_readdressed_message_opens_for_nobody_else(laid_down, heideblick, luckau):
    _change(laid_down, receiver=heideblick.number)
    sweep(heideblick)
    assert taken == []

    _change(laid_down, receiver=heideblick.number, sender=luckau.number, state=State.WAITING)
    sweep(heideblick)
    assert taken == []


def test_signed_by_another_in_the_senders_name_is_refused(heideblick, luckau):
    """Who can write with the association, and has keys of its own, still cannot write as Heideblick."""
    heading = Heading(
        id=uuid7(),
        sender=heideblick.number,
        receiver=luckau.number,
        kind="tests.note",
        in_reply_to=None,
        sent_at=clock.now(),
        expires_at=clock.now() + timedelta(days=1),
    )
    with context.enter(luckau):
        signing = keys.own().signing
    with context.enter_association():
        sealed = seal(
            b'{"text": "x"}', heading, for_public_pem=keys.sealing_of(luckau.number), by_private_pem=signing
        )
        Message.objects.create(
            id=heading.id,
            sender=heading.sender,
            receiver=heading.receiver,
            kind=heading.kind,
            sent_at=heading.sent_at,
            expires_at=heading.expires_at,
            sealed=sealed.contents,
            signature=sealed.signature,
            sender_key=PublicKey.objects.get(tenant=heideblick.number).key_id,
            next_try_at=clock.now(),
        )

    sweep(luckau)

    assert taken == []


def test_stolen_message_opens_only_with_the_receivers_key(laid_down, heideblick, luckau):
    with context.enter_association():
        row = Message.objects.get(pk=laid_down)
    name = delivery.receiver_key(bytes(row.sealed))
    with context.enter(heideblick), pytest.raises(Refused):
        keys.opening(name)
    heading = Heading(
        id=row.pk,
        sender=row.sender,
        receiver=row.receiver,
        kind=row.kind,
        in_reply_to=None,
        sent_at=row.sent_at,
        expires_at=row.expires_at,
    )
    sealed = Sealed(bytes(row.sealed), bytes(row.signature))
    with context.enter(heideblick):
        own = keys.opening(keys.own().key_id)
        with pytest.raises(Refused):
            unseal(sealed, heading, private=own)
    with context.enter(luckau):
        assert unseal(sealed, heading, private=keys.opening(name)) == b'{"text": "Laterne"}'
