# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tiles on disk: whole, not too old, not too many."""

from __future__ import annotations

import os
import time

from verbund.places.tile_store import TileStore
from verbund.places.tiles import TileAddress

DAY = 86_400


def store(folder, *, service="https://karte.example/{z}/{x}/{y}", max_bytes=1_000_000, max_seconds=DAY):
    return TileStore(folder, service, max_bytes=max_bytes, max_seconds=max_seconds)


def tile(number):
    return TileAddress(12, number, 7)


def age(folder, seconds):
    for path in folder.rglob("*"):
        if path.is_file():
            os.utime(path, (time.time() - seconds,) * 2)


def kept(folder):
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def test_a_tile_comes_back_also_to_another_process(tmp_path):
    store(tmp_path).put(tile(1), b"picture")

    assert store(tmp_path).get(tile(1)) == b"picture"
    assert store(tmp_path).get(tile(2)) is None


def test_another_service_is_another_map(tmp_path):
    store(tmp_path).put(tile(1), b"picture")

    assert store(tmp_path, service="https://other.example/{z}/{x}/{y}").get(tile(1)) is None


def test_an_old_tile_is_not_given_out_and_goes(tmp_path):
    old = store(tmp_path)
    old.put(tile(1), b"picture")
    age(tmp_path, DAY + 10)

    assert old.get(tile(1)) is None
    old.sweep()
    assert kept(tmp_path) == 0


def test_the_oldest_go_when_there_are_too_many(tmp_path):
    small = store(tmp_path, max_bytes=10_000)
    for number in range(30):
        small.put(tile(number), b"x" * 600)
        age_of = time.time() - 1000 + number
        os.utime(small._path(tile(number)), (age_of, age_of))

        assert kept(tmp_path) <= 10_000 + 600

    assert small.get(tile(29)) is not None
    assert small.get(tile(0)) is None


def test_a_disk_that_cannot_be_written_harms_nobody(tmp_path):
    (tmp_path / "file").write_text("in the way")
    lost = store(tmp_path / "file")

    lost.put(tile(1), b"picture")

    assert lost.get(tile(1)) is None
