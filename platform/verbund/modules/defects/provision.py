# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The onboarding step of the defects module: the categories a municipality starts with."""

from __future__ import annotations

from django.db import transaction

from verbund.audit import api as audit
from verbund.kernel import context
from verbund.kernel.actors import SYSTEM
from verbund.kernel.ports import StepContext
from verbund.modules.defects.models import Category
from verbund.modules.defects.sample_categories import SAMPLE_CATEGORIES


def categories_are_done(step: StepContext) -> bool:
    """Whether there are any: what the municipality removed or renamed is not brought back."""
    with context.enter(step.municipality):
        return Category.objects.exists()


def make_categories(step: StepContext) -> None:
    with context.enter(step.municipality), transaction.atomic():
        Category.objects.bulk_create(
            [
                Category(
                    code=sample.code,
                    name=sample.name,
                    description=sample.description,
                    group=sample.group,
                    keywords=list(sample.keywords),
                    hint=sample.hint,
                    working_days=sample.working_days,
                    duplicate_radius_m=sample.duplicate_radius_m,
                    position=position,
                )
                for position, sample in enumerate(SAMPLE_CATEGORIES)
            ],
            ignore_conflicts=True,
        )
        audit.record(
            action="defects.categories.created",
            subject="defects.category:*",
            by=SYSTEM,
            changes={"count": len(SAMPLE_CATEGORIES)},
            at=step.at,
        )


def undo_categories(step: StepContext) -> None:
    """Remove categories nobody has used."""
    with context.enter(step.municipality):
        Category.objects.filter(reports=None).delete()
