# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""On which days somebody is a member: as entered, otherwise as the registry knows it. The association must be entered."""

from __future__ import annotations

from billing.allocation.spans import Span
from billing.costs.models import Membership
from tenants.models import Departure, Tenant
from verbund.kernel import context
from verbund.kernel.clock import day_of


def member_spans() -> dict[int, tuple[Span, ...]]:
    """Who was ever a member and when, by number."""
    found: dict[int, tuple[Span, ...]] = {}
    for row in Membership.objects.order_by("first"):
        found[row.tenant_id] = (*found.get(row.tenant_id, ()), Span(first=row.first, last=row.last))
    return {**{number: (span,) for number, span in registered_spans().items()}, **found}


def registered_spans() -> dict[int, Span]:
    """From going into service to the end of the departure; copies and the municipalities of the proof are nobody's members."""
    left = {
        row.tenant_id: day_of(row.finished_at)
        for row in Departure.objects.exclude(finished_at=None)
        if row.finished_at is not None
    }
    found = {}
    for tenant in Tenant.objects.filter(origin="", activated_at__isnull=False).exclude(
        slug__startswith=context.PROOF_SLUG
    ):
        if tenant.activated_at is not None:
            first, last = day_of(tenant.activated_at), left.get(tenant.number)
            found[tenant.number] = Span(first=first, last=last if last is None else max(first, last))
    return found
