# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What may be done with reports, and by which roles."""

from __future__ import annotations

from enum import StrEnum


class DefectsPermission(StrEnum):
    SUBMIT = "defects:report:submit"
    READ = "defects:report:read"
    NOTE = "defects:report:note"
    ANSWER = "defects:report:answer"
    ASSIGN = "defects:report:assign"
    RELEASE = "defects:report:release"
    CONTACT = "defects:contact:read"
    SETTINGS = "defects:settings:manage"


CLERK = (
    DefectsPermission.SUBMIT,
    DefectsPermission.READ,
    DefectsPermission.NOTE,
    DefectsPermission.ANSWER,
    DefectsPermission.ASSIGN,
    DefectsPermission.RELEASE,
    DefectsPermission.CONTACT,
)
# What the association's support may do where the municipality lets it in; the contact of a reporter is not among it.
SUPPORT = (
    DefectsPermission.READ,
    DefectsPermission.NOTE,
    DefectsPermission.ANSWER,
    DefectsPermission.ASSIGN,
    DefectsPermission.RELEASE,
    DefectsPermission.SETTINGS,
)
FIELD_WORKER = (DefectsPermission.READ, DefectsPermission.NOTE)
