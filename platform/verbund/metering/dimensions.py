# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a count is broken down by: a few short names, never anything about a person."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping

from verbund.metering.errors import NotCountable

_MOST = 4
_NAME = re.compile(r"[a-z][a-z_]{0,31}")
# No spaces and no @: neither a name nor an address fits.
_VALUE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/-]{0,63}")


def checked(dimensions: Mapping[str, str] | None) -> dict[str, str]:
    """The dimensions, when they are few and look like names of things.

    Raises:
        NotCountable: they do not.
    """
    found = dict(dimensions or {})
    if len(found) > _MOST:
        raise NotCountable(f"Höchstens {_MOST} Merkmale je Zählung.")
    for name, value in found.items():
        if _NAME.fullmatch(name) is None or _VALUE.fullmatch(value) is None:
            raise NotCountable(f"Merkmal {name} ist kein kurzer Bezeichner.")
    return found


def canonical(dimensions: Mapping[str, str]) -> str:
    """The one way to write these dimensions; equal dimensions give equal text."""
    return json.dumps(dict(dimensions), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def fingerprint(text: str) -> int:
    """A signed 64-bit number for canonical dimensions, part of a counter's key."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], signed=True)


# How a level is marked that nobody measured.
ESTIMATED = canonical({"level": "estimated"})
