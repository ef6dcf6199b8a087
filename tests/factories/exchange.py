# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Messages between municipalities, made and moved by the real services."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from tests.factories.defects import middle
from verbund.exchange import outbox, sweeping
from verbund.exchange.api import partners
from verbund.kernel import clock, context
from verbund.kernel.actors import SYSTEM
from verbund.kernel.context import Municipality
from verbund.kernel.ids import uuid7
from verbund.kernel.ports import IncomingMessage
from verbund.modules.defects.handing_over import KIND
from verbund.modules.defects.messages import take_report
from verbund.modules.defects.models import Report


def send_note(sender: Municipality, receiver: Municipality, **options: Any) -> UUID:
    """A message of the tests' own kind."""
    values: dict[str, Any] = {"kind": "tests.note", "body": {"text": "Laterne"}, "at": clock.now(), **options}
    with context.enter(sender):
        return outbox.send(receiver=receiver.number, by=SYSTEM, **values)


def sweep(*municipalities: Municipality, at: datetime | None = None) -> None:
    """One round of the workers in each, one after the other."""
    for municipality in municipalities:
        with context.enter(municipality):
            sweeping.sweep(at=at or clock.now())


def handed_over_report() -> Report:
    """A report that came into the entered municipality from its neighbour."""
    giver, now = partners()[0], clock.now()
    latitude, longitude = middle()
    body = {
        "reference": "M-2026-0042",
        "category": "street-light",
        "latitude": latitude,
        "longitude": longitude,
        "address": "Dorfstraße 3",
        "place_note": "am Dorfteich",
        "description": "Die Laterne am Dorfteich ist seit Montag dunkel.",
    }
    take_report(
        IncomingMessage(
            id=uuid7(),
            sender=giver.number,
            sender_name=giver.name,
            kind=KIND,
            body=body,
            in_reply_to=None,
            sent_at=now,
            at=now,
        )
    )
    return Report.objects.latest("pk")
