# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The Django app whose table says who looks after which members."""

from __future__ import annotations

from django.apps import AppConfig


class ReachConfig(AppConfig):
    name = "verbund.accounts.reach"
    label = "accounts_reach"
