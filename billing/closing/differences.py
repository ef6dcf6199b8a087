# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What changed between two calculations of a month, for each member; shown before somebody approves."""

from __future__ import annotations

from dataclasses import dataclass

from billing.closing.models import Run, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A member's statement before and after, in cents; 0 where there was none."""

    tenant: int
    before_cents: int
    after_cents: int

    @property
    def cents(self) -> int:
        return self.after_cents - self.before_cents


def differences(run: Run) -> tuple[Difference, ...]:
    """What a run changed against the one before it, by member's number; nothing for the first."""
    before = Run.objects.filter(period=run.period_id, number__lt=run.number).order_by("-number").first()
    if before is None:
        return ()
    old, new = _sums(before), _sums(run)
    return tuple(
        Difference(tenant=tenant, before_cents=old.get(tenant, 0), after_cents=new.get(tenant, 0))
        for tenant in sorted(old.keys() | new.keys())
        if old.get(tenant, 0) != new.get(tenant, 0)
    )


def _sums(run: Run) -> dict[int, int]:
    return dict(Statement.objects.filter(run=run).values_list("tenant_id", "cents"))
