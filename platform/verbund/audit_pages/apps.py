# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The Django app of the audit pages; it has no tables."""

from __future__ import annotations

from django.apps import AppConfig


class AuditPagesConfig(AppConfig):
    name = "verbund.audit_pages"
    label = "audit_pages"
