# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The states of a membership and the steps between them; only `tenants.transitions` takes one."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    REQUESTED = "REQUESTED"
    PROVISIONING = "PROVISIONING"
    ACTIVE = "ACTIVE"
    SUSPENDED = "SUSPENDED"
    LEAVING = "LEAVING"
    ARCHIVED = "ARCHIVED"
    FAILED = "FAILED"
    # Never served anybody and is being taken back; its row goes with the last step.
    DISCARDING = "DISCARDING"


STEPS: dict[State, frozenset[State]] = {
    State.REQUESTED: frozenset({State.PROVISIONING, State.FAILED, State.DISCARDING}),
    State.PROVISIONING: frozenset({State.ACTIVE, State.FAILED}),
    State.FAILED: frozenset({State.PROVISIONING, State.DISCARDING}),
    State.ACTIVE: frozenset({State.SUSPENDED, State.LEAVING}),
    State.SUSPENDED: frozenset({State.ACTIVE, State.LEAVING}),
    State.LEAVING: frozenset({State.ARCHIVED}),
    State.ARCHIVED: frozenset(),
    State.DISCARDING: frozenset(),
}

# Its data is there and complete, whether anybody sees it or not.
WITH_DATA = frozenset({State.ACTIVE, State.SUSPENDED, State.LEAVING})
