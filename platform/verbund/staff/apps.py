# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The Django app of the staff shell; it has no tables."""

from __future__ import annotations

from django.apps import AppConfig


class StaffConfig(AppConfig):
    name = "verbund.staff"
    label = "staff"
