# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The Django app of periods, holds and tombstones."""

from __future__ import annotations

from django.apps import AppConfig


class PeriodsConfig(AppConfig):
    name = "verbund.privacy.periods"
    label = "privacy_periods"
