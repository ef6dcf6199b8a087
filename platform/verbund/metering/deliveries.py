# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""One day of a meter down to its hours, its seal, and the batches in which it came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet, Sum

from verbund.kernel import registry
from verbund.metering.models import UsageBatch, UsageCounter, UsageLate, UsageSeal
from verbund.metering.periods import bounds_of

# Counters of processes have a UUID as their producer's name; facts and levels bear their scope's key.
_PROCESS = r"^[0-9a-f]{8}-[0-9a-f]{4}-"


@dataclass(frozen=True, slots=True, kw_only=True)
class HourUsage:
    """``n`` events made up the quantity of the hour that begins at ``start`` (UTC)."""

    start: datetime
    quantity: int
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DayDetail:
    """A day as it is counted; ``late`` came after it was sealed and is in no figure. ``seal`` is empty before that."""

    hours: list[HourUsage]
    late: int
    seal: str

    @property
    def quantity(self) -> int:
        return sum(hour.quantity for hour in self.hours)

    @property
    def n(self) -> int:
        return sum(hour.n for hour in self.hours)


def day_detail(*, tenant: int, meter: str, day: date) -> DayDetail:
    """The hours of a day in Berlin (23 or 25 of them twice a year); the association must be entered."""
    start, stop = bounds_of(day)
    wanted = {"tenant": tenant, "meter": meter, "hour__gte": start, "hour__lt": stop}
    rows = (
        UsageCounter.objects.filter(**wanted)
        .values("hour")
        .annotate(quantity_sum=Sum("quantity"), n_sum=Sum("n"))
        .order_by("hour")
    )
    seal = UsageSeal.objects.filter(kind="day", first=day).values_list("value", flat=True).first()
    return DayDetail(
        hours=[HourUsage(start=row["hour"], quantity=row["quantity_sum"], n=row["n_sum"]) for row in rows],
        late=UsageLate.objects.filter(**wanted).aggregate(sum=Sum("quantity"))["sum"] or 0,
        seal=bytes(seal).hex() if seal is not None else "",
    )


def batches_of_day(*, key: str, meter: str, day: date) -> QuerySet[UsageBatch]:
    """Batches of that day which the meter's figures come from, the newest first; ``key`` is the scope's (`m_000042`).

    Facts and levels come in batches of their scope alone. Counts of processes and of other systems hold several
    municipalities in one batch: theirs are those of everybody.
    """
    start, stop = bounds_of(day)
    found = UsageBatch.objects.filter(received_at__gte=start, received_at__lt=stop)
    declared = registry.meters().get(meter)
    if declared is None:
        found = found.filter(producer__startswith=f"{meter.partition('.')[0]}/")
    elif declared.sample:
        found = found.filter(producer=f"{key}/{meter}")
    elif declared.exact:
        found = found.filter(producer=key)
    else:
        found = found.filter(producer__regex=_PROCESS)
    return found.order_by("-received_at", "producer", "-seq")


def is_shared(meter: str) -> bool:
    """Whether a batch with this meter may hold other municipalities, too."""
    declared = registry.meters().get(meter)
    return declared is None or not (declared.exact or declared.sample)
