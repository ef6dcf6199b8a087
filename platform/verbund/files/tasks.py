# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the workers do for files."""

from __future__ import annotations

from datetime import timedelta

from celery import shared_task

from verbund.files import api, owners
from verbund.jobs.tasks import MunicipalityTask
from verbund.kernel import clock

# Longer than any transaction is open.
_AGE = timedelta(hours=1)


@shared_task(base=MunicipalityTask, name="files.remove_orphans")
def remove_orphans() -> int:
    return api.remove_orphans(older_than=clock.now() - _AGE)


@shared_task(base=MunicipalityTask, name="files.delete_ownerless")
def delete_ownerless() -> int:
    return owners.delete_ownerless(at=clock.now())
