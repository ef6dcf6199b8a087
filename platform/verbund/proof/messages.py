# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Messages between the two municipalities: forged, changed, copied, readdressed, replayed and stolen."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType
from typing import Any
from uuid import UUID

from verbund.audit.models import AuditEntry
from verbund.exchange import keys, sweeping
from verbund.exchange.envelope import Heading, Sealed, receiver_key, seal, unseal
from verbund.exchange.errors import Refused
from verbund.exchange.models import Received
from verbund.exchange.post.models import Message, PublicKey, State
from verbund.kernel import clock, context
from verbund.kernel.context import Municipality
from verbund.kernel.ids import uuid7
from verbund.kernel.ports import IncomingMessage
from verbund.proof.ledger import Ledger
from verbund.proof.stages import Party

REFUSED, ONCE, STOLEN, DELIVERED = (
    "exchange.refused",
    "exchange.once",
    "exchange.stolen",
    "exchange.delivered",
)
KIND = "proof.message"


def take(_message: IncomingMessage) -> None:
    """The effect is the row in the record that every message leaves."""


def try_messages(parties: tuple[Party, ...], ledger: Ledger) -> None:
    """Laid down with the association by somebody who may write there, in both directions.

    Nothing is sent by a service, so that no worker takes an honest message before it was changed.
    """
    members = [party for party in parties if isinstance(party.scope, Municipality)]
    for party in members:
        with party.enter():
            keys.ensure(at=clock.now())
    laid_down: list[UUID] = []
    try:
        for sender, receiver in (members, members[::-1]):
            _try_changes(sender, receiver, laid_down, ledger)
            _try_replay(sender, receiver, laid_down, ledger)
            _try_theft(sender, receiver, ledger)
    finally:
        with context.enter_association():
            Message.objects.filter(pk__in=laid_down).delete()


def _number(party: Party) -> int:
    return party.scope.number if isinstance(party.scope, Municipality) else 0


def _written(sender: Party, receiver: Party, *, by: Party | None = None) -> tuple[Heading, Sealed, str]:
    """A message as the sender's worker would lay it down; ``by``: signed by somebody else in the sender's name."""
    now = clock.now()
    heading = Heading(
        id=uuid7(),
        sender=_number(sender),
        receiver=_number(receiver),
        kind=KIND,
        in_reply_to=None,
        sent_at=now,
        expires_at=now + timedelta(hours=1),
    )
    with (by or sender).enter():
        signing = keys.own()
    with context.enter_association():
        public = keys.sealing_of(heading.receiver)
        name = PublicKey.objects.get(tenant=heading.sender, retired_at=None).key_id
    body = json.dumps({"text": sender.canary}).encode()
    return heading, seal(body, heading, for_public_pem=public, by_private_pem=signing.signing), name


def _lay_down(
    heading: Heading,
    sealed: Sealed,
    key: str,
    laid_down: list[UUID],
    changed: Mapping[str, Any] = MappingProxyType({}),
) -> UUID:
    values = {
        "id": heading.id,
        "sender": heading.sender,
        "receiver": heading.receiver,
        "kind": heading.kind,
        "sent_at": heading.sent_at,
        "expires_at": heading.expires_at,
        "sealed": sealed.contents,
        "signature": sealed.signature,
        "sender_key": key,
        "next_try_at": clock.now(),
        **changed,
    }
    with context.enter_association():
        laid_down.append(Message.objects.create(**values).pk)
    return laid_down[-1]


def _sweep(party: Party) -> None:
    with party.enter():
        sweeping.sweep(at=clock.now())


def _times_taken(party: Party, message_id: UUID) -> int:
    with party.enter():
        subject = f"exchange.received:{message_id}"
        return AuditEntry.objects.filter(action="exchange.message.received", subject=subject).count()


