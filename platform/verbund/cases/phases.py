# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where a case stands for everybody's list, whatever its own module calls it."""

from __future__ import annotations

from enum import StrEnum


class Phase(StrEnum):
    """PENDING: not yet the office's, such as a report whose sender has to confirm it first."""

    PENDING = "pending"
    OPEN = "open"
    CLOSED = "closed"
