# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The Django app whose table holds the requests for access and erasure."""

from __future__ import annotations

from django.apps import AppConfig


class PersonsConfig(AppConfig):
    name = "verbund.privacy.persons"
    label = "privacy_persons"
