# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Members in states that would take long to reach."""

from __future__ import annotations

from tenants import directory
from tenants.models import Tenant
from tenants.states import State
from verbund.kernel import context
from verbund.kernel.context import Municipality


def put(municipality: Municipality, state: State) -> None:
    """Set a member's state, past the table of steps."""
    with context.enter_association():
        Tenant.objects.filter(pk=municipality.number).update(state=state)
    directory.forget()
