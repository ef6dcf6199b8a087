# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What may be done with processing agreements."""

from __future__ import annotations

from enum import StrEnum


class AgreementsPermission(StrEnum):
    """Permissions of this package."""

    READ = "agreements:agreement:read"
    MANAGE = "agreements:agreement:manage"
    READ_OWN = "agreements:own:read"
    AGREE = "agreements:own:agree"
