# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The step of onboarding that invites the first administration."""

from __future__ import annotations

from django.db import transaction

from verbund.accounts.models import Person
from verbund.accounts.services.people import invite_person
from verbund.audit import api as audit
from verbund.kernel import context
from verbund.kernel.actors import Actor
from verbund.kernel.ports import StepContext

_ROLE = "administrator"


def is_invited(step: StepContext) -> bool:
    with context.enter(step.municipality):
        return Person.objects.filter(role=_ROLE).exists()


def invite(step: StepContext) -> None:
    """Invite the address given at onboarding; the link goes by mail only."""
    with context.enter(step.municipality):
        invite_person(
            email=step.admin_email, name="Administration", role=_ROLE, by=_operator(step), at=step.at
        )


def undo(step: StepContext) -> None:
    """Take the invitation back, unless somebody has accepted it."""
    with context.enter(step.municipality), transaction.atomic():
        removed, _details = Person.objects.filter(role=_ROLE, joined_at=None).delete()
        if removed:
            audit.record(
                action="accounts.person.invitation_withdrawn",
                subject="accounts.person:first",
                by=_operator(step),
                at=step.at,
            )


def _operator(step: StepContext) -> Actor:
    return Actor(kind="system", role="operator", acting_for=step.requested_by)
