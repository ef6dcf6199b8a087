# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A kind of message of the tests' own, and what its receivers saw."""

from __future__ import annotations

import pytest

from verbund.exchange import kinds, outbox
from verbund.kernel.actors import SYSTEM
from verbund.kernel.offers import MessageKind
from verbund.kernel.ports import IncomingMessage, UndeliveredMessage

KIND = "tests.note"
taken: list[IncomingMessage] = []
failed: list[UndeliveredMessage] = []


def take(message: IncomingMessage) -> None:
    """Note it, do what it asks for, and answer a question."""
    taken.append(message)
    if message.body.get("break"):
        raise RuntimeError("broken handler")
    if message.in_reply_to is None and message.body.get("answer"):
        outbox.send(
            receiver=message.sender,
            kind=KIND,
            body={"text": "danke"},
            by=SYSTEM,
            at=message.at,
            in_reply_to=message.id,
        )


def fail(message: UndeliveredMessage) -> None:
    failed.append(message)


@pytest.fixture(autouse=True)
def _kind(monkeypatch: pytest.MonkeyPatch) -> None:
    kind = MessageKind(
        slug=KIND,
        label="Zettel",
        receive="tests.exchange.conftest:take",
        undeliverable="tests.exchange.conftest:fail",
    )
    declared = {**kinds._kinds(), KIND: (kind, "")}
    monkeypatch.setattr(kinds, "_kinds", lambda: declared)
    taken.clear()
    failed.clear()
