# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The mails to somebody who asks what is kept of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from verbund.audit import api as audit
from verbund.kernel.actors import Actor
from verbund.kernel.ports import HeldRecord
from verbund.notify.models import SEALED, Outbox, State
from verbund.vault.api import normalised

# Links in mails open something for whoever has them; who answers the request must not.
_LINK: Final = re.compile(r"https?://\S+")


def found(email: str) -> Iterator[HeldRecord]:
    """Every mail whose contents are still there: waiting, or sent within the last two weeks."""
    for mail in Outbox.objects.filter(pk__in=_to(email)).order_by("queued_at", "pk"):
        yield HeldRecord(
            kind=_("E-Mail"),
            at=mail.sent_at or mail.queued_at,
            fields=(
                (_("Stand"), mail.get_state_display()),
                (_("Betreff"), mail.subject or ""),
                (_("Text"), _LINK.sub("[…]", mail.text or "")),
            ),
            subject=f"notify.outbox:{mail.pk}",
            remains=_("Art und Zeitpunkt des Versands bleiben, ohne Adresse und Text.")
            if mail.state != State.QUEUED
            else "",
        )


@transaction.atomic
def erase(email: str, *, by: Actor, at: datetime) -> None:
    """Empty what was sent; what waits is not sent any more."""
    mails = Outbox.objects.select_for_update().filter(pk__in=_to(email))
    waiting = list(mails.filter(state=State.QUEUED).values_list("pk", flat=True))
    emptied = mails.exclude(state=State.QUEUED).update(**dict.fromkeys(SEALED))
    Outbox.objects.filter(pk__in=waiting).delete()
    if emptied or waiting:
        audit.record(
            action="notify.mails.person_erased",
            subject="notify.outbox:",
            by=by,
            changes={"emptied": emptied, "not_sent": len(waiting)},
            reason="Antrag auf Löschung",
            at=at,
        )


def _to(email: str) -> list[int]:
    """Addresses are sealed and have no index: all of the last two weeks are opened."""
    wanted = normalised(email)
    rows = Outbox.objects.filter(recipient__isnull=False).only("pk", "recipient")
    return [row.pk for row in rows.iterator(chunk_size=1000) if normalised(row.recipient or "") == wanted]
