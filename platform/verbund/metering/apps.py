# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The Django app of the association's side of metering."""

from __future__ import annotations

from typing import Any

from celery.signals import task_postrun
from django.apps import AppConfig
from typing_extensions import override

from verbund.jobs.tasks import around
from verbund.metering.prometheus import observe_job


class MeteringConfig(AppConfig):
    name = "verbund.metering"
    label = "metering"

    @override
    def ready(self) -> None:
        """Let every worker count what its tasks take, and tell Prometheus how they end."""
        from verbund.metering.working_time import measured  # noqa: PLC0415 (it needs the models)

        if measured not in around:
            around.append(measured)
        task_postrun.connect(_task_ended, dispatch_uid="metering.task_ended")


def _task_ended(*, task: Any, state: str | None = None, **_signal: object) -> None:
    observe_job(task=task.name, outcome=(state or "unknown").lower())
