# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Takes a delivery of events: each is accepted, a duplicate, or rejected with its reason, and counted before we answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from billing.ingest.events import BadEvent, Reporter, batch_of
from billing.ingest.models import EventTally, Producer
from billing.ingest.reasons import Reason
from billing.ingest.rejected import keep_rejected
from tenants.models import Tenant
from verbund.kernel import context
from verbund.kernel.clock import day_of
from verbund.kernel.errors import Invalid
from verbund.metering import ledger
from verbund.metering.ledger import Batch, Received

MOST = 1000
_NOTHING = Received(applied=frozenset(), repeated=frozenset(), refused=frozenset())
ACCEPTED, DUPLICATE, REJECTED = "accepted", "duplicate", "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of the event at the same place of the delivery."""

    id: str
    result: str
    field: str = ""
    reason: str = ""
    code: Reason | None = None


def receive(events: Sequence[Any], *, producer: Producer, now: datetime) -> list[Outcome]:
    """Count what was not counted before; when this returns, it is committed. Repeating a delivery changes nothing.

    The count of events and the tally of deliveries are two transactions: a crash between them only lacks in the tally.

    Raises:
        Invalid: more events than one delivery may hold; nothing of it was counted.
    """
    if len(events) > MOST:
        message = _("Höchstens %(most)s Ereignisse je Lieferung; bitte teilen Sie sie.") % {"most": MOST}
        raise Invalid(f"events: {message}", fields={"events": message})
    reporter = _reporter(producer)
    read = [_read(event, reporter, now) for event in events]
    first: dict[tuple[str, int], Batch] = {}
    for found in read:
        if isinstance(found, Batch):
            first.setdefault(found.key, found)
    counted = ledger.receive(list(first.values())) if first else _NOTHING
    outcomes: list[Outcome] = []
    seen: set[tuple[str, int]] = set()
    for found in read:
        if isinstance(found, Outcome):
            outcomes.append(found)
            continue
        is_same = found.sha256 == first[found.key].sha256 and found.key not in counted.refused
        outcomes.append(_outcome(found, is_same=is_same, is_new=found.key in counted.applied - seen))
        seen.add(found.key)
    _tally(events, outcomes, reporter, producer=producer, now=now)
    return outcomes


def _outcome(batch: Batch, *, is_same: bool, is_new: bool) -> Outcome:
    identifier = batch.producer.partition("/")[2]
    if not is_same:
        reason = _(
            "Unter dieser Kennung ist schon etwas anderes gezählt. Ein neues Ereignis braucht eine neue."
        )
        return Outcome(id=identifier, result=REJECTED, field="id", reason=reason, code=Reason.ID_USED)
    return Outcome(id=identifier, result=ACCEPTED if is_new else DUPLICATE)


def _read(event: Any, reporter: Reporter, now: datetime) -> Batch | Outcome:
    try:
        return batch_of(event, reporter, now=now)
    except BadEvent as bad:
        given = event.get("id") if isinstance(event, dict) else None
        return Outcome(
            id=given if isinstance(given, str) else "",
            result=REJECTED,
            field=bad.field,
            reason=str(bad),
            code=bad.code,
        )


def _reporter(producer: Producer) -> Reporter:
    with context.enter_association():
        tenants = dict(Tenant.objects.filter(number__in=producer.tenants).values_list("slug", "number"))
    return Reporter(slug=producer.slug, meters=frozenset(producer.meters), tenants=tenants)


def _tally(
    events: Sequence[Any],
    outcomes: Sequence[Outcome],
    reporter: Reporter,
    *,
    producer: Producer,
    now: datetime,
) -> None:
    results = [outcome.result for outcome in outcomes]
    sums = {result: results.count(result) for result in (ACCEPTED, DUPLICATE, REJECTED)}
    with context.enter_association(), transaction.atomic():
        EventTally.objects.get_or_create(producer=producer, day=day_of(now))
        EventTally.objects.filter(producer=producer, day=day_of(now)).update(
            **{result: F(result) + n for result, n in sums.items()}
        )
        keep_rejected(
            [
                (event, outcome.code)
                for event, outcome in zip(events, outcomes, strict=True)
                if outcome.code is not None
            ],
            reporter,
            producer=producer,
            at=now,
        )
