# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The crash test kills where it says, and its comparison sees a lost and a doubled event."""

from __future__ import annotations

import pytest
from django.db import connection
from rich.console import Console

from bench import crash
from bench.killing import BATCHES, FACTS, Killing
from verbund.kernel import context


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_killed_at_every_gap_the_totals_are_exact(heideblick, tmp_path):
    killing = Killing(heideblick.key, tmp_path, seed=5)

    killing.kill(2 * max(len(BATCHES), len(FACTS)))

    figures = killing.result()
    crash.show(Console(quiet=True), {**figures, "seconds": 0})
    assert set(figures["by_gap"]) == {
        *(f"batches: {gap}" for gap in BATCHES),
        *(f"facts: {gap}" for gap in FACTS),
    }
    assert figures["is_exact"], figures
    for change in ("n = n + 5, quantity = quantity + 5", "n = n - 5, quantity = quantity - 5"):
        with context.enter_association(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE metering_usagecounter SET {change} WHERE meter = 'test.lamps'")
        assert not killing.result()["is_exact"]
        with context.enter_association(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE metering_usagecounter SET {_undone(change)} WHERE meter = 'test.lamps'")
    assert killing.result()["is_exact"]


def _undone(change):
    return change.translate(str.maketrans("+-", "-+"))
