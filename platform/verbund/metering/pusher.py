# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Carries facts from a municipality's schema into the ledger, each exactly once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count as CountRows
from django.db.models import Min, QuerySet

from verbund.kernel import clock, context
from verbund.kernel.context import Municipality, Scope
from verbund.metering import ledger
from verbund.metering.dimensions import canonical
from verbund.metering.facts.models import Fact
from verbund.metering.ledger import Batch, Count, tenant_number
from verbund.metering.models import UsageBacklog
from verbund.metering.periods import hour_of

_AT_ONCE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Pushed:
    """``counted`` are new in the ledger, ``repeated`` were there already, ``left`` are still waiting."""

    counted: int
    repeated: int
    left: int


def waiting_facts() -> QuerySet[Fact]:
    """Facts of the entered scope that are still to be counted.

    What waited when a copy was made is its origin's: that counts it, at the latest when it leaves.
    """
    waiting, scope = Fact.objects.filter(pushed_at=None), context.current()
    if isinstance(scope, Municipality) and scope.restored_at is not None and scope.bound_to != scope.key:
        return waiting.filter(recorded_at__gte=scope.restored_at)
    return waiting


def push() -> Pushed:
    """Push all waiting facts of the entered scope.

    Three transactions, in this order: read here, count in the association's schema under the key
    (scope, fact), note here. Whatever dies in between, the next push repeats a no-op.
    """
    scope = context.current()
    counted = repeated = after = 0
    while facts := _waiting(after):
        received = ledger.receive([batch_of(scope, fact) for fact in facts])
        done = {seq for _producer, seq in received.applied | received.repeated}
        _note_pushed(sorted(done))
        counted += len(received.applied)
        repeated += len(received.repeated)
        after = facts[-1].id
        if len(facts) < _AT_ONCE:
            break
    return Pushed(counted=counted, repeated=repeated, left=note_backlog())


def batch_of(scope: Scope, fact: Fact) -> Batch:
    """A fact as the ledger takes it: a batch of one, numbered by the fact's key."""
    dimensions = canonical(fact.dimensions)
    content = json.dumps([fact.meter, fact.quantity, fact.occurred_at.isoformat(), dimensions])
    count = Count(
        tenant=tenant_number(scope),
        meter=fact.meter,
        hour=hour_of(fact.occurred_at),
        dimensions=dimensions,
        quantity=fact.quantity,
        n=1,
    )
    return Batch(
        producer=scope.key, seq=fact.id, sha256=hashlib.sha256(content.encode()).digest(), counts=(count,)
    )


def _waiting(after: int) -> Sequence[Fact]:
    with transaction.atomic(durable=True):
        return list(waiting_facts().filter(id__gt=after).order_by("id")[:_AT_ONCE])


def _note_pushed(keys: Sequence[int]) -> None:
    with transaction.atomic(durable=True):
        Fact.objects.filter(id__in=keys, pushed_at=None).update(pushed_at=clock.now())


def note_backlog() -> int:
    """Write down, for the association to see, how many facts of the entered scope are waiting; returns that."""
    scope = context.current()
    left = waiting_facts().aggregate(n=CountRows("id"), oldest=Min("recorded_at"))
    with context.enter_association():
        UsageBacklog.objects.bulk_create(
            [
                UsageBacklog(
                    tenant=tenant_number(scope),
                    unpushed=left["n"],
                    oldest_at=left["oldest"],
                    checked_at=clock.now(),
                )
            ],
            update_conflicts=True,
            unique_fields=["tenant"],
            update_fields=["unpushed", "oldest_at", "checked_at"],
        )
    return int(left["n"])
