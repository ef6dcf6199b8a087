# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""R14: the disk fills up while an archive is written, unpacked or restored, or the archive is cut off on its way."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.resilience.disks import SmallDisk
from tests.resilience.station import Station
from tests.system.demo import wait_until, words

TOWN = "heideblick"
_NOT_WRITTEN = "Das Archiv konnte nicht geschrieben werden."
_NOT_UNPACKED = "Das Archiv konnte nicht ausgepackt werden."
_DAMAGED = "Das Archiv ist beschädigt oder unvollständig."
_NO_ARCHIVE = "Die Datei ist kein Archiv einer Kommune."
_NO_ROOM = "Für die Dateien der Kommune ist kein Platz."
# Less than an archive of the demo's data takes.
_KILOBYTES = 64


@pytest.fixture(scope="module")
def archive(_station: Station, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole one."""
    target = tmp_path_factory.mktemp("archive") / "whole.verbund"
    made = _station.cli("tenants", "export", "--slug", TOWN, "--out", str(target))
    assert made.returncode == 0, made.stdout + made.stderr
    assert target.stat().st_size > 2 * _KILOBYTES * 1024
    return target


def test_a_full_disk_leaves_no_archive_that_looks_whole(
    station: Station, archive: Path, tmp_path: Path, note: Callable[..., None]
) -> None:
    target = tmp_path / "small"
    with SmallDisk(target, kilobytes=_KILOBYTES):
        refused = station.cli("tenants", "export", "--slug", TOWN, "--out", str(target / "town.verbund"))
        left = _files_in(target)
        unpacked = station.cli("tenants", "open-archive", str(archive), "--out", str(target / "open"))
        left_open = _files_in(target)

    note(
        bar="R14",
        fault="disk for archives full",
        how=f"tmpfs of {_KILOBYTES} kB as target of an export of {archive.stat().st_size // 1024} kB,"
        " then of the unpacking of a whole archive",
        measured=f"the export ends with {refused.returncode} and “{_NOT_WRITTEN}”, the unpacking with {unpacked.returncode}"
        f" and “{_NOT_UNPACKED}”; {len(left)} and {len(left_open)} files left",
    )
    assert (refused.returncode, _NOT_WRITTEN in words(refused.stderr)) == (2, True), refused.stderr
    assert left == []
    assert (unpacked.returncode, _NOT_UNPACKED in words(unpacked.stderr)) == (2, True), unpacked.stderr
    assert left_open == []


def test_an_archive_that_is_cut_off_is_refused_before_anything_is_made(
    station: Station, archive: Path, tmp_path: Path, note: Callable[..., None]
) -> None:
    content = archive.read_bytes()
    lengths = [0, 40, len(content) // 3, len(content) - 4096, len(content) - 1]
    before = _members(station)

    said = [_restored(station, tmp_path / "cut.verbund", content[:length]) for length in lengths]

    refused = [
        done
        for done in said
        if done.returncode == 2 and any(text in words(done.stderr) for text in (_DAMAGED, _NO_ARCHIVE))
    ]
    note(
        bar="R14",
        fault="archive cut off",
        how=f"a whole archive of {len(content) // 1024} kB cut after {', '.join(str(length) for length in lengths)} bytes and restored",
        measured=f"{len(refused)} of {len(said)} refused with one sentence, 0 members made",
    )
    assert len(refused) == len(said), [done.stderr for done in said]
    assert _members(station) == before


def test_a_restore_on_a_full_disk_says_so_and_goes_on_when_there_is_room(
    station: Station, archive: Path, note: Callable[..., None]
) -> None:
    wanted = ("tenants", "restore", str(archive), "--slug", "zurueck", "--host", "zurueck.localhost")
    with SmallDisk(station.data / "files", kilobytes=_KILOBYTES):
        stopped = station.cli(*wanted)
        state = _state(station, "zurueck")
        page = station.front_page("zurueck")
    resumed = station.cli(*wanted)
    key, source = station.key_of("zurueck"), station.key_of(TOWN)
    photos, expected = (_photos(station, name) for name in (key, source))

    note(
        bar="R14",
        fault="disk for photos full during a restore",
        how=f"tmpfs of {_KILOBYTES} kB at the folder of all municipalities' files, an archive with {len(expected)} files restored;"
        " the same command again when there is room",
        measured=f"the command ends with {stopped.returncode} and “{_NO_ROOM}”, the member is {state} and its host answers {page};"
        f" again: {_state(station, 'zurueck')}, {len(photos)} of {len(expected)} files, each with its bytes",
    )
    assert (stopped.returncode, _NO_ROOM in words(stopped.stdout)) == (1, True), (
        stopped.stdout + stopped.stderr
    )
    assert (state, page) == ("FAILED", 404)
    assert resumed.returncode == 0, resumed.stdout + resumed.stderr
    # Web processes remember for some seconds that nobody had this host.
    wait_until(lambda: station.front_page("zurueck") == 200, seconds=15)
    assert expected
    assert photos == expected


def _files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def _photos(station: Station, key: str) -> dict[str, bytes]:
    folder = station.data / "files" / key
    return {path.name: path.read_bytes() for path in folder.glob("[0-9a-f][0-9a-f]/*")}


def _members(station: Station) -> list[tuple[object, ...]]:
    return station.query("SELECT slug, state FROM association.tenants_tenant ORDER BY number")


def _state(station: Station, slug: str) -> str:
    ((state,),) = station.query("SELECT state FROM association.tenants_tenant WHERE slug = %s", slug)
    return str(state)


def _restored(station: Station, file: Path, content: bytes) -> subprocess.CompletedProcess[str]:
    file.write_bytes(content)
    return station.cli("tenants", "restore", str(file), "--slug", "cut", "--host", "cut.localhost")
