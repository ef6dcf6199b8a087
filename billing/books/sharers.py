# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who shares a cost centre in a month and on how many of its days, found by the engine's own rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from billing.allocation.ground import Ground
from billing.allocation.spans import Span
from billing.costs.models import CostCentre, KeyVersion
from billing.costs.versions import key_of
from billing.gathering import Plan, materials_of, member_key
from tenants.models import Tenant
from verbund.metering.periods import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharer:
    """A member of the month; ``days`` is 0 for one that has not booked the module or is exempt from the key."""

    slug: str
    name: str
    spans: Sequence[Span]
    days: int
    is_exempt: bool


def sharers(centre: CostCentre, key: KeyVersion | None, period: Period) -> list[Sharer]:
    """Every member of the month, by name; the association must be entered."""
    [material] = materials_of([(period, Plan())], with_usage=False)
    engine = key_of(key) if key is not None else None
    counted = Ground(material).days(centre.module or (engine.module if engine else ""))
    exempt = engine.exempt if engine else frozenset()
    spans = {item.member: item.spans for item in material.memberships}
    return [
        Sharer(
            slug=tenant.slug,
            name=tenant.name,
            spans=spans[member],
            days=0 if member in exempt else len(counted.get(member, ())),
            is_exempt=member in exempt,
        )
        for tenant in Tenant.objects.order_by("sort_key").only("number", "slug", "name", "ars")
        if (member := member_key(tenant)) in spans
    ]
