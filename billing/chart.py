# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Bars for the days of a month, as coordinates for an SVG; the same figures stand beside it as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import date_format

from verbund.metering.queries import DayUsage
from verbund.web.texts import number_text

WIDTH = 620
HEIGHT = 200
_BAR = 14
_STEP = 20
_SMALLEST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A rectangle, and what it says in words."""

    x: int
    y: int
    width: int
    height: int
    label: str
    is_marked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    bars: tuple[Bar, ...]
    most: int
    width: int = WIDTH
    height: int = HEIGHT


def bars_of(days: Sequence[DayUsage]) -> Chart:
    """One bar a day; the highest fills the height, the first of a week is marked below."""
    most = max((day.quantity for day in days), default=0)
    return Chart(
        most=most,
        bars=tuple(_bar(place, day, most) for place, day in enumerate(days)),
    )


def _bar(place: int, day: DayUsage, most: int) -> Bar:
    height = max(_SMALLEST, round(HEIGHT * day.quantity / most)) if day.quantity else 0
    return Bar(
        x=place * _STEP + (_STEP - _BAR) // 2,
        y=HEIGHT - height,
        width=_BAR,
        height=height,
        label=f"{date_format(day.day, 'MONTH_DAY_FORMAT')}: {number_text(day.quantity)}",
        is_marked=place == 0 or (place + 1) % 5 == 0,
    )
