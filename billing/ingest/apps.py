# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The Django app of registered producers; its tables stand in the association's schema."""

from __future__ import annotations

from django.apps import AppConfig


class IngestConfig(AppConfig):
    name = "billing.ingest"
    label = "billing_ingest"
