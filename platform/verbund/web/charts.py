# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Columns and bars: geometry for drawings the server makes, in their own units, and the same figures as a table.

A drawing never stands alone: its chart carries the table that says the same in words, and looks differ by more than colour.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from verbund.web.texts import day_text

WIDTH, HEIGHT = 640, 220
SPREAD_WIDTH = 200
_BOTTOM, _TOP = 34, 28
_HIGH = HEIGHT - _BOTTOM - _TOP
_GAP = 0.25
_EVERY = 7
_SMALLEST = 2  # what was counted at all is seen
_NOTHING = "–"


class Look(StrEnum):
    """How a series is drawn: what is certain is filled, what is compared is pale, what is expected is only outlined."""

    FIRM = "firm"
    PALE = "pale"
    OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A place on the axis: ``name`` in full, ``label`` as short as it stands below its columns."""

    name: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One value for each point; None where there is none, which is not the same as zero."""

    label: str
    values: Sequence[int | None]
    look: Look = Look.FIRM


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A column or a part of one; ``title`` is shown on pointing, the same stands in the table."""

    x: float
    y: float
    width: float
    height: float
    title: str
    look: Look = Look.FIRM


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A level with its figure; one that ``is_mark`` was set by somebody, a threshold for example."""

    y: float
    text: str
    is_mark: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    x: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A drawing, its legend (look and label), and the table: ``head`` and rows of texts, each beginning with its point."""

    bars: list[Bar]
    lines: list[Line]
    labels: list[Label]
    legend: list[tuple[Look, str]]
    head: list[str]
    rows: list[list[str]]
    width: int = WIDTH
    height: int = HEIGHT
    label_y: int = HEIGHT - 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """A bar inside a row of a table, left of the middle line when negative; the figure stands in the cell beside it."""

    x: float
    width: float
    middle: float
    is_negative: bool


def nice_most(most: int) -> int:
    """The smallest of 1, 2, 4, 5, 10, 20, 40, … that is not below: levels then are whole numbers where they can be."""
    scale = 1
    while True:
        for step in (1, 2, 4, 5):
            if step * scale >= most:
                return step * scale
        scale *= 10


def columns_of(
    points: Sequence[Point],
    stacks: Sequence[Sequence[Series]],
    text: Callable[[int], str],
    *,
    axis: str = "",
    mark: tuple[int, str] | None = None,
) -> Chart:
    """For each point one column per stack, side by side; the series of a stack stand on one another.

    ``text`` says a value in words, ``axis`` heads the table's first column, ``mark`` is a level of one's own with its words.
    """
    high, low = _bounds(len(points), stacks, mark)
    series = [one for stack in stacks for one in stack]
    slot = WIDTH / max(len(points), 1)
    width = slot * (1 - _GAP) / max(len(stacks), 1)
    bars = [
        _bar(
            one,
            points[position].name,
            (start, stop),
            x=slot * (position + _GAP / 2) + width * number,
            width=width,
            bounds=(high, low),
            text=text,
        )
        for number, stack in enumerate(stacks)
        for position in range(len(points))
        for one, start, stop in _pieces(stack, position)
    ]
    return Chart(
        bars=bars,
        lines=[*_levels(high, low, text), *_mark(mark, high, low)],
        labels=[
            Label(x=round(slot * (position + _GAP / 2), 2), text=point.label)
            for position, point in enumerate(points)
            if point.label
        ],
        legend=[(one.look, one.label) for one in series if one.label],
        head=[axis, *(one.label for one in series)],
        rows=[
            [point.name, *(_said(one.values[position], text) for one in series)]
            for position, point in enumerate(points)
        ],
    )


def bars_of(days: Sequence[tuple[date, int]], text: Callable[[int], str]) -> Chart:
    """One column for each day of a month with its quantity; every seventh day is named."""
    points = [
        Point(name=day_text(day), label=f"{day.day}." if day.day == 1 or day.day % _EVERY == 0 else "")
        for day, _quantity in days
    ]
    return columns_of(points, [[Series(label="", values=[quantity for _day, quantity in days])]], text)


def spread_of(values: Sequence[int]) -> list[Spread]:
    """A bar for each row of a table, all on one scale; the middle line moves left when nothing is negative."""
    most, least = max(0, *values, 0), min(0, *values, 0)
    scale = SPREAD_WIDTH / ((most - least) or 1)
    middle = round(-least * scale, 2)
    return [_spread(value, middle, scale) for value in values]


def _spread(value: int, middle: float, scale: float) -> Spread:
    width = max(_SMALLEST, round(abs(value) * scale, 2)) if value else 0
    start = middle + min(value, 0) * scale
    return Spread(
        x=round(max(0, min(start, SPREAD_WIDTH - width)), 2),
        width=width,
        middle=middle,
        is_negative=value < 0,
    )


def _bar(
    one: Series,
    name: str,
    ends: tuple[int, int],
    *,
    x: float,
    width: float,
    bounds: tuple[int, int],
    text: Callable[[int], str],
) -> Bar:
    start, stop = ends
    value = stop - start
    height = max(_SMALLEST, round(_HIGH * abs(value) / sum(bounds), 2))
    foot = _y(start, *bounds)
    said = f"{name}, {one.label}" if one.label else name
    return Bar(
        x=round(x, 2),
        y=round(foot - height if value > 0 else foot, 2),
        width=round(width, 2),
        height=height,
        title=f"{said}: {text(value)}",
        look=one.look,
    )


def _pieces(stack: Sequence[Series], position: int) -> Iterator[tuple[Series, int, int]]:
    """Where each part of a column begins and ends; what is positive grows up, what is negative down."""
    up = down = 0
    for one in stack:
        value = one.values[position]
        if value is not None and value > 0:
            yield one, up, up + value
            up += value
        elif value:
            yield one, down, down + value
            down += value


def _bounds(points: int, stacks: Sequence[Sequence[Series]], mark: tuple[int, str] | None) -> tuple[int, int]:
    """Highest level, and how far below zero the drawing reaches."""
    ends = [
        stop
        for stack in stacks
        for position in range(points)
        for _one, _start, stop in _pieces(stack, position)
    ]
    ends.append(mark[0] if mark else 0)
    lowest = min(0, *ends, 0)
    return nice_most(max(1, *ends, 1)), nice_most(-lowest) if lowest else 0


def _y(value: int, high: int, low: int) -> float:
    return _TOP + _HIGH * (high - value) / (high + low)


def _levels(high: int, low: int, text: Callable[[int], str]) -> list[Line]:
    middle = {0} if low or high == 1 else {0, high // 2}
    return [
        Line(y=round(_y(level, high, low), 2), text=text(level) if level else "")
        for level in sorted({*middle, high, -low})
    ]


def _mark(mark: tuple[int, str] | None, high: int, low: int) -> list[Line]:
    return [Line(y=round(_y(mark[0], high, low), 2), text=mark[1], is_mark=True)] if mark else []


def _said(value: int | None, text: Callable[[int], str]) -> str:
    return _NOTHING if value is None else text(value)
