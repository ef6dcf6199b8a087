# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The Django app of postings; its tables stand in the association's schema."""

from __future__ import annotations

from django.apps import AppConfig


class PostingsConfig(AppConfig):
    name = "billing.postings"
    label = "billing_postings"
