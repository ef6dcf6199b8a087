# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Health, on any host: alive, and ready with what is down."""

from __future__ import annotations

from django.urls import path

from verbund.config import health

urlpatterns = [path("healthz/live", health.live), path("healthz/ready", health.ready)]
