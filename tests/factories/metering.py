# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Counts and batches as producers make them, and what the ledger says of them."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from itertools import count

from django.db.models import Sum

from verbund.kernel import context
from verbund.kernel.context import Municipality
from verbund.metering import ledger
from verbund.metering.ledger import Batch, Count
from verbund.metering.models import UsageBatch, UsageCounter

NOON = datetime(2026, 11, 12, 11, 0, tzinfo=UTC)
_numbers = count(1)


def make_count(
    *,
    tenant: int = 1,
    meter: str = "http.requests",
    quantity: int = 1,
    hour: datetime = NOON,
    n: int = 1,
    dimensions: str = "{}",
) -> Count:
    return Count(tenant=tenant, meter=meter, hour=hour, dimensions=dimensions, quantity=quantity, n=n)


def make_batch(*counts: Count, producer: str = "test", seq: int | None = None) -> Batch:
    return Batch(
        producer=producer,
        seq=next(_numbers) if seq is None else seq,
        sha256=hashlib.sha256(repr(counts).encode()).digest(),
        counts=counts or (make_count(),),
    )


def counted(meter: str, tenant: int | Municipality | None = None) -> int:
    """What the ledger's hours add up to."""
    with context.enter_association():
        rows = UsageCounter.objects.filter(meter=meter)
        if tenant is not None:
            rows = rows.filter(tenant=tenant if isinstance(tenant, int) else tenant.number)
        return rows.aggregate(sum=Sum("quantity"))["sum"] or 0


def received() -> dict[tuple[str, int], int]:
    """Every batch of the ledger with the number of its events."""
    with context.enter_association():
        return {(row.producer, row.seq): row.n for row in UsageBatch.objects.all()}


def use(tenant: int | Municipality, meter: str, quantity: int, at: datetime = NOON) -> None:
    """Let the ledger receive so much of a meter."""
    number = tenant if isinstance(tenant, int) else tenant.number
    ledger.receive([make_batch(make_count(tenant=number, meter=meter, quantity=quantity, hour=at))])
