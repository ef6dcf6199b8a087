# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Counts on disk: whole or not at all, and never taken from a living process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from tests.factories.metering import make_count
from verbund.metering import spool
from verbund.metering.spool import Spool

COUNTS = (make_count(quantity=3, n=3), make_count(tenant=2, dimensions='{"module":"defects"}'))
_HOLDER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from verbund.metering.ledger import Count
from verbund.metering.spool import Spool
own = Spool.open(Path(sys.argv[1]))
own.write((Count(tenant=1, meter="http.requests", hour=datetime(2026, 11, 12, tzinfo=UTC), quantity=5, n=5),))
print(own.producer, flush=True)
sys.stdin.read()
"""


def test_what_is_written_is_read(tmp_path):
    own = Spool.open(tmp_path)

    first, second = own.write(COUNTS), own.write(COUNTS[:1])

    assert own.waiting() == [first, second]
    batch = spool.read(first)
    assert (batch.producer, batch.seq, batch.counts, batch.n) == (own.producer, 1, COUNTS, 4)
    assert spool.read(second).seq == 2


def test_empty_folder_disappears_when_closed(tmp_path):
    own = Spool.open(tmp_path)
    own.write(COUNTS).unlink()

    own.close()

    assert not own.folder.exists()


def test_folder_with_counts_stays_when_closed_and_is_adopted(tmp_path):
    own = Spool.open(tmp_path)
    own.write(COUNTS)
    own.close()

    adopted = list(spool.adopt(tmp_path))

    assert [each.producer for each in adopted] == [own.producer]
    assert len(adopted[0].waiting()) == 1


def test_living_folder_is_not_adopted(tmp_path):
    own = Spool.open(tmp_path)

    assert list(spool.adopt(tmp_path)) == []
    own.close()


def test_failed_write_leaves_the_number_free(tmp_path, monkeypatch):
    own = Spool.open(tmp_path)

    def full(_handle):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="space"):
            own.write(COUNTS)

    assert own.waiting() == []
    assert spool.read(own.write(COUNTS)).seq == 1


@pytest.mark.parametrize("damage", [b"", b"{}", b"not json\n", None])
def test_damaged_file_is_set_aside(tmp_path, damage):
    own = Spool.open(tmp_path)
    path = own.write(COUNTS)
    path.write_bytes(path.read_bytes()[:-2] if damage is None else damage)

    assert spool.read(path) is None
    assert own.waiting() == []
    assert path.with_suffix(".damaged").exists()


def test_only_a_dead_process_loses_its_folder(tmp_path):
    process = subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        text=True,
    )
    try:
        producer = process.stdout.readline().strip()
        assert list(spool.adopt(tmp_path)) == []

        process.send_signal(signal.SIGKILL)
        process.wait(10)

        adopted = list(spool.adopt(tmp_path))
        assert [each.producer for each in adopted] == [producer]
        assert [spool.read(path).n for path in adopted[0].waiting()] == [5]
    finally:
        process.kill()
        process.communicate()
