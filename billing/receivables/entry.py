# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""One entry of a bank's statement, and what is wrong with a file of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Final

from django.utils.translation import gettext as _

from verbund.kernel.errors import Invalid

LARGEST_BYTES: Final = 20 * 1024 * 1024
# Ten trillion euros: nobody means more, and a column holds it.
MOST_CENTS: Final = 10**15


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """``reference`` is the same whenever this entry is read again; money that left the account is negative."""

    reference: str
    booked_on: date
    cents: int
    payer: str
    text: str


def reference_of(*parts: object) -> str:
    """A reference for an entry to which the bank gave none: equal for equal content."""
    return "sha256:" + sha256("\x1f".join(map(str, parts)).encode()).hexdigest()


def refused(field: str, sentence: str) -> Invalid:
    """The file is not taken; nothing of it."""
    return Invalid(sentence, fields={field: sentence})


def check_size(content: bytes) -> None:
    """Refuse what is no statement of a bank.

    Raises:
        Invalid: the file is empty or too large.
    """
    if not content.strip():
        raise refused("file", _("Die Datei ist leer."))
    if len(content) > LARGEST_BYTES:
        raise refused("file", _("Die Datei ist größer als 20 MB. Teilen Sie sie nach Tagen auf."))
