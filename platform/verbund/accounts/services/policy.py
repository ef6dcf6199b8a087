# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the administration demands for signing in."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from verbund.accounts.models import SignInPolicy
from verbund.audit import api as audit
from verbund.kernel.actors import Actor


def policy() -> SignInPolicy:
    """The rules of the entered scope; the defaults where nobody has set any."""
    return SignInPolicy.objects.first() or SignInPolicy()


@transaction.atomic
def change_policy(*, requires_second_factor: bool, by: Actor, at: datetime) -> SignInPolicy:
    """Set whether everybody needs a second factor; repeating changes nothing."""
    rules, _ = SignInPolicy.objects.select_for_update().get_or_create(pk=1)
    before = rules.requires_second_factor
    if before == requires_second_factor:
        return rules
    rules.requires_second_factor = requires_second_factor
    rules.save(update_fields=["requires_second_factor"])
    audit.record(
        action="accounts.policy.changed",
        subject="accounts.policy:1",
        by=by,
        changes={"requires_second_factor": [before, requires_second_factor]},
        at=at,
    )
    return rules
