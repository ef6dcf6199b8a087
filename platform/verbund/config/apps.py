# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The composition root as a Django app: without tables, so that every process knows the Celery application."""

from __future__ import annotations

from django.apps import AppConfig
from typing_extensions import override


class CompositionConfig(AppConfig):
    name = "verbund.config"
    label = "composition"

    @override
    def ready(self) -> None:
        """Tasks sent from any process go through our application, not through Celery's default one."""
        from verbund.config import celery  # noqa: F401, PLC0415 (needs the app registry)
