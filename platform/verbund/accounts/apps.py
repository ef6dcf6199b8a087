# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Django's view of the accounts package."""

from __future__ import annotations

from django.apps import AppConfig
from typing_extensions import override


class AccountsConfig(AppConfig):
    name = "verbund.accounts"
    label = "accounts"

    @override
    def ready(self) -> None:
        from verbund.accounts import receivers  # noqa: F401, PLC0415 (connects the signals)
