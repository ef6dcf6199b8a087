# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What may be done with usage figures."""

from __future__ import annotations

from enum import StrEnum


class BillingPermission(StrEnum):
    READ_USAGE = "billing:usage:read"
    READ_OWN_USAGE = "billing:own_usage:read"
