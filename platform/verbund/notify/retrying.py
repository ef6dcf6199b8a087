# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Mail that could not be delivered: which it was, and once more after the cause is gone."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from verbund.audit import api as audit
from verbund.kernel import context
from verbund.kernel.actors import Actor
from verbund.kernel.errors import Conflict, NotFound
from verbund.notify import wakeup
from verbund.notify.models import Outbox, State


class NotToRetry(Conflict):
    """It was sent meanwhile, waits already, or its contents are gone."""

    code = "notify_not_to_retry"


def undelivered() -> QuerySet[Outbox]:
    """What could not be delivered, the latest first."""
    return Outbox.objects.filter(state=State.FAILED).order_by("-queued_at", "-pk")


@transaction.atomic
def retry(*, mail_id: int, by: Actor, at: datetime) -> Outbox:
    """Let a mail wait again, with all its attempts.

    Raises:
        NotFound: there is no such mail.
        NotToRetry: see there.
    """
    row = Outbox.objects.select_for_update().filter(pk=mail_id).first()
    if row is None:
        raise NotFound
    if row.state != State.FAILED:
        raise NotToRetry(_("Diese E-Mail wartet schon wieder oder ist inzwischen versendet."))
    if row.recipient is None:
        raise NotToRetry(
            _("Der Inhalt dieser E-Mail ist schon gelöscht. Bitte schreiben Sie im Vorgang eine neue.")
        )
    row.state, row.attempts, row.next_try_at, row.last_error = State.QUEUED, 0, at, ""
    row.save(update_fields=["state", "attempts", "next_try_at", "last_error"])
    audit.record(
        action="notify.mail.retried",
        subject=f"notify.outbox:{row.pk}",
        by=by,
        changes={"kind": row.kind, "reference": row.reference},
        at=at,
    )
    scope = context.current()
    transaction.on_commit(lambda: wakeup.send(scope, row.pk))
    return row
