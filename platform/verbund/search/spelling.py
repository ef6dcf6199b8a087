# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Words as they are compared: `Straße`, `Strasse` and `STRASSE` are one, and so are `Bäume` and `Baeume`."""

from __future__ import annotations

import re
import unicodedata

WORDS = re.compile(r"[^\W\d_]{4,60}")
_SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
# How many slips of the pen are forgiven, by the length of the word that was typed.
_SLIPS = ((5, 1), (9, 2))
_MOST_SLIPS = 3


def composed(text: str) -> str:
    """Letters with their dots as one sign each: some devices send them apart, and then nothing is found."""
    return unicodedata.normalize("NFC", text)


def folded(word: str) -> str:
    """The word in plain letters. The database knows trigrams of these alone, whatever its locale."""
    plain = composed(word).lower().translate(_SPELLED_OUT)
    return unicodedata.normalize("NFD", plain).encode("ascii", "ignore").decode()


def slips_allowed(word: str) -> int:
    return next((slips for length, slips in _SLIPS if len(word) <= length), _MOST_SLIPS)


def slips(one: str, other: str) -> int:
    """How many letters are missing, too many, wrong, or swapped with their neighbour."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for number, letter in enumerate(one, start=1):
        earlier, before, row = before, row, [number]
        for place, sign in enumerate(other, start=1):
            least = min(before[place] + 1, row[place - 1] + 1, before[place - 1] + (letter != sign))
            if earlier and place > 1 and letter == other[place - 2] and one[number - 2] == sign:
                least = min(least, earlier[place - 2] + 1)
            row.append(least)
    return row[-1]
