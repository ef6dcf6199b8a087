# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Real processes, really killed: at every gap of the way, and at random. The sums are exact afterwards."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.factories.metering import NOON, counted, received
from tests.metering.conftest import LAMPS
from verbund.kernel import context
from verbund.metering import api, pusher, rollup
from verbund.metering.aggregate import Aggregate
from verbund.metering.facts.models import Fact
from verbund.metering.flusher import Flusher
from verbund.metering.pusher import Pushed
from verbund.metering.reconciliation import reconcile

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
ROOT = Path(__file__).resolve().parents[2]


def _start(what, point, folder):
    return subprocess.Popen(
        [sys.executable, "-m", "tests.metering.dying", what, point, str(folder)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _run_until_dead(what, point, folder):
    process = _start(what, point, folder)
    process.communicate("go\n", timeout=60)
    assert process.returncode == -signal.SIGKILL


def _run_and_kill_at_random(what, folder):
    dice = random.Random()  # noqa: S311 (no secret)
    processes = [_start(what, "", folder) for _ in range(3)]
    for process in processes:
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in processes:
        time.sleep(dice.uniform(0.1, 0.4))
        process.kill()
        process.communicate(timeout=60)


@pytest.mark.parametrize(
    ("point", "rest"),
    [
        ("facts read", Pushed(counted=3, repeated=0, left=0)),
        ("counted, not committed", Pushed(counted=3, repeated=0, left=0)),
        ("committed, not noted", Pushed(counted=0, repeated=3, left=0)),
        ("noted, not committed", Pushed(counted=0, repeated=3, left=0)),
        ("noted", Pushed(counted=0, repeated=0, left=0)),
    ],
)
def test_pusher_killed_in_a_gap(lamps, heideblick, tmp_path, point, rest):
    with context.enter(heideblick):
        with pusher.transaction.atomic():
            for quantity in (1, 10, 100):
                api.record(lamps, quantity=quantity, at=NOON)
        _run_until_dead("push", point, tmp_path)

        assert pusher.push() == rest
        assert pusher.push() == Pushed(counted=0, repeated=0, left=0)

    assert counted(lamps) == 111
    assert len(received()) == 3


@pytest.mark.parametrize(
    ("point", "total"),
    [
        ("written, not renamed", 7),
        ("on disk", 12),
        ("counted, not committed", 12),
        ("committed, not removed", 12),
    ],
)
def test_flusher_killed_in_a_gap(heideblick, tmp_path, point, total):
    """Only what was not on disk yet, at most a second's counts, is lost; nothing counts twice."""
    spool = tmp_path / "spool"
    _run_until_dead("flush", point, spool)

    for _ in range(2):
        Flusher(spool, Aggregate()).tick()

    assert counted("http.requests") == total
    assert [path for path in spool.iterdir() if path.is_dir()] == []


def test_pushers_killed_at_random(heideblick, tmp_path):
    for _ in range(2):
        _run_and_kill_at_random("record and push for ever", tmp_path)

    with context.enter(heideblick):
        pusher.push()
        committed = Fact.objects.count()
    rollup.roll_up()

    assert committed > 0
    assert counted(LAMPS) == committed
    assert len(received()) == committed
    assert reconcile().is_exact


def test_flushers_killed_at_random(heideblick, tmp_path):
    spool = tmp_path / "spool"
    for _ in range(2):
        _run_and_kill_at_random("flush for ever", spool)

    Flusher(spool, Aggregate()).tick()
    rollup.roll_up()

    wanted, kept = _logged(tmp_path, "wants"), _logged(tmp_path, "kept")
    in_ledger = received()
    assert len(kept) > 20
    assert kept.items() <= in_ledger.items() <= wanted.items()
    assert counted("http.requests") * 5 == sum(in_ledger.values())  # five meters for each request
    assert reconcile().is_exact
    assert list(spool.glob("*/*.jsonl")) == []


def _logged(folder, verb):
    found = {}
    for log in folder.glob("log-*"):
        for line in log.read_text().splitlines():
            said, producer, seq, size = line.split()
            if said == verb:
                found[producer, int(seq)] = int(size)
    return found
