# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The states of a membership and the steps between them."""

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


STEPS: dict[State, frozenset[State]] = {
    State.REQUESTED: frozenset({State.PROVISIONING, State.FAILED}),
    State.PROVISIONING: frozenset({State.ACTIVE, State.FAILED}),
    State.FAILED: frozenset({State.PROVISIONING}),
    State.ACTIVE: frozenset({State.SUSPENDED, State.LEAVING}),
    State.SUSPENDED: frozenset({State.ACTIVE, State.LEAVING}),
    State.LEAVING: frozenset({State.ARCHIVED}),
    State.ARCHIVED: frozenset(),
}
