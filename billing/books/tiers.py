# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tiers of a price as they are typed, one a line: `bis 100: 0,40`, the last one only `0,25`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from billing.allocation.prices import Tier

_TIER = re.compile(r"(?:bis\s+(\d{1,12})\s*:\s*)?(\d{1,9}(?:,\d{1,6})?)\s*€?", re.ASCII | re.IGNORECASE)


def tiers_of(text: str) -> list[Mapping[str, Any]] | None:
    """What the engine reads, None where a line is no tier; empty lines do not count."""
    found: list[Mapping[str, Any]] = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        match = _TIER.fullmatch(line)
        if match is None:
            return None
        tier: dict[str, Any] = {"price": match[2].replace(",", ".")}
        if match[1] is not None:
            tier["up_to"] = int(match[1])
        found.append(tier)
    return found


def tiers_text(tiers: Sequence[Tier]) -> str:
    """The same, to be typed on."""
    return "\n".join(
        price_text(tier.price) if tier.up_to is None else f"bis {tier.up_to}: {price_text(tier.price)}"
        for tier in tiers
    )


def price_text(price: Decimal) -> str:
    """`0,40` or `0,0012`: at least two digits behind the comma and none that is lost."""
    text = f"{price:f}"
    whole, _dot, rest = text.partition(".")
    return f"{whole},{rest.rstrip('0').ljust(2, '0')}"
