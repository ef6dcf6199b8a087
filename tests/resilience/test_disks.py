# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""R14: the disk for photos, for uploads under way, for usage counts or for PostgreSQL's log is full, and free again."""

from __future__ import annotations

import io
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import psycopg
import pytest
import requests
from PIL import Image

from tests.resilience.disks import SmallDisk
from tests.resilience.load import Load
from tests.resilience.station import Station
from tests.system.browser import Browser
from tests.system.demo import wait_until
from tests.system.journeys import place_of

TOWN = "heideblick"
_COUNTED = """
    SELECT coalesce(sum(quantity), 0)::int FROM association.metering_usagecounter
    WHERE tenant = %s AND meter = 'http.requests'
"""


@pytest.fixture
def photo() -> bytes:
    """Noise: it does not become smaller when it is encoded again."""
    picture = Image.effect_noise((1800, 1800), 120).convert("RGB")
    with io.BytesIO() as file:
        picture.save(file, "JPEG", quality=92)
        return file.getvalue()


@pytest.fixture
def citizen(station: Station, visitor: Callable[..., Browser]) -> Browser:
    """On the second page of a report, where photos are added."""
    browser = visitor(TOWN)
    latitude, longitude = place_of(station, TOWN)
    browser.post(
        "/maengel/melden/", {"latitude": f"{latitude:.5f}", "longitude": f"{longitude:.5f}", "weiter": "1"}
    )
    return browser


def _add(citizen: Browser, photo: bytes) -> requests.Response:
    page = "/maengel/melden/was/"
    answer = citizen.get(page)
    assert answer.status_code == 200
    values = {"category": "street-light", "description": "Laterne dunkel", "hinzufuegen": "1"}
    return citizen.post(page, values, files={"photos": ("foto.jpg", photo, "image/jpeg")})


def test_a_full_disk_for_photos_leaves_no_half_photo(
    station: Station, citizen: Browser, photo: bytes, note: Callable[..., None]
) -> None:
    folder = station.data / "files" / station.key_of(TOWN)

    # Room for the smaller sizes, not for all of them.
    with SmallDisk(folder, kilobytes=600) as disk:
        refused = _add(citizen, photo)
        left = [path for path in folder.rglob("*") if path.is_file()]
        rows = _photos(station)
        disk.fill()
        full = _add(citizen, photo)
        without = citizen.post(
            "/maengel/melden/was/",
            {"category": "street-light", "description": "Laterne dunkel", "weiter": "1"},
        )
        disk.free()
    before = _photos(station)
    kept = _add(citizen, photo)

    note(
        bar="R14",
        fault="disk for photos full",
        how="tmpfs of 600 kB at the municipality's folder: a photo whose smaller sizes fit, then one with no byte free",
        measured=f"{refused.status_code} and {full.status_code} with “Ohne Foto können Sie fortfahren” at the field, 0 files and 0 rows left over;"
        " going on without a photo works; the next photo after the disk is free is kept",
    )
    for answer in (refused, full):
        assert answer.status_code == 422
        assert "Ohne Foto können Sie fortfahren" in answer.text
        assert "Laterne dunkel" in answer.text
    assert left == []
    assert rows == before
    assert without.status_code == 302
    assert kept.status_code == 302
    assert _photos(station) == before + 1


def test_a_full_disk_for_uploads_under_way_is_a_clear_answer(
    station: Station, citizen: Browser, photo: bytes, note: Callable[..., None]
) -> None:
    # More than is kept in memory while it arrives.
    large = photo + b"\0" * (4_000_000 - len(photo))
    with SmallDisk(station.temporary, kilobytes=1024) as disk:
        disk.fill()
        refused = _add(citizen, large)
        page = citizen.get("/maengel/")
    kept = _add(citizen, large)

    note(
        bar="R14",
        fault="disk for uploads under way full",
        how="tmpfs without a free byte as the folder for temporary files; a photo of 4 MB",
        measured=f"{refused.status_code} with Retry-After, other pages {page.status_code}; the same upload is taken when the disk is free",
    )
    assert refused.status_code == 507
    assert int(refused.headers["Retry-After"]) > 0
    assert page.status_code == 200
    assert kept.status_code == 302


