# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Hands what waits to the association: claimed here, sealed, laid down there, noted here. Each step may be repeated."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from verbund.exchange import keys, wakeup
from verbund.exchange.envelope import Heading, Sealed, seal
from verbund.exchange.models import Outgoing, State
from verbund.exchange.outbox import ours
from verbund.exchange.post.models import Message
from verbund.exchange.post.models import State as PostState
from verbund.kernel import context
from verbund.kernel.errors import DomainError

# After each attempt that met no key; the last one goes on until the message expires.
BACKOFF = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360))
_AT_ONCE = 100


def hand_over(*, at: datetime) -> int:
    """Everything whose time has come; returns how many lie with the association now."""
    _claim(at)
    due = ours().filter(state=State.TAKEN, posted_at=None, next_try_at__lte=at, expires_at__gt=at)
    posted = 0
    for row in list(due.order_by("queued_at", "pk")[:_AT_ONCE]):
        posted += _post(row, at=at)
    return posted


def post_anew(row: Outgoing, *, at: datetime) -> None:
    """Seal again for the key the receiver has now, because it lost the one before."""
    _post(row, at=at, replace=True)


def _claim(at: datetime) -> None:
    """From here on nothing can be withdrawn."""
    with transaction.atomic(durable=True):
        waiting = ours().filter(state=State.WAITING, next_try_at__lte=at)
        claimed = waiting.select_for_update(skip_locked=True).values_list("pk", flat=True)[:_AT_ONCE]
        Outgoing.objects.filter(pk__in=list(claimed)).update(state=State.TAKEN)


def _post(row: Outgoing, *, at: datetime, replace: bool = False) -> bool:
    heading = heading_of(row)
    try:
        signing = keys.own()
        with context.enter_association():
            public = keys.sealing_of(row.receiver)
        sealed = seal(
            (row.body or "").encode(), heading, for_public_pem=public, by_private_pem=signing.signing
        )
    except DomainError as error:  # no key yet, or none that can be sealed for
        _postpone(row.pk, row.attempts, error.code, at=at)
        return False
    _lay_down(heading, sealed, signing.key_id, at=at, replace=replace)
    Outgoing.objects.filter(pk=row.pk).update(posted_at=at, last_error="")
    wakeup.send_to(row.receiver)
    return True


def heading_of(row: Outgoing) -> Heading:
    """What stands outside on it."""
    return Heading(
        id=row.pk,
        sender=context.current_municipality().number,
        receiver=row.receiver,
        kind=row.kind,
        in_reply_to=row.in_reply_to,
        sent_at=row.queued_at,
        expires_at=row.expires_at,
    )


def _lay_down(heading: Heading, sealed: Sealed, key: str, *, at: datetime, replace: bool) -> None:
    """A message lies there once, whatever was repeated; one the receiver could not open is replaced."""
    values = {
        "sealed": sealed.contents,
        "signature": sealed.signature,
        "sender_key": key,
        "next_try_at": at,
    }
    with context.enter_association(), transaction.atomic(durable=True):
        if replace:
            refused = Message.objects.filter(
                pk=heading.id, sender=heading.sender, state=PostState.REFUSED, last_error="key"
            )
            refused.update(**values, state=PostState.WAITING, done_at=None)
            return
        Message.objects.bulk_create(
            [
                Message(
                    id=heading.id,
                    sender=heading.sender,
                    receiver=heading.receiver,
                    kind=heading.kind,
                    in_reply_to=heading.in_reply_to,
                    sent_at=heading.sent_at,
                    expires_at=heading.expires_at,
                    **values,
                )
            ],
            ignore_conflicts=True,
        )


def _postpone(pk: UUID, attempts: int, reason: str, *, at: datetime) -> None:
    wait = BACKOFF[min(attempts, len(BACKOFF) - 1)]
    Outgoing.objects.filter(pk=pk).update(
        attempts=attempts + 1, next_try_at=at + wait, last_error=reason[:40]
    )
