# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""For mypy's Django plugin only: the settings without any service."""

from __future__ import annotations

from verbund.config.settings.base import *
