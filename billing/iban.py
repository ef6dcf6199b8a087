# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Account numbers, checked once for all who keep one (ISO 13616, check digits by ISO 7064 mod 97-10)."""

from __future__ import annotations

from django.utils.translation import gettext as _
from stdnum import iban
from stdnum.exceptions import ValidationError


def iban_of(text: str) -> str | None:
    """The IBAN without blanks and in capitals; None if it is none."""
    try:
        return str(iban.validate(text))
    except ValidationError:
        return None


def complaint() -> str:
    """What to say at the field."""
    return _("Diese IBAN stimmt nicht; vergleichen Sie sie Zeichen für Zeichen.")
