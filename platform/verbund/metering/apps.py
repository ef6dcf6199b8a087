# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The Django app of the association's side of metering."""

from __future__ import annotations

from typing import Any

from celery.signals import task_postrun
from django.apps import AppConfig
from typing_extensions import override

from verbund.metering.prometheus import observe_job


class MeteringConfig(AppConfig):
    name = "verbund.metering"
    label = "metering"

    @override
    def ready(self) -> None:
        """Let every worker tell Prometheus how its tasks end."""
        task_postrun.connect(_task_ended, dispatch_uid="metering.task_ended")


def _task_ended(*, task: Any, state: str | None = None, **_signal: object) -> None:
    observe_job(task=task.name, outcome=(state or "unknown").lower())
