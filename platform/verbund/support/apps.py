# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The Django app of the support package."""

from __future__ import annotations

from django.apps import AppConfig


class SupportConfig(AppConfig):
    name = "verbund.support"
    label = "support"
