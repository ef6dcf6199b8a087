# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""From memory over disk into the ledger."""

from __future__ import annotations

import os

import pytest
from django.db import DatabaseError

from tests.factories.metering import counted, received
from verbund.metering import aggregate, flusher, ledger
from verbund.metering.aggregate import Aggregate
from verbund.metering.flusher import Flusher
from verbund.metering.spool import Spool

HOUR = 498_442
KEY = (1, HOUR, "http.requests", "defects", "2xx")


@pytest.fixture
def source():
    return Aggregate()


def _files(root):
    return sorted(path.name for path in root.glob("*/*.jsonl"))


def test_a_tick_brings_everything_into_the_ledger(db, tmp_path, source):
    worker = Flusher(tmp_path, source)
    for _ in range(3):
        source.add(KEY, 1_000_000, 2_000_000, 4, 100)

    worker.tick()
    worker.tick()

    assert {
        meter: counted(meter, 1) for meter in ("http.requests", "cpu.ms", "db.ms", "db.calls", "egress.bytes")
    } == {
        "http.requests": 3,
        "cpu.ms": 3,
        "db.ms": 6,
        "db.calls": 12,
        "egress.bytes": 300,
    }
    assert list(received().values()) == [15]
    assert _files(tmp_path) == []


def test_nothing_counted_writes_nothing(db, tmp_path, source):
    Flusher(tmp_path, source).tick()

    assert received() == {}
    assert list(tmp_path.iterdir()) == []


def test_ledger_away_keeps_counts_on_disk(db, tmp_path, source, monkeypatch):
    worker = Flusher(tmp_path, source)

    def away(_batches):
        raise DatabaseError

    with monkeypatch.context() as patched:
        patched.setattr(ledger, "receive", away)
        for _ in range(2):
            source.add(KEY, 0, 0, 0, 0)
            with pytest.raises(DatabaseError):
                worker.tick()
    assert len(_files(tmp_path)) == 2

    worker.tick()

    assert counted("http.requests") == 2
    assert len(received()) == 2


def test_disk_full_keeps_counts_in_memory(db, tmp_path, source, monkeypatch):
    worker = Flusher(tmp_path, source)
    source.add(KEY, 1_500_000, 0, 0, 0)

    def full(_self, _counts):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(Spool, "write", full)
        with pytest.raises(OSError, match="space"):
            worker.tick()
    source.add(KEY, 500_000, 0, 0, 0)
    worker.tick()

    assert (counted("http.requests"), counted("cpu.ms")) == (2, 2)


def test_counts_of_a_dead_process_are_adopted(db, tmp_path, source):
    dead = Flusher(tmp_path, source)
    source.add(KEY, 0, 0, 0, 0)
    dead._keep()
    dead._spool.close()
    assert len(_files(tmp_path)) == 1

    Flusher(tmp_path, Aggregate()).tick()

    assert counted("http.requests") == 1
    assert [path for path in tmp_path.iterdir() if path.is_dir()] == []


def test_file_flushed_but_not_removed_is_a_no_op(db, tmp_path, source):
    worker = Flusher(tmp_path, source)
    source.add(KEY, 0, 0, 0, 0)
    worker._keep()
    (path,) = worker._spool.waiting()
    content = path.read_bytes()
    flusher.flush(worker._spool)
    path.write_bytes(content)

    assert flusher.flush(worker._spool) == 0
    assert counted("http.requests") == 1
    assert _files(tmp_path) == []


@pytest.mark.django_db(transaction=True)
def test_thread_flushes_by_itself_and_at_the_end(heideblick, tmp_path, source):
    worker = Flusher(tmp_path, source)
    source.add(KEY, 0, 0, 0, 0)
    worker.start()
    source.add(KEY, 0, 0, 0, 0)

    worker.stop()

    assert counted("http.requests") == 2
    assert [path for path in tmp_path.iterdir() if path.is_dir()] == []


@pytest.mark.django_db(transaction=True)
def test_one_flusher_per_process_and_none_without_a_folder(heideblick, tmp_path, settings):
    settings.SPOOL_ROOT = None
    flusher.ensure_running()
    assert flusher._running is None

    settings.SPOOL_ROOT = tmp_path
    try:
        flusher.ensure_running()
        first = flusher._running
        flusher.ensure_running()
        assert flusher._running is first
    finally:
        flusher.shut_down()
    assert flusher._running is None


@pytest.mark.django_db(transaction=True)
def test_forked_process_starts_anew(heideblick, tmp_path, settings):
    aggregate.requests.take()  # of other tests' requests in this process
    settings.SPOOL_ROOT = tmp_path
    flusher.ensure_running()
    aggregate.requests.add(KEY, 0, 0, 0, 0)
    try:
        child = os.fork()
        if child == 0:
            is_new = flusher._running is None and aggregate.requests.take() == {}
            os._exit(0 if is_new else 1)
        _pid, status = os.waitpid(child, 0)
    finally:
        flusher.shut_down()

    assert os.waitstatus_to_exitcode(status) == 0
    assert counted("http.requests") == 1
