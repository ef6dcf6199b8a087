# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What became of the messages the entered municipality has handed over; who wrote one that failed is told."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.db import transaction

from verbund.audit import api as audit
from verbund.exchange.kinds import told_of_failure
from verbund.exchange.models import Outgoing, State
from verbund.exchange.outbox import ours
from verbund.exchange.post.models import Message
from verbund.exchange.post.models import State as PostState
from verbund.exchange.posting import post_anew
from verbund.kernel import context
from verbund.kernel.actors import SYSTEM
from verbund.kernel.ports import UndeliveredMessage

log = structlog.get_logger()

# The receiver may have taken it in the last moment and still has to say so.
_GRACE = timedelta(days=1)
_AT_ONCE = 200


def settle(*, at: datetime) -> int:
    """Note what was delivered and give up what cannot be; returns how many are done now."""
    rows = list(ours().filter(state=State.TAKEN).order_by("queued_at", "pk")[:_AT_ONCE])
    if not rows:
        return 0
    posted = _posted([row.pk for row in rows], at=at)
    return sum(_settle(row, posted.get(row.pk), at=at) for row in rows)


def _posted(ids: list[UUID], *, at: datetime) -> dict[UUID, tuple[str, str]]:
    number = context.current_municipality().number
    with context.enter_association():
        mine = Message.objects.filter(pk__in=ids, sender=number)
        mine.filter(state=PostState.WAITING, expires_at__lte=at - _GRACE).update(
            state=PostState.EXPIRED, done_at=at, last_error="expired", sealed=b"", signature=b""
        )
        return {pk: (state, reason) for pk, state, reason in mine.values_list("pk", "state", "last_error")}


def _settle(row: Outgoing, posted: tuple[str, str] | None, *, at: datetime) -> bool:
    if posted is None:
        if row.posted_at is not None:
            return _give_up(row, "gone", at=at)
        return row.expires_at <= at and _give_up(row, "expired", at=at)
    state, reason = posted
    if state == PostState.DELIVERED:
        return bool(
            Outgoing.objects.filter(pk=row.pk, state=State.TAKEN).update(
                state=State.DELIVERED, body=None, done_at=at, last_error=""
            )
        )
    if state == PostState.REFUSED and reason == "key" and row.expires_at > at:
        post_anew(row, at=at)
        return False
    return state in {PostState.REFUSED, PostState.EXPIRED} and _give_up(row, reason, at=at)


@transaction.atomic
def _give_up(row: Outgoing, reason: str, *, at: datetime) -> bool:
    locked = Outgoing.objects.select_for_update().defer("body").filter(pk=row.pk, state=State.TAKEN).first()
    if locked is None:
        return False
    locked.state, locked.body, locked.done_at = State.UNDELIVERABLE, None, at
    locked.last_error = reason[:40]
    locked.save(update_fields=["state", "body", "done_at", "last_error"])
    audit.record(
        action="exchange.message.undeliverable",
        subject=f"exchange.outgoing:{row.pk}",
        by=SYSTEM,
        changes={"receiver": row.receiver, "kind": row.kind, "reason": reason},
        at=at,
    )
    tell = told_of_failure(row.kind)
    if tell is not None:
        tell(UndeliveredMessage(id=row.pk, receiver=row.receiver, kind=row.kind, reason=reason, at=at))
    log.warning("exchange.undeliverable", message=str(row.pk), receiver=row.receiver, reason=reason)
    return True
