# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Index what came out of an archive or from an earlier day."""

from __future__ import annotations

from verbund.kernel import context
from verbund.kernel.ports import StepContext
from verbund.search import index


def is_done(step: StepContext) -> bool:
    with context.enter(step.municipality):
        return index.is_current()


def is_never_done(_step: StepContext) -> bool:
    """After a restore the index is of another day, however full it is."""
    return False


def rebuild(step: StepContext) -> None:
    with context.enter(step.municipality):
        index.rebuild()


def undo(_step: StepContext) -> None:
    """Nothing: the index goes with the tables, and is as right as they are."""
