# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Messages between municipalities, made and moved by the real services."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from verbund.exchange import outbox, sweeping
from verbund.kernel import clock, context
from verbund.kernel.actors import SYSTEM
from verbund.kernel.context import Municipality


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
