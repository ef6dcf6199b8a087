# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Amounts as German finance people type them, `1.234,56`, and cents."""

from __future__ import annotations

import re

_AMOUNT = re.compile(r"([+-]?)(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d{1,2}))?(-?)")
_SPACES = re.compile(r"[\s\u00a0\u202f]")
# What the tables take is checked by the services; beyond this nobody means an amount.
_LONGEST = 40


def cents_of(text: str) -> int | None:
    """A German amount in cents, None where it is none."""
    if len(text) > _LONGEST:
        return None
    given = _SPACES.sub("", text.replace("\u2212", "-")).removesuffix("€").removesuffix("EUR")
    match = _AMOUNT.fullmatch(given)
    if match is None or not given.isascii():
        return None
    cents = int(match[2].replace(".", "")) * 100 + int((match[3] or "").ljust(2, "0"))
    return -cents if "-" in (match[1], match[4]) else cents


def amount_text(cents: int) -> str:
    """`-1.234,50`, as it is typed into a field, in whichever language the page is read."""
    whole, rest = divmod(abs(cents), 100)
    sign = "-" if cents < 0 else ""
    return f"{sign}{whole:,}".replace(",", ".") + f",{rest:02d}"
