# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""When a municipality may open its doors, and the moment it does."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from django.db import transaction

from tenants import directory
from tenants.models import OnboardingRequest, Tenant
from tenants.states import STEPS, State
from verbund.audit import api as audit
from verbund.kernel import context, registry
from verbund.kernel.actors import SYSTEM
from verbund.kernel.context import Municipality
from verbund.kernel.errors import Conflict
from verbund.kernel.ports import Finding

Check = Callable[[Municipality], Iterable[Finding]]


def findings(municipality: Municipality) -> list[Finding]:
    """Everything any package misses, asked in the municipality's own data."""
    found: list[Finding] = []
    with context.enter(municipality):
        for spec in registry.all_specs():
            for dotted in spec.activation_checks:
                check = registry.load(dotted)
                if callable(check):
                    found.extend(check(municipality))
    return found


def open_hosts(number: int, *, at: datetime, by: str) -> None:
    """Let the hosts answer; forget the first administrator's address, which the invitation carries now.

    Raises:
        Conflict: the municipality is not in a state from which it may become active.
    """
    with context.enter_association(), transaction.atomic():
        tenant = Tenant.objects.select_for_update().get(pk=number)
        if State.ACTIVE not in STEPS[State(tenant.state)]:
            raise Conflict
        before, tenant.state = tenant.state, State.ACTIVE
        tenant.activated_at = tenant.activated_at or at
        tenant.save(update_fields=["state", "activated_at"])
        OnboardingRequest.objects.filter(tenant=tenant).update(admin_email=None)
        audit.record(
            action="tenants.tenant.activated",
            subject=f"tenants.tenant:{number}",
            by=SYSTEM,
            changes={"state": [before, tenant.state], "requested_by": by},
            at=at,
        )
    directory.forget()
