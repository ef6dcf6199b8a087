# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""When a municipality may open its doors, and the moment it does."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from django.db import transaction

from tenants.models import OnboardingRequest
from tenants.states import State
from tenants.transitions import move
from verbund.kernel import context, registry
from verbund.kernel.actors import Actor
from verbund.kernel.context import Municipality
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


@transaction.atomic
def open_hosts(number: int, *, at: datetime, by: str) -> None:
    """Let the hosts answer; forget the first administrator's address, which the invitation carries now.

    Raises:
        TransitionRefused: the municipality is not in a state from which it may become active.
    """
    operator = Actor(kind="system", role="operator", acting_for=by)
    move(number=number, wanted=State.ACTIVE, by=operator, at=at)
    with context.enter_association():
        OnboardingRequest.objects.filter(tenant_id=number).update(admin_email=None)
