# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The step of a departure, and of putting an earlier day back: what was used is counted before the data go."""

from __future__ import annotations

from verbund.kernel import context
from verbund.kernel.errors import Conflict
from verbund.kernel.ports import StepContext
from verbund.metering import pusher


def all_is_counted(step: StepContext) -> bool:
    with context.enter(step.municipality):
        return not pusher.waiting_facts().exists()


def count_the_rest(step: StepContext) -> None:
    with context.enter(step.municipality):
        pusher.push()


def never(_step: StepContext) -> None:
    """The `undo`: what was used stays counted.

    Raises:
        Conflict: always.
    """
    raise Conflict