def test_a_full_spool_loses_no_usage(station: Station, note: Callable[..., None]) -> None:
    number = int(station.key_of(TOWN).removeprefix("m_"))
    with SmallDisk(station.data / "spool", kilobytes=256) as disk:
        _restart_web(station)
        before = _settled(station, number)
        disk.fill()
        statuses = [station.front_page(TOWN) for _ in range(100)]
        time.sleep(3)
        meanwhile = station.query(_COUNTED, number)[0][0]
        disk.free()
        wait_until(lambda: station.query(_COUNTED, number)[0][0] >= before + 100, seconds=30)
        time.sleep(3)
        after = _settled(station, number)
    _restart_web(station)

    note(
        bar="R14",
        fault="disk for usage counts (spool) full",
        how="tmpfs of 256 kB as spool, filled up; 100 pages, then freed",
        measured=f"100 pages answered {set(statuses)}, {meanwhile - before} counted while it was full,"
        f" {after - before} of 100 when it was free again",
    )
    assert set(statuses) == {200}
    assert after - before == 100


def test_a_full_disk_for_the_databases_log_loses_nothing(station: Station, note: Callable[..., None]) -> None:
    wal = Path(station.child("postgres").cmdline()[2]) / "pg_wal"
    assert station.interrupt() == 0
    with _on_a_small_disk(wal, kilobytes=160 * 1024) as disk:
        station.start()
        with Load(station, pause=0.1) as load:
            load.wait_for(5)
            disk.fill()
            _write_until_it_fails(station)
            failed_at = time.monotonic()
            wait_until(lambda: len(load.failures) > 10, seconds=30)
            status, parts, _seconds = station.readiness()
            time.sleep(5)
            disk.free()
            freed_at = time.monotonic()
            back = station.seconds_until_ready(limit=60)
            load.wait_for(10)
        load.assert_survived()
        checked = station.cli("audit", "verify", "--tenant", TOWN)
        assert station.interrupt() == 0
    station.start()

    note(
        bar="R14",
        fault="disk of PostgreSQL's log (WAL) full",
        how="tmpfs of 160 MB at pg_wal without a free byte, four writers until it stops, freed after some seconds",
        measured=f"full for {freed_at - failed_at:.0f} s: {len(load.failures)} clear failures, ready says “{parts['tenants']}”;"
        f" ready again {back:.1f} s after the disk was free; {load.acknowledged} reports acknowledged, 0 lost, 0 doubled; audit chain whole",
    )
    assert status == 503
    assert parts["tenants"] != "ok"
    assert checked.returncode == 0, checked.stdout


def _photos(station: Station) -> int:
    return int(station.query(f"SELECT count(*) FROM {station.key_of(TOWN)}.files_storedfile")[0][0])


def _settled(station: Station, number: int) -> int:
    """What is counted, once nothing more comes for three seconds."""
    counted = -1
    while (now := station.query(_COUNTED, number)[0][0]) != counted:
        counted = now
        time.sleep(3)
    return int(counted)


def _restart_web(station: Station) -> None:
    former = station.child("web").pid
    station.child("web").terminate()
    wait_until(lambda: _is_new(station, former), seconds=60)


def _is_new(station: Station, former: int) -> bool:
    with suppress(psutil.Error, OSError, ValueError):
        return station.child("web").pid != former and station.is_ready()
    return False


@contextmanager
def _on_a_small_disk(folder: Path, *, kilobytes: int) -> Iterator[SmallDisk]:
    """Move a folder of a stopped service there, and back afterwards."""
    aside = folder.with_name(f"{folder.name}.aside")

    def move(source: Path, target: Path) -> None:
        subprocess.run(["cp", "-a", f"{source}/.", str(target)], check=True)

    shutil.copytree(folder, aside, symlinks=True)
    subprocess.run(["cp", "-a", f"{folder}/.", str(aside)], check=True)
    with SmallDisk(folder, kilobytes=kilobytes) as disk:
        move(aside, folder)
        yield disk
        shutil.rmtree(aside)
        aside.mkdir(mode=0o700)
        move(folder, aside)
    for path in folder.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    move(aside, folder)
    shutil.rmtree(aside)


def _write_until_it_fails(station: Station) -> None:
    """Use up what PostgreSQL has laid by, until it needs a byte of the disk."""
    with suppress(psycopg.Error):
        for _ in range(200):
            station.query("SELECT pg_logical_emit_message(false, 'resilience', repeat('x', 900000))")
