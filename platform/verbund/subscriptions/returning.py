# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Mailboxes that are gone are not written to any more."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from verbund.kernel.actors import SYSTEM
from verbund.notify.events import MailboxGone
from verbund.subscriptions.models import Subscription
from verbund.subscriptions.services import REFERENCE, forget, record

# So long its owner can come back through a link from an earlier mail, where the report was a mistake.
KEPT: Final = timedelta(days=30)


def stop_writing(event: MailboxGone) -> None:
    """Pause everything the mailbox has subscribed to; a mail about anything else changes nothing here."""
    key = event.reference.removeprefix(REFERENCE)
    if key == event.reference or not key.isdecimal():
        return
    told = Subscription.objects.filter(pk=int(key)).first()
    if told is None:
        return
    rows = Subscription.objects.select_for_update().filter(email_index=told.email_index, bounced_at=None)
    for row in rows.order_by("pk"):
        row.notices.all().delete()
        row.paused_at, row.bounced_at = row.paused_at or event.at, event.at
        row.save(update_fields=["paused_at", "bounced_at"])
        record(row, "bounced", by=SYSTEM, at=event.at)


@transaction.atomic
def forget_gone(*, at: datetime) -> int:
    """Delete what nobody came back for in time; returns how many."""
    rows = list(
        Subscription.objects.select_for_update(skip_locked=True)
        .filter(bounced_at__lte=at - KEPT)
        .order_by("pk")[:500]
    )
    for row in rows:
        forget(row)
        record(row, "ended", by=SYSTEM, at=at)
    return len(rows)
