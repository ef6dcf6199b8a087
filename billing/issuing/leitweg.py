# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Leitweg-ID: whom within the public administration an invoice is for (KoSIT, format specification 2.0.2).

The official rules for XRechnung do not look at the check digits (ISO 7064, modulo 97), so it is done here.
"""

from __future__ import annotations

import re

_SHAPE = re.compile(r"(\d{2,12})(?:-([0-9A-Z]{1,30}))?-(\d{2})")
_MODULUS = 97
# What is left over of a right one, and what is taken from to find the check digits.
_RIGHT, _COMPLEMENT = 1, 98


def is_leitweg_id(text: str) -> bool:
    """Whether the parts have their lengths and the check digits are right."""
    found = _SHAPE.fullmatch(text)
    return found is not None and _number("".join(part or "" for part in found.groups())) % _MODULUS == _RIGHT


def with_check_digits(coarse: str, fine: str = "") -> str:
    """The whole id of a coarse address (2 to 12 digits) and a fine one (up to 30 digits and capital letters).

    Raises:
        ValueError: the parts are not such addresses.
    """
    digits = _COMPLEMENT - _number(f"{coarse}{fine}00") % _MODULUS
    made = "-".join(part for part in (coarse, fine, f"{digits:02d}") if part)
    if not is_leitweg_id(made):
        raise ValueError(made)
    return made


def _number(text: str) -> int:
    """Letters count A = 10 to Z = 35."""
    return int("".join(str(int(character, 36)) for character in text))
