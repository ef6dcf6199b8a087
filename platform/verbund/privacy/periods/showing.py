# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the page of periods says besides its figures: what is held back, and what went lately."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import Count, Max
from django.db.models.functions import TruncDay

from verbund.cases.kinds import path_of, readable_kinds
from verbund.kernel import clock
from verbund.kernel.actors import Actor
from verbund.kernel.texts import LazyText
from verbund.privacy.periods.counting import all_rules
from verbund.privacy.periods.models import Hold, Tombstone, Why

_MOST: Final = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldRow:
    """A case that stays; without ``url`` where the reader may not open it."""

    reference: str
    url: str
    why: LazyText
    until_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DeletedRow:
    """How many of a kind went on one day, and by which period."""

    label: LazyText
    on: datetime
    count: int
    months: int


def held_rows(who: Actor, *, on: date) -> list[HeldRow]:
    """Everything that is held back on that day, what ends first before the others."""
    kinds = {kind.slug: kind for kind in readable_kinds(who)}
    return [
        HeldRow(
            reference=hold.reference,
            url=path_of(kinds[hold.kind], hold.reference) if hold.kind in kinds else "",
            why=Why(hold.why).label,
            until_on=hold.until_on,
        )
        for hold in Hold.objects.filter(until_on__gte=on)
    ]


def latest_deletions() -> list[DeletedRow]:
    """The latest days on which something went."""
    labels = {slug: rule.label for slug, rule in all_rules().items()}
    days = (
        Tombstone.objects.order_by()
        .annotate(day=TruncDay("deleted_at", tzinfo=clock.BERLIN))
        .values("slug", "day", "months")
        .annotate(count=Count("pk"), at=Max("deleted_at"))
        .order_by("-day", "slug")
    )
    return [
        DeletedRow(
            label=labels.get(row["slug"], row["slug"]), on=row["at"], count=row["count"], months=row["months"]
        )
        for row in days[:_MOST]
    ]
