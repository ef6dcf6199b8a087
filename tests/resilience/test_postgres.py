# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""R3 and R4: PostgreSQL goes away, or its sessions are cut one by one, while four writers work."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from contextlib import suppress

import psutil
import pytest

from tests.resilience.load import Load
from tests.resilience.station import Station
from tests.system.demo import wait_until

_LONGEST_GAP = 5.0
_CUT_SECONDS = 60
_CUT_PER_SECOND = 3


@pytest.mark.parametrize(
    ("way", "number"), [("fast", signal.SIGINT), ("immediate", signal.SIGQUIT), ("kill -9", signal.SIGKILL)]
)
def test_a_restart_loses_and_doubles_nothing(
    station: Station, note: Callable[..., None], way: str, number: signal.Signals
) -> None:
    former = station.child("postgres").pid

    with Load(station) as load:
        load.wait_for(10)
        station.child("postgres").send_signal(number)
        wait_until(lambda: _is_new(station, former), seconds=60)
        load.wait_for(20)

    load.assert_survived()
    gap = load.longest_gap()
    note(
        bar="R3",
        fault=f"PostgreSQL stopped ({way})",
        how="signal to the postmaster under four writers in two municipalities; the supervisor starts it again after 0.5 s",
        measured=f"{load.acknowledged} reports acknowledged, 0 lost, 0 doubled, 0 answers of the wrong municipality;"
        f" longest gap {gap:.1f} s (bar 5 s); {len(load.failures)} clear failures ({_shown(load)}); web not restarted",
    )
    assert gap < _LONGEST_GAP


def test_cut_sessions_cost_at_most_half_as_many_answers(station: Station, note: Callable[..., None]) -> None:
    killed = 0

    with Load(station) as load:
        load.wait_for(10)
        for _second in range(_CUT_SECONDS):
            begun = time.monotonic()
            killed += station.query(
                """
                SELECT count(pg_terminate_backend(pid)) FROM (
                    SELECT pid FROM pg_stat_activity WHERE usename = 'verbund_app' ORDER BY random() LIMIT %s
                ) AS picked
                """,
                _CUT_PER_SECOND,
            )[0][0]
            time.sleep(max(0.0, 1 - (time.monotonic() - begun)))
        load.wait_for(10)

    load.assert_survived()
    note(
        bar="R4",
        fault="sessions of PostgreSQL cut",
        how=f"pg_terminate_backend of {_CUT_PER_SECOND} random sessions of the application per second for {_CUT_SECONDS} s, under four writers",
        measured=f"{killed} sessions cut, {len(load.failures)} answers 503 (bar: half of the cut ones),"
        f" {load.acknowledged} reports acknowledged, 0 lost, 0 doubled, 0 wrong; slowest answer {load.slowest():.1f} s",
    )
    assert killed > _CUT_SECONDS
    assert len(load.failures) <= killed / 2
    assert load.slowest() < _LONGEST_GAP


def _is_new(station: Station, former: int) -> bool:
    with suppress(psutil.Error, OSError, ValueError):
        return station.child("postgres").pid != former and station.is_ready()
    return False


def _shown(load: Load) -> str:
    return ", ".join(
        f"{count} x {status}" for status, count in sorted(load.statuses.items()) if status >= 500
    )
