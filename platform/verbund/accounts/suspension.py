# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What becomes of sign-ins when a municipality stops serving: nobody's session waits for its return."""

from __future__ import annotations

from django.db import transaction

from verbund.accounts.models import Session
from verbund.audit import api as audit
from verbund.kernel import context
from verbund.kernel.actors import Actor
from verbund.kernel.ports import StepContext


def nobody_is_signed_in(step: StepContext) -> bool:
    with context.enter(step.municipality):
        return not Session.objects.exists()


def end_all_sessions(step: StepContext) -> None:
    """End the sessions of everybody; people sign in anew when the municipality serves again."""
    with context.enter(step.municipality), transaction.atomic():
        ended, _details = Session.objects.all().delete()
        if ended:
            audit.record(
                action="accounts.session.ended",
                subject="accounts.person:all",
                by=Actor(kind="system", role="operator", acting_for=step.requested_by),
                changes={"sessions": ended},
                at=step.at,
            )


def let_people_sign_in(step: StepContext) -> None:
    """Nothing to give back: sessions that ended stay ended."""
