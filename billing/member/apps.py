# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The Django app of the member's own view; it has no tables, only what the database lets a member read."""

from __future__ import annotations

from django.apps import AppConfig


class MemberConfig(AppConfig):
    name = "billing.member"
    label = "billing_member"
