# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The Django app of direct debits; its tables stand in the association's schema."""

from __future__ import annotations

from django.apps import AppConfig


class CollectionConfig(AppConfig):
    name = "billing.collection"
    label = "billing_collection"
