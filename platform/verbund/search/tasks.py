# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the workers do for searching."""

from __future__ import annotations

from celery import shared_task

from verbund.jobs.tasks import MunicipalityTask
from verbund.search import index


@shared_task(base=MunicipalityTask, name="search.rebuild")
def rebuild() -> int:
    """Each night, for what changes many documents at once, such as the name of a category."""
    return index.rebuild()


@shared_task(base=MunicipalityTask, name="search.keep_current")
def keep_current() -> int:
    """After an update or a first start: build an index that is empty or of an earlier edition; returns its documents."""
    return 0 if index.is_current() else index.rebuild()
