# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Subscriptions of somebody who asks what is kept of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from verbund.kernel.actors import Actor
from verbund.kernel.ports import HeldRecord
from verbund.subscriptions import areas, services


def found(email: str) -> Iterator[HeldRecord]:
    """Every subscription of that mailbox, also one nobody has confirmed."""
    for row in services.subscriptions_of(email):
        yield HeldRecord(
            kind=_("Abonnement „Mein Ort“"),
            at=row.made_at,
            fields=(
                (_("E-Mail-Adresse"), row.email),
                (_("Gebiet"), areas.name_of(row)),
                (_("Wie oft"), row.get_rhythm_display()),
            ),
            subject=services.reference_of(row),
        )


@transaction.atomic
def erase(email: str, *, by: Actor, at: datetime) -> None:
    """End them all, as their owner would."""
    for row in services.subscriptions_of(email):
        services.unsubscribe(secret=row.secret, by=by, at=at)
