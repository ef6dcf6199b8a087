# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whose data, which of them and who gets them: what a record of processing has to name (Art. 30 (1) c and d DSGVO).

Closed lists instead of free words: two packages that keep the same say the same. ``verbund.privacy`` has the words
people read.
"""

from __future__ import annotations

from enum import StrEnum


class Persons(StrEnum):
    """Categories of data subjects."""

    CITIZENS = "citizens"
    STAFF = "staff"
    ASSOCIATION_STAFF = "association_staff"
    OFFICIALS = "officials"
    PAYERS = "payers"


class DataKind(StrEnum):
    """Categories of personal data."""

    NAME = "name"
    EMAIL = "email"
    PHONE = "phone"
    POSTAL_ADDRESS = "postal_address"
    LOCATION = "location"
    MESSAGE = "message"
    PHOTO = "photo"
    CASE = "case"
    ROLE = "role"
    CREDENTIAL = "credential"
    ACTIVITY = "activity"
    SETTING = "setting"
    DEVICE = "device"
    BANK = "bank"


class Recipient(StrEnum):
    """Categories of recipients beyond the office itself and the association that processes for it."""

    PERSON_CONCERNED = "person_concerned"
    PUBLIC = "public"
    NEIGHBOUR = "neighbour"
    ARCHIVE = "archive"
    MEMBER = "member"
    BANK = "bank"
    ACCOUNTING = "accounting"
