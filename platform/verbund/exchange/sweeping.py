# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""One round of a municipality's messages: keys, what goes out, what comes in, what became of what went out."""

from __future__ import annotations

from datetime import datetime, timedelta

from verbund.exchange import keys
from verbund.exchange.delivery import take_due
from verbund.exchange.models import Received
from verbund.exchange.outbox import forget_old
from verbund.exchange.post.models import Message, State
from verbund.exchange.posting import hand_over
from verbund.exchange.settling import settle
from verbund.kernel import context

KEPT = timedelta(days=90)


def sweep(*, at: datetime) -> int:
    """Answers what was taken are handed over in the same round; returns how many messages moved."""
    keys.ensure(at=at)
    taken = take_due(at=at)
    return taken + hand_over(at=at) + settle(at=at)


def clear(*, at: datetime) -> None:
    """Delete what is done long enough, and keys that open nothing any more.

    An id is remembered far longer than its message is on its way, so that it is never taken again.
    """
    forget_old(at=at, kept=KEPT)
    Received.objects.filter(received_at__lt=at - 2 * KEPT).delete()
    keys.forget_retired(at=at)
    number = context.current_municipality().number
    with context.enter_association():
        done = Message.objects.exclude(state=State.WAITING)
        done.filter(sender=number, done_at__lt=at - KEPT).delete()
