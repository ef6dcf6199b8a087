# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The Django app whose table stands beside the business data."""

from __future__ import annotations

from django.apps import AppConfig


class MeteringFactsConfig(AppConfig):
    name = "verbund.metering.facts"
    label = "metering_facts"
