# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A record calculated again: the same bytes, or the first place that differs."""

from __future__ import annotations

from itertools import zip_longest

from billing.allocation.material import Material
from billing.allocation.reading import parsed, read
from billing.allocation.refusal import Refused
from billing.allocation.run import ENGINE, calculate
from verbund.kernel.msgids import gettext_noop


def first_difference(record: bytes) -> str | None:
    """None if what the record says follows from what went in; otherwise the first place that does not.

    Raises:
        Refused: it is no record, or one of other rules.
    """
    content = parsed(record)
    engine = content.get("engine") if isinstance(content, dict) else None
    if engine != ENGINE:
        raise Refused(
            "engine",
            gettext_noop(
                "Diese Abrechnung folgt den Regeln „%(engine)s“, dieses Programm den Regeln „%(ours)s“. Prüfen Sie sie mit der Fassung des Programms von damals."
            ),
            {"engine": str(engine), "ours": ENGINE},
        )
    again = calculate(read(Material, content.get("input"), "input")).record()
    if again == record:
        return None
    return _difference(content, parsed(again), "") or "bytes"


def _difference(left: object, right: object, place: str) -> str | None:
    if isinstance(left, dict) and isinstance(right, dict):
        pairs = [(f".{name}", left.get(name), right.get(name)) for name in sorted(left.keys() | right.keys())]
    elif isinstance(left, list) and isinstance(right, list):
        pairs = [(f"[{at}]", one, other) for at, (one, other) in enumerate(zip_longest(left, right))]
    else:
        return None if left == right else place.lstrip(".")
    for name, one, other in pairs:
        found = _difference(one, other, place + name)
        if found:
            return found
    return None
