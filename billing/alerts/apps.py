# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The Django app of thresholds; its tables stand in the municipality's schema, beside the people who are told."""

from __future__ import annotations

from django.apps import AppConfig


class AlertsConfig(AppConfig):
    name = "billing.alerts"
    label = "billing_alerts"
