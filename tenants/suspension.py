# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Stops a member from serving and lets it serve again; its data stays as it is."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tenants import directory, turns
from tenants.models import Tenant
from tenants.states import State
from tenants.transitions import TransitionRefused, locked, move
from verbund.kernel import context
from verbund.kernel.actors import Actor
from verbund.kernel.ports import StepContext
from verbund.kernel.specs import Lifecycle, LifecycleStep


@transaction.atomic
def suspend(*, number: int, by: Actor, at: datetime, reason: str = "") -> bool:
    """Close the hosts, end the sessions and whatever else packages end; False when it was suspended already.

    From then on its hosts answer like unknown ones, its API tokens open nothing and its tasks are turned away, in
    other processes after at most `directory.KEEP_SECONDS`. What was used before is still counted.

    Raises:
        TransitionRefused: it is in a state that cannot be suspended.
    """
    if not move(number=number, wanted=State.SUSPENDED, by=by, at=at, reason=reason):
        return False
    step = _step_context(number, by=by, at=at)
    for each in turns.in_order(_suspend):
        if not turns.call(each.check, step):
            turns.call(each.do, step)
    return True


@transaction.atomic
def resume(*, number: int, by: Actor, at: datetime, reason: str = "") -> bool:
    """Let a suspended member serve again; False when it serves already.

    Raises:
        TransitionRefused: it is neither suspended nor active.
    """
    with context.enter_association():
        tenant = locked(number)
        if tenant.state not in {State.SUSPENDED, State.ACTIVE}:
            raise TransitionRefused(tenant, State.ACTIVE)
    if tenant.state == State.ACTIVE:
        return False
    step = _step_context(number, by=by, at=at)
    for each in reversed(turns.in_order(_suspend)):
        turns.call(each.undo, step)
    return move(number=number, wanted=State.ACTIVE, by=by, at=at, reason=reason)


def _suspend(lifecycle: Lifecycle) -> tuple[LifecycleStep, ...]:
    return lifecycle.suspend


def _step_context(number: int, *, by: Actor, at: datetime) -> StepContext:
    with context.enter_association():
        municipality = directory.describe(Tenant.objects.get(pk=number))
    return StepContext(municipality=municipality, at=at, requested_by=by.id or by.kind)
