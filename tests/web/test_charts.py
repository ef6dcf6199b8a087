# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Drawings: round levels, inside their frame, nothing counted is no bar, and the table says the same."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbund.web.charts import (
    HEIGHT,
    SPREAD_WIDTH,
    Look,
    Point,
    Series,
    bars_of,
    columns_of,
    nice_most,
    spread_of,
)
from verbund.web.texts import number_text


def chart_of(*quantities: int):
    return bars_of(
        [(date(2026, 11, day), quantity) for day, quantity in enumerate(quantities, 1)], number_text
    )


@pytest.mark.parametrize(
    ("most", "expected"), [(0, 1), (1, 1), (3, 4), (5, 5), (11, 20), (230, 400), (999, 1000)]
)
def test_levels_are_round(most, expected):
    assert nice_most(most) == expected


def test_highest_bar_stays_inside_the_drawing():
    chart = chart_of(0, 400, 200)

    assert [bar.height for bar in chart.bars] == [158, 79]
    assert len({bar.y + bar.height for bar in chart.bars}) == 1, "all stand on one line"
    assert all(0 < bar.y <= HEIGHT for bar in chart.bars)
    assert [line.text for line in chart.lines] == ["", "200", "400"]
    assert chart.bars[0].title == "02.11.2026: 400"


def test_what_was_counted_at_all_is_seen():
    assert [bar.height for bar in chart_of(0, 1, 1000).bars] == [2, 158]


def test_month_without_usage_has_no_bars():
    assert chart_of(0, 0).bars == []


MONTHS = [Point(name="Januar", label="Jan"), Point(name="Februar", label="Feb")]
COUNTED = Series(label="gezählt", values=[30, 10])
EXPECTED = Series(label="erwartet", values=[None, 30], look=Look.OPEN)
BEFORE = Series(label="Vorjahr", values=[20, None], look=Look.PALE)


def test_expected_stands_on_counted_and_last_year_beside_it():
    chart = columns_of(MONTHS, [[BEFORE], [COUNTED, EXPECTED]], number_text, axis="Monat")

    before, january, february, rest = chart.bars
    assert (before.look, january.look, february.look, rest.look) == ("pale", "firm", "firm", "open")
    assert before.x + before.width == january.x
    assert (rest.x, rest.y + rest.height) == (february.x, february.y)
    assert rest.title == "Februar, erwartet: 30"


def test_table_says_what_is_drawn_and_a_missing_value_is_not_zero():
    chart = columns_of(MONTHS, [[BEFORE], [COUNTED, EXPECTED]], number_text, axis="Monat")

    assert chart.head == ["Monat", "Vorjahr", "gezählt", "erwartet"]
    assert chart.rows == [["Januar", "20", "30", "–"], ["Februar", "–", "10", "30"]]
    assert chart.legend == [("pale", "Vorjahr"), ("firm", "gezählt"), ("open", "erwartet")]


def test_negative_values_hang_below_the_zero_line():
    chart = columns_of(MONTHS, [[Series(label="", values=[40, -20])]], number_text)

    up, down = chart.bars
    zero = next(line.y for line in chart.lines if not line.text)
    assert (up.y + up.height, down.y) == (pytest.approx(zero, abs=0.02), pytest.approx(zero, abs=0.02))
    assert [line.text for line in chart.lines] == ["\u221220", "", "40"]


def test_mark_above_every_column_is_inside_the_drawing():
    chart = columns_of(MONTHS, [[COUNTED]], number_text, mark=(90, "Schwelle"))

    (mark,) = [line for line in chart.lines if line.is_mark]
    assert (mark.text, 0 < mark.y < min(bar.y for bar in chart.bars)) == ("Schwelle", True)


@given(st.lists(st.one_of(st.none(), st.integers(-(10**12), 10**12)), min_size=1, max_size=40))
def test_no_column_leaves_the_drawing(values):
    points = [Point(name=str(number), label="") for number in range(len(values))]

    chart = columns_of(points, [[Series(label="", values=values)]], number_text)

    assert all(bar.y >= 0 and bar.y + bar.height <= HEIGHT for bar in chart.bars)
    assert len(chart.bars) == len([value for value in values if value])


def test_spread_shows_more_right_and_less_left_of_one_line():
    more, less, same = spread_of([300, -100, 0])

    assert (more.x, more.width, less.x, less.width) == (50, 150, 0, 50)
    assert (less.is_negative, same.width, same.middle) == (True, 0, 50)


@given(st.lists(st.integers(-(10**12), 10**12), max_size=40))
def test_no_bar_of_a_spread_leaves_its_cell(values):
    assert all(bar.x >= 0 and bar.x + bar.width <= SPREAD_WIDTH + 0.01 for bar in spread_of(values))
