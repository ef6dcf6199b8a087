# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Bars of days: round levels, inside the drawing, and nothing counted is no bar."""

from __future__ import annotations

from datetime import date

import pytest

from verbund.web.chart import HEIGHT, bars_of, nice_most
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

    assert [bar.height for bar in chart.bars] == [0, 158, 79]
    assert len({bar.y + bar.height for bar in chart.bars}) == 1, "all stand on one line"
    assert all(0 < bar.y <= HEIGHT for bar in chart.bars)
    assert [line.text for line in chart.lines] == ["", "200", "400"]
    assert chart.bars[1].title == "02.11.2026: 400"


def test_what_was_counted_at_all_is_seen():
    assert [bar.height for bar in chart_of(0, 1, 1000).bars] == [0, 2, 158]


def test_month_without_usage_has_no_bars():
    assert {bar.height for bar in chart_of(0, 0).bars} == {0}
