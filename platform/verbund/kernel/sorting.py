# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The order people expect, independent of the machine's locale."""

from __future__ import annotations

import unicodedata

_LETTERS = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss", "æ": "ae", "ø": "o", "œ": "oe", "ł": "l"})


def sort_key(text: str) -> str:
    """Key after DIN 5007-1: ä as a, ö as o, ü as u, ß as ss, case folded, other accents dropped.

    The folded text itself follows after a separator, so that equal keys still have a fixed order.
    """
    folded = unicodedata.normalize("NFC", text).lower()
    plain = unicodedata.normalize("NFD", folded.translate(_LETTERS))
    plain = "".join(character for character in plain if not unicodedata.combining(character))
    return f"{plain}\x01{folded}" if plain != folded else plain
