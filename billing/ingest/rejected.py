# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Rejected events, added up by system, day, municipality, meter and reason, with one example of each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, QuerySet, Sum

from billing.ingest.events import Reporter
from billing.ingest.models import METER_LENGTH, Producer, Rejection
from billing.ingest.reasons import Reason
from verbund.kernel.clock import day_of
from verbund.metering.periods import Period

KEPT = timedelta(days=180)
# Of an example only what finds the event again in the other system: what it says of people, by mistake, stays out.
_ATTRIBUTES = ("id", "source", "type", "subject", "time")
_LONGEST = 64

_Key = tuple[int, str, Reason]


def keep_rejected(
    rejected: Sequence[tuple[Any, Reason]], reporter: Reporter, *, producer: Producer, at: datetime
) -> None:
    """Add to the sums of the day; the association must be entered, in the transaction of the tally.

    Meters and municipalities the system is not registered for count as none, so that the rows of a day are few.
    """
    sums: dict[_Key, int] = {}
    examples: dict[_Key, dict[str, str]] = {}
    for event, code in rejected:
        key = (_tenant(event, reporter), _meter(event, reporter), code)
        sums[key] = sums.get(key, 0) + 1
        examples[key] = example_of(event)
    for (tenant, meter, code), n in sorted(sums.items()):
        row = {"producer": producer, "day": day_of(at), "tenant": tenant, "meter": meter, "code": code.value}
        Rejection.objects.get_or_create(**row, defaults={"last_at": at})
        Rejection.objects.filter(**row).update(
            n=F("n") + n, example=examples[tenant, meter, code], last_at=at
        )


def example_of(event: Any) -> dict[str, str]:
    """The attributes that name an event, cut short."""
    if not isinstance(event, dict):
        return {}
    return {
        name: value[:_LONGEST] for name in _ATTRIBUTES if isinstance(value := event.get(name), str) and value
    }


def rejections(*, producer: str = "") -> QuerySet[Rejection]:
    """The newest day first, on a day what is most; of one system or of all."""
    rows = Rejection.objects.select_related("producer").order_by(
        "-day", "-n", "producer_id", "meter", "code", "tenant"
    )
    return rows.filter(producer__slug=producer) if producer else rows


def rejected_of(tenant: int, period: Period) -> dict[str, int]:
    """How many events that named the municipality were rejected in a month, by meter; the association must be entered."""
    rows = Rejection.objects.filter(tenant=tenant, day__gte=period.first, day__lt=period.after)
    return dict(rows.order_by().values_list("meter").annotate(sum=Sum("n")))


def forget_rejections(*, at: datetime) -> int:
    """Delete what is older than half a year; returns how many rows. The association must be entered."""
    deleted, _by_model = Rejection.objects.filter(day__lt=day_of(at - KEPT)).delete()
    return deleted


def _tenant(event: Any, reporter: Reporter) -> int:
    subject = event.get("subject") if isinstance(event, dict) else None
    return reporter.tenants.get(subject, 0) if isinstance(subject, str) else 0


def _meter(event: Any, reporter: Reporter) -> str:
    meter = event.get("type") if isinstance(event, dict) else None
    return meter if isinstance(meter, str) and meter in reporter.meters and len(meter) <= METER_LENGTH else ""
