# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the workers do for the record; it stands here because the record itself knows no tasks."""

from __future__ import annotations

from celery import shared_task

from verbund.audit import anchoring
from verbund.jobs.tasks import AssociationTask, MunicipalityTask
from verbund.kernel import clock


@shared_task(base=MunicipalityTask, name="audit.anchor")
def anchor() -> bool:
    """Anchor a municipality's chain; whether it had grown."""
    return anchoring.take(at=clock.now()) is not None


@shared_task(base=AssociationTask, name="audit.anchor_association")
def anchor_association() -> bool:
    """Anchor the association's own chain, in its own schema and in the log."""
    return anchoring.take(at=clock.now()) is not None
