# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Django's view of the audit package."""

from __future__ import annotations

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "verbund.audit"
    label = "audit"
