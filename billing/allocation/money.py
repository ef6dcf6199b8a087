# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Cents: rounded once, half up; and as people read them."""

from __future__ import annotations

from fractions import Fraction


def rounded(cents: Fraction) -> int:
    """The nearest whole cent; a half goes away from zero, so that a credit is the mirror of its charge."""
    doubled = abs(cents) * 2 + 1
    size = doubled.numerator // (doubled.denominator * 2)
    return -size if cents < 0 else size


def euros(cents: int) -> str:
    """As in a sentence: 1.234,50 €."""
    whole, rest = divmod(abs(cents), 100)
    grouped = f"{whole:,}".replace(",", ".")
    return f"{'−' if cents < 0 else ''}{grouped},{rest:02d} €"
