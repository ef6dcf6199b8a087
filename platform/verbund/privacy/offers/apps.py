# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The Django app of offers to the archive."""

from __future__ import annotations

from django.apps import AppConfig


class OffersConfig(AppConfig):
    name = "verbund.privacy.offers"
    label = "privacy_offers"
