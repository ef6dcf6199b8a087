# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The Django app whose table stands beside the people who read."""

from __future__ import annotations

from django.apps import AppConfig


class AnnouncementsReadingConfig(AppConfig):
    name = "verbund.announcements.reading"
    label = "announcements_reading"
