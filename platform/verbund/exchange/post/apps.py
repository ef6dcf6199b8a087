# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The Django app of the association's side."""

from __future__ import annotations

from django.apps import AppConfig


class ExchangePostConfig(AppConfig):
    name = "verbund.exchange.post"
    label = "exchange_post"
