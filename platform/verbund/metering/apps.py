# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The Django app of the association's side of metering."""

from __future__ import annotations

from django.apps import AppConfig


class MeteringConfig(AppConfig):
    name = "verbund.metering"
    label = "metering"
