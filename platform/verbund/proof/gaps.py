# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What cannot be tried yet, and why; each gap closes by itself or turns the proof red."""

from __future__ import annotations

from verbund.kernel import registry
from verbund.proof.ledger import Ledger

EXCHANGE = "exchange.messages"


def name_gaps(ledger: Ledger) -> None:
    """Messages between municipalities do not exist yet; as soon as somebody offers them, they need a trial."""
    offered = [spec.slug for spec in registry.all_specs() if "Exchange" in spec.ports]
    if offered:
        ledger.failed(
            EXCHANGE,
            ", ".join(offered),
            "bietet Nachrichten zwischen Kommunen an, für die es keinen Versuch gibt",
        )
    else:
        ledger.gaps[EXCHANGE] = "Nachrichten zwischen Kommunen gibt es in dieser Fassung nicht."
