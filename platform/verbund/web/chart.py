# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A month of days as bars: geometry for a drawing the server makes, in its own units."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from verbund.web.texts import day_text

WIDTH, HEIGHT = 640, 220
_BOTTOM, _TOP = 34, 28
_GAP = 0.25
_EVERY = 7
_SMALLEST = 2  # what was counted at all is seen


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A day's bar; ``title`` is shown on pointing; the same stands in the table below the drawing."""

    x: float
    y: float
    width: float
    height: float
    title: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A level with its figure."""

    y: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    bars: list[Bar]
    lines: list[Line]
    width: int = WIDTH
    height: int = HEIGHT
    label_y: int = HEIGHT - 8


def nice_most(most: int) -> int:
    """The smallest of 1, 2, 4, 5, 10, 20, 40, … that is not below: levels then are whole numbers where they can be."""
    scale = 1
    while True:
        for step in (1, 2, 4, 5):
            if step * scale >= most:
                return step * scale
        scale *= 10


def bars_of(days: Sequence[tuple[date, int]], text: Callable[[int], str]) -> Chart:
    """One bar for each day with its quantity; ``text`` says a quantity or a level in words."""
    most = nice_most(max((quantity for _day, quantity in days), default=0) or 1)
    high = HEIGHT - _BOTTOM - _TOP
    slot = WIDTH / max(len(days), 1)
    bars = []
    for position, (day, quantity) in enumerate(days):
        height = max(_SMALLEST, round(high * quantity / most, 2)) if quantity else 0.0
        number = day.day
        bars.append(
            Bar(
                x=round(slot * (position + _GAP / 2), 2),
                y=round(_TOP + high - height, 2),
                width=round(slot * (1 - _GAP), 2),
                height=height,
                title=f"{day_text(day)}: {text(quantity)}",
                label=f"{number}." if number == 1 or number % _EVERY == 0 else "",
            )
        )
    levels = {0, most} if most == 1 else {0, most // 2, most}
    lines = [
        Line(y=round(_TOP + high * (1 - level / most), 2), text=text(level) if level else "")
        for level in sorted(levels)
    ]
    return Chart(bars=bars, lines=lines)
