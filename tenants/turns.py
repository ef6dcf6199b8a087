# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The steps that all packages registered for a turn of a municipality's life, in order, and how one is called."""

from __future__ import annotations

from collections.abc import Callable

from verbund.kernel import registry
from verbund.kernel.ports import StepContext
from verbund.kernel.specs import Lifecycle, LifecycleStep


def in_order(turn: Callable[[Lifecycle], tuple[LifecycleStep, ...]]) -> list[LifecycleStep]:
    """Every step of a turn: ``in_order(lambda lifecycle: lifecycle.suspend)``."""
    return sorted(
        (step for spec in registry.all_specs() for step in turn(spec.lifecycle)),
        key=lambda step: (step.order, step.name),
    )


def call(dotted: str, step: StepContext) -> object:
    """Call one function of a step."""
    function = registry.load(dotted)
    return function(step)  # type: ignore[operator]  # checked by a conformance test
