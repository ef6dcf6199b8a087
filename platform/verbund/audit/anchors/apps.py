# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The Django app whose table stands in the association's schema alone."""

from __future__ import annotations

from django.apps import AppConfig


class AuditAnchorsConfig(AppConfig):
    name = "verbund.audit.anchors"
    label = "audit_anchors"
