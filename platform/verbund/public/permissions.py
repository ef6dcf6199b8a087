# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What may be done with the texts of a municipality and with what citizens tell about barriers."""

from __future__ import annotations

from enum import StrEnum


class PublicPermission(StrEnum):
    """Permissions of this package."""

    EDIT_PAGES = "public:legal_page:edit"
    HANDLE_FEEDBACK = "public:feedback:handle"
