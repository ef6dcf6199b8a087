# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Scheduled work of the requests."""

from __future__ import annotations

from celery import shared_task

from verbund.jobs.tasks import MunicipalityTask
from verbund.kernel import clock
from verbund.privacy.persons import requests


@shared_task(base=MunicipalityTask, name="privacy.delete_requests")
def delete_requests() -> int:
    return requests.delete_old(at=clock.now())
