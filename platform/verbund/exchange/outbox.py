# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writes a message in the transaction of what it tells, and takes it back as long as it has not been handed over."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from verbund.audit import api as audit
from verbund.exchange import wakeup
from verbund.exchange.errors import NoPartner, TooLarge, TooLate
from verbund.exchange.kinds import module_of
from verbund.exchange.models import Outgoing, State
from verbund.exchange.partners import partner
from verbund.kernel import context
from verbund.kernel.actors import Actor
from verbund.kernel.ids import uuid7

EXPIRES_AFTER: Final = timedelta(days=14)
LARGEST: Final = 12 * 1024 * 1024


@transaction.atomic
def send(
    *,
    receiver: int,
    kind: str,
    body: Mapping[str, Any],
    by: Actor,
    at: datetime,
    hold: timedelta = timedelta(),
    in_reply_to: UUID | None = None,
) -> UUID:
    """Write a message to another municipality; it leaves after ``hold``, until then it can be withdrawn.

    ``body`` is JSON. An answer goes to whoever asked, whatever became of them since.

    Raises:
        NoPartner: nothing can be sent there.
        TooLarge: the body is.
    """
    if in_reply_to is None and partner(receiver, module=module_of(kind)) is None:
        raise NoPartner
    text = json.dumps(body, ensure_ascii=False)
    if len(text) > LARGEST:
        raise TooLarge
    row = Outgoing.objects.create(
        id=uuid7(),
        receiver=receiver,
        kind=kind,
        in_reply_to=in_reply_to,
        body=text,
        queued_at=at,
        next_try_at=at + hold,
        expires_at=at + hold + EXPIRES_AFTER,
    )
    audit.record(
        action="exchange.message.queued",
        subject=f"exchange.outgoing:{row.pk}",
        by=by,
        changes={"receiver": receiver, "kind": kind, "body": None},
        at=at,
    )
    if not hold:
        municipality = context.current_municipality()
        transaction.on_commit(lambda: wakeup.send(municipality))
    return row.pk


@transaction.atomic
def withdraw(*, message_id: UUID, by: Actor, at: datetime) -> None:
    """Take back what has not been handed over.

    Raises:
        TooLate: it has.
    """
    row = Outgoing.objects.select_for_update().defer("body").filter(pk=message_id).first()
    if row is None or row.state != State.WAITING:
        raise TooLate
    row.state, row.body, row.done_at = State.WITHDRAWN, None, at
    row.save(update_fields=["state", "body", "done_at"])
    audit.record(
        action="exchange.message.withdrawn",
        subject=f"exchange.outgoing:{row.pk}",
        by=by,
        changes={"receiver": row.receiver, "kind": row.kind},
        at=at,
    )


def ours() -> QuerySet[Outgoing]:
    """What is this municipality's to send: in a copy, what was written before it was made is the origin's.

    Where an earlier day was put back it is still ours: who has taken it already does not take it twice.
    """
    municipality = context.current_municipality()
    if municipality.restored_at is None or municipality.bound_to == municipality.key:
        return Outgoing.objects.all()
    return Outgoing.objects.filter(queued_at__gt=municipality.restored_at)


def held() -> QuerySet[Outgoing]:
    """What waits in a copy and will never leave it."""
    still_open = Outgoing.objects.filter(state__in=[State.WAITING, State.TAKEN])
    return still_open.exclude(pk__in=ours().values("pk"))


def forget_old(*, at: datetime, kept: timedelta) -> None:
    """Delete rows about messages that are done."""
    Outgoing.objects.filter(~Q(state__in=[State.WAITING, State.TAKEN]), done_at__lt=at - kept).delete()
