# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The passkey in software that the proof of isolation ships with."""

from __future__ import annotations

from verbund.accounts.soft_key import SoftKey

__all__ = ["SoftKey"]
