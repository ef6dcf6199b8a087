# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What may be done with cases beyond what their own module allows."""

from __future__ import annotations

from enum import StrEnum


class CasesPermission(StrEnum):
    DEPUTIES = "cases:deputy:manage"
