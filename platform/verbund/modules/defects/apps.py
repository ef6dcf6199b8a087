# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The Django app of the defects module."""

from __future__ import annotations

from django.apps import AppConfig


class DefectsConfig(AppConfig):
    name = "verbund.modules.defects"
    label = "defects"
