# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The onboarding step of the places package: the outlines of the municipality's bodies."""

from __future__ import annotations

from verbund.kernel import context
from verbund.kernel.actors import SYSTEM
from verbund.kernel.ports import StepContext
from verbund.places import basemap, services
from verbund.places.models import Boundary


def boundaries_are_done(step: StepContext) -> bool:
    """A body without a shipped outline is no reason to wait: its outline can be imported later."""
    shipped = {body.ags for body in step.municipality.bodies} & set(basemap.body_shapes())
    with context.enter(step.municipality):
        return shipped <= set(Boundary.objects.values_list("ags", flat=True))


def load_boundaries(step: StepContext) -> None:
    with context.enter(step.municipality):
        services.load_shipped_boundaries(by=SYSTEM, at=step.at)


def undo_boundaries(step: StepContext) -> None:
    with context.enter(step.municipality):
        Boundary.objects.all().delete()
