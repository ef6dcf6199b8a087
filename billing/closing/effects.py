# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a correction comes to for each member, before anybody decides about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from billing.closing.correcting import lines_of
from billing.closing.models import Adjustment
from tenants.models import Tenant


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """A member's difference in cents; negative is paid back."""

    name: str
    cents: int


def effects_of(adjustment: Adjustment) -> Sequence[Effect]:
    """In the order of the dictionary; members for whom nothing changes are left out. Nothing is written.

    Raises:
        Invalid: the correction cannot be calculated.
        Conflict: the old month was calculated by other rules of the program.
    """
    found = lines_of(adjustment)
    cents: dict[int, int] = {}
    for line in found.lines:
        number = found.members[line.member]
        cents[number] = cents.get(number, 0) + line.net_cents
    changed = [number for number, sum_ in cents.items() if sum_]
    tenants = Tenant.objects.filter(pk__in=changed).order_by("sort_key")
    return [Effect(name=tenant.name, cents=cents[tenant.pk]) for tenant in tenants]
