# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which open items an entry pays: by the numbers in its text and the amount, never by the amount alone; without Django."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

_BETWEEN = r"[\W_]*"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenItem:
    """``names`` are what stands in a remittance text for it: its number, its reference."""

    key: int
    names: tuple[str, ...]
    open_cents: int


def paid_by(text: str, cents: int, items: Iterable[OpenItem]) -> Sequence[OpenItem]:
    """The items to settle in full: all that are named when their sum is paid, else the one of just this amount.

    Empty where that is not certain: somebody has to look.
    """
    named = [item for item in items if any(_names(text, name) for name in item.names)]
    if named and sum(item.open_cents for item in named) == cents:
        return named
    exact = [item for item in named if item.open_cents == cents]
    return exact if len(exact) == 1 else ()


def _names(text: str, name: str) -> bool:
    pattern = _pattern(name)
    return pattern is not None and pattern.search(text.upper()) is not None


@lru_cache(maxsize=4096)
def _pattern(name: str) -> re.Pattern[str] | None:
    """The letters and digits of a number, whatever stands between: banks break lines and drop hyphens."""
    characters = [re.escape(character) for character in name.upper() if character.isalnum()]
    if not characters:
        return None
    return re.compile(rf"(?<![^\W_]){_BETWEEN.join(characters)}(?![^\W_])")
