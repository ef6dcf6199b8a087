# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The measuring of shares, with few of them: the figures it prints are those it found."""

from __future__ import annotations

from bench import allocation


def test_few_costs_are_shared_rightly_and_naive_rounding_misses_many():
    found = allocation.measure(cases=300, turns=1)

    assert all(kept.is_kept for kept in allocation.check(found) if kept.unit == "cases")
    assert 0 < found["splits"]["ours"]["furthest_share_cents"] < 1
    assert found["splits"]["naive"]["missed"] > 100
    assert (found["month"]["shares"], found["month"]["charges"]) == (4 * 37, 37 * 3 * 5)