def _changes(heading: Heading, sealed: Sealed) -> Mapping[str, Callable[[], dict[str, Any]]]:
    damaged = bytearray(sealed.contents)
    damaged[-20] ^= 1
    return {
        "andere Art": lambda: {"kind": f"{KIND}.x"},
        "andere Nummer": lambda: {"id": uuid7()},
        "längere Frist": lambda: {"expires_at": heading.expires_at + timedelta(days=1)},
        "als Antwort": lambda: {"in_reply_to": uuid7()},
        "anderer Inhalt": lambda: {"sealed": bytes(damaged)},
        "ohne Unterschrift": lambda: {"signature": b""},
        "unbekannter Schlüssel": lambda: {"sender_key": "0" * 16},
        "anderer Absender": lambda: {"sender": 999_999_999},
    }


def _try_changes(sender: Party, receiver: Party, laid_down: list[UUID], ledger: Ledger) -> None:
    for name in _changes(*_written(sender, receiver)[:2]):
        heading, sealed, key = _written(sender, receiver)
        changed = _changes(heading, sealed)[name]()
        _expect_refusal(receiver, _lay_down(heading, sealed, key, laid_down, changed), name, ledger)
    heading, sealed, key = _written(sender, receiver, by=receiver)
    _expect_refusal(receiver, _lay_down(heading, sealed, key, laid_down), "fremde Unterschrift", ledger)
    heading, sealed, key = _written(sender, receiver)
    turned = replace(heading, sender=_number(receiver), receiver=_number(sender))
    _expect_refusal(sender, _lay_down(turned, sealed, key, laid_down), "umadressiert", ledger)


def _expect_refusal(receiver: Party, message_id: UUID, name: str, ledger: Ledger) -> None:
    _sweep(receiver)
    with context.enter_association():
        state = Message.objects.values_list("state", flat=True).get(pk=message_id)
    times = _times_taken(receiver, message_id)
    seen = f"{state}, {times}-mal angenommen"
    ledger.expect(REFUSED, f"{receiver.key}: {name}", seen, ok=state == State.REFUSED and not times)


def _try_replay(sender: Party, receiver: Party, laid_down: list[UUID], ledger: Ledger) -> None:
    """The honest one arrives; put back as it was, it does nothing."""
    heading, sealed, key = _written(sender, receiver)
    message_id = _lay_down(heading, sealed, key, laid_down)
    _sweep(receiver)
    if _times_taken(receiver, message_id) == 1:
        ledger.succeeded(DELIVERED)
    else:
        ledger.failed(DELIVERED, receiver.key, "eine unveränderte Nachricht kommt nicht an")
    for _again in range(2):
        with context.enter_association():
            Message.objects.filter(pk=message_id).delete()
        _lay_down(heading, sealed, key, laid_down)
        _sweep(receiver)
    times = _times_taken(receiver, message_id)
    ledger.expect(ONCE, receiver.key, f"{times}-mal angenommen", ok=times == 1)
    with sender.enter():
        known = Received.objects.filter(pk=message_id).exists()
    ledger.expect(ONCE, sender.key, "der Absender hat sie selbst angenommen", ok=not known)


def _try_theft(sender: Party, receiver: Party, ledger: Ledger) -> None:
    """Who copies the association's table reads nothing, and neither does another municipality with its keys."""
    heading, sealed, _key = _written(sender, receiver)
    is_hidden = sender.canary.encode() not in sealed.contents
    ledger.expect(STOLEN, f"{sender.key} an {receiver.key}", "im Klartext abgelegt", ok=is_hidden)
    with receiver.enter():
        if sender.canary.encode() in unseal(
            sealed, heading, private=keys.opening(receiver_key(sealed.contents))
        ):
            ledger.succeeded(STOLEN)
    with sender.enter():
        try:
            keys.opening(receiver_key(sealed.contents))
        except Refused:
            ledger.held(STOLEN)
        else:
            ledger.failed(STOLEN, sender.key, f"hat den Schlüssel von {receiver.key}")
        try:
            unseal(sealed, heading, private=keys.opening(keys.own().key_id))
        except Refused:
            ledger.held(STOLEN)
        else:
            ledger.failed(STOLEN, sender.key, f"öffnet eine Nachricht an {receiver.key}")
