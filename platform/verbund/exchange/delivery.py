# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Takes what lies with the association for the entered municipality: opened, checked, and taken exactly once.

The effect and the note that a message was taken are one transaction here; that it was taken is told to the
association afterwards. A worker that dies in between leaves a message that is taken again, which does nothing.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.db import IntegrityError, transaction

from verbund.audit import api as audit
from verbund.exchange import keys, wakeup
from verbund.exchange.envelope import Heading, Sealed, check_signature, receiver_key, unseal
from verbund.exchange.errors import Refused
from verbund.exchange.kinds import receiver_of
from verbund.exchange.models import Outgoing, Received
from verbund.exchange.partners import name_of
from verbund.exchange.post.models import Message, State
from verbund.kernel import context
from verbund.kernel.actors import SYSTEM
from verbund.kernel.errors import DomainError
from verbund.kernel.ports import IncomingMessage

log = structlog.get_logger()

BACKOFF = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720, 1440))
_AT_ONCE = 100


def take_due(*, at: datetime) -> int:
    """Everything that waits for the entered municipality; returns how many were taken now."""
    number = context.current_municipality().number
    with context.enter_association():
        waiting = Message.objects.filter(receiver=number, state=State.WAITING, next_try_at__lte=at)
        found = list(waiting.order_by("next_try_at", "pk")[:_AT_ONCE])
    return sum(take(message, at=at) for message in found)


def take(message: Message, *, at: datetime) -> bool:
    """One message; True when it had its effect now."""
    try:
        is_new = _taken(message, at=at)
    except Refused as refusal:
        _close(message, State.REFUSED, at=at, reason=refusal.reason)
        log.warning("exchange.refused", message=str(message.pk), sender=message.sender, reason=refusal.reason)
        return False
    except DomainError as error:
        _postpone(message, error.code, at=at)
        return False
    except Exception as error:  # noqa: BLE001 (one message must not hold up the others; it is asked again, then refused)
        _postpone(message, type(error).__name__, at=at)
        return False
    _close(message, State.DELIVERED, at=at)
    return is_new


def _taken(message: Message, *, at: datetime) -> bool:
    """False: it was taken before."""
    if Received.objects.filter(pk=message.pk).exists():
        return False
    incoming = _opened(message, at=at)
    try:
        with transaction.atomic(durable=True):
            Received.objects.create(
                id=incoming.id, sender=incoming.sender, kind=incoming.kind, received_at=at
            )
            audit.record(
                action="exchange.message.received",
                subject=f"exchange.received:{incoming.id}",
                by=SYSTEM,
                changes={"sender": incoming.sender, "kind": incoming.kind},
                at=at,
            )
            receiver_of(incoming.kind)(incoming)
    except IntegrityError:
        if Received.objects.filter(pk=message.pk).exists():
            return False  # another worker was faster
        raise
    return True


def _opened(message: Message, *, at: datetime) -> IncomingMessage:
    """What it says, if it is what it says.

    Raises:
        Refused: it is not for us, not from whom it names, was changed, is over, or answers what we never asked.
    """
    number = context.current_municipality().number
    heading = Heading(
        id=message.pk,
        sender=message.sender,
        receiver=message.receiver,
        kind=message.kind,
        in_reply_to=message.in_reply_to,
        sent_at=message.sent_at,
        expires_at=message.expires_at,
    )
    if heading.receiver != number or heading.sender == number:
        raise Refused("receiver")
    if heading.expires_at <= at:
        raise Refused("expired")
    sealed = Sealed(bytes(message.sealed), bytes(message.signature))
    with context.enter_association():
        signing = keys.signing_of(heading.sender, message.sender_key)
    check_signature(sealed, heading, by_public_pem=signing)
    body = unseal(sealed, heading, private=keys.opening(receiver_key(sealed.contents)))
    if heading.in_reply_to is not None and not _was_asked(heading.in_reply_to, heading.sender):
        raise Refused("reply")
    receiver_of(heading.kind)
    return IncomingMessage(
        id=heading.id,
        sender=heading.sender,
        sender_name=name_of(heading.sender),
        kind=heading.kind,
        body=json.loads(body),
        in_reply_to=heading.in_reply_to,
        sent_at=heading.sent_at,
        at=at,
    )


def _was_asked(message_id: UUID, by_us_of: int) -> bool:
    return Outgoing.objects.filter(pk=message_id, receiver=by_us_of).exists()


def _close(message: Message, state: State, *, at: datetime, reason: str = "") -> None:
    """Tell the association; what was sealed is not needed any more."""
    with context.enter_association():
        still_open = Message.objects.filter(
            pk=message.pk, receiver=message.receiver, state__in=[State.WAITING, State.EXPIRED]
        )
        still_open.update(state=state, done_at=at, last_error=reason[:40], sealed=b"", signature=b"")
    wakeup.send_to(message.sender)


def _postpone(message: Message, reason: str, *, at: datetime) -> None:
    if message.attempts >= len(BACKOFF):
        _close(message, State.REFUSED, at=at, reason="failed")
        return
    with context.enter_association():
        Message.objects.filter(pk=message.pk, state=State.WAITING).update(
            attempts=message.attempts + 1, next_try_at=at + BACKOFF[message.attempts], last_error=reason[:40]
        )
    log.info("exchange.postponed", message=str(message.pk), reason=reason)
