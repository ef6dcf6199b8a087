# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""R2: Vault is sealed, hangs, dies or cannot write its audit. What is held goes on, what is not fails fast and by name."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from statistics import median, quantiles

import psutil
import pytest
import requests

from tests.resilience.conftest import STALE_MAX_SECONDS
from tests.resilience.disks import SmallDisk
from tests.resilience.station import Station
from tests.system.browser import Browser
from tests.system.demo import wait_until
from tests.system.journeys import place_of, write_report
from tests.system.vault import Vault

HELD, NOT_HELD = "heideblick", "luckau"
_AWAY_SECONDS = 15
_FAILS_WITHIN = 3.0
_RECOVERS_WITHIN = 30.0
_LONGEST_WAIT = 60.0
_NAME = "Geheimnisspeicher"


@contextmanager
def _sealed(station: Station) -> Iterator[None]:
    sealer = Vault.sign_in(station, "sealer")
    assert sealer.status("PUT", "sys/seal") == 204
    yield
    # With a static seal a start unseals.
    station.child("openbao").kill()


@contextmanager
def _hung(station: Station) -> Iterator[None]:
    with station.hung("openbao"):
        yield


@contextmanager
def _killed(station: Station) -> Iterator[None]:
    with station.away("openbao"):
        yield


@contextmanager
def _audit_full(station: Station) -> Iterator[None]:
    """Both audit files on disks of 256 kB, each full. Health says all is well the whole time."""
    with _small_audits(station) as (first, second):
        first.fill()
        # One of two is enough to go on.
        assert station.readiness()[0] == 200
        second.fill()
        health = requests.get(f"{station.access['vault_addr']}/v1/sys/health", timeout=5)
        assert health.status_code == 200
        yield
        first.free()
        second.free()


@contextmanager
def _small_audits(station: Station) -> Iterator[list[SmallDisk]]:
    logs = station.data / "logs"
    disks = [SmallDisk(station.data / f"audit-{name}", kilobytes=256) for name in ("first", "second")]
    for disk in disks:
        disk.__enter__()
    try:
        for name, disk in zip(("first", "second"), disks, strict=True):
            log = logs / f"openbao-audit-{name}.log"
            log.unlink()
            log.symlink_to(disk.folder / "audit.log")
        station.child("openbao").send_signal(signal.SIGHUP)
        wait_until(lambda: all((disk.folder / "audit.log").exists() for disk in disks), seconds=10)
        yield disks
    finally:
        for name in ("first", "second"):
            (logs / f"openbao-audit-{name}.log").unlink()
        station.child("openbao").send_signal(signal.SIGHUP)
        for disk in disks:
            disk.__exit__()


@pytest.fixture
def fresh(station: Station) -> Station:
    """Web processes that hold no key of any municipality."""
    former = station.child("web").pid
    station.child("web").kill()
    wait_until(lambda: _is_new(station, former), seconds=60)
    return station


def _is_new(station: Station, former: int) -> bool:
    with suppress(psutil.Error, OSError, ValueError):
        return station.child("web").pid != former and station.is_ready()
    return False


@dataclass
class Contact:
    """A clerk who opens the contact of a report: that takes the municipality's data key."""

    clerk: Browser
    page: str
    seconds: list[float] = field(default_factory=list)

    def open(self) -> requests.Response:
        begun = time.monotonic()
        answer = self.clerk.post(f"{self.page}kontakt/", form=self.page)
        self.seconds.append(time.monotonic() - begun)
        return answer

    def keep_opening(self, seconds: float) -> None:
        """One after the other with the same pauses, whatever is the matter meanwhile: only then can two be compared."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            answer = self.open()
            assert (answer.status_code, "Nora" in answer.text) == (200, True), answer.text
            time.sleep(0.05)

    def p99(self) -> float:
        return quantiles(self.seconds, n=100, method="inclusive")[-1]


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("sealed", _sealed),
        ("hung (SIGSTOP)", _hung),
        ("killed", _killed),
        ("both audit disks full", _audit_full),
    ],
)
def test_what_is_held_goes_on_and_what_is_not_fails_fast_by_name(  # noqa: PLR0917 (pytest fills them by name)
    station: Station,
    visitor: Callable[..., Browser],
    note: Callable[..., None],
    request: pytest.FixtureRequest,
    name: str,
    fault: Callable[[Station], Iterator[None]],
) -> None:
    held, other = (_contact(station, visitor, town) for town in (HELD, NOT_HELD))
    request.getfixturevalue("fresh")
    web = station.web_processes()
    _warm(held)
    normal = Contact(held.clerk, held.page)
    normal.keep_opening(_AWAY_SECONDS)
    page = visitor(NOT_HELD)

    with fault(station):
        begun = time.monotonic()
        # More who wait for a secret than there are threads, before anybody has found out that the store is away.
        refused = _asked_at_once(other)
        during = Contact(held.clerk, held.page)
        during.keep_opening(_AWAY_SECONDS)
        status, parts, seconds = station.readiness()
        # Again, now that it is known, and beside them somebody who needs no secret.
        with ThreadPoolExecutor(12) as several:
            failing = [several.submit(_open_anew, other) for _ in range(12)]
            reading = [_timed(page) for _ in range(10)]
            refused += [one.result() for one in failing]
        stale = _stale_after(during, begun) if name == "sealed" else 0.0
    recovered = _seconds_until_nobody_is_refused(held, other)
    station.seconds_until_ready(limit=30)

    assert {answer.status_code for answer, _seconds in refused} == {503}
    assert all(
        _NAME in answer.text and int(answer.headers["Retry-After"]) > 0 for answer, _seconds in refused
    )
    assert station.web_processes() == web
    slowest_refusal = max(seconds for _answer, seconds in refused)
    note(
        bar="R2",
        fault=f"Vault {name}",
        how=f"contacts of reports opened for {_AWAY_SECONDS} s before and {_AWAY_SECONDS} s meanwhile with a key that is held; 12 at once with one that is not, at the first moment and after those seconds;"
        f" keys count for {STALE_MAX_SECONDS} s here (900 s in production)",
        measured=f"{len(during.seconds)} contacts opened, median {median(during.seconds) * 1000:.0f} ms (before {median(normal.seconds) * 1000:.0f} ms),"
        f" p99 {during.p99() * 1000:.0f} ms (before {normal.p99() * 1000:.0f} ms, bar twice that);"
        f" without a key 503 with Retry-After and the store's name after {slowest_refusal:.1f} s at most (bar 3 s),"
        f" other pages meanwhile {max(reading):.1f} s at most; ready says “{parts['vault']}” in {seconds:.1f} s;"
        + (f" held keys ended after {stale:.0f} s;" if stale else "")
        + f" the last refusal {recovered:.1f} s after the fault, web not restarted",
    )
    assert (status, _NAME in parts["vault"], parts["tenants"]) == (503, True, "ok")
    assert max(seconds, slowest_refusal) <= _FAILS_WITHIN
    assert max(reading) < _FAILS_WITHIN
    assert recovered <= _RECOVERS_WITHIN
    assert during.p99() < 2 * normal.p99()


def _contact(station: Station, visitor: Callable[..., Browser], town: str) -> Contact:
    reference = write_report(visitor(town), place_of(station, town), "Laterne dunkel", name="Nora Nachbar")
    return Contact(visitor(town, role="Bürgerbüro"), f"/verwaltung/maengel/{reference}/")


def _warm(contact: Contact) -> None:
    """Both web processes hold the key: asked by more at once than one of them serves."""
    contact.clerk.get(contact.page)
    with ThreadPoolExecutor(8) as several:
        for _ in range(3):
            assert {one.status_code for one in several.map(lambda _n: contact.open(), range(8))} == {200}


def _seconds_until_nobody_is_refused(*contacts: Contact) -> float:
    """Each web process finds out for itself that the store is back: many ask at once, until three rounds all succeed."""
    begun = last = time.monotonic()
    rounds = 0
    with ThreadPoolExecutor(8) as several:
        while rounds < 3:
            answers = several.map(lambda number: contacts[number % len(contacts)].open(), range(8))
            is_good = {answer.status_code for answer in answers} == {200}
            rounds = rounds + 1 if is_good else 0
            if not is_good:
                last = time.monotonic()
                assert last - begun < _LONGEST_WAIT, "still refused"
                time.sleep(0.2)
    return last - begun


def _asked_at_once(contact: Contact) -> list[tuple[requests.Response, float]]:
    with ThreadPoolExecutor(12) as several:
        return list(several.map(lambda _n: _open_anew(contact), range(12)))


def _open_anew(contact: Contact) -> tuple[requests.Response, float]:
    begun = time.monotonic()
    answer = contact.clerk.get(contact.page)
    if answer.status_code == 200:
        begun = time.monotonic()
        answer = contact.clerk.post(f"{contact.page}kontakt/", form=contact.page)
    return answer, time.monotonic() - begun


def _timed(browser: Browser) -> float:
    begun = time.monotonic()
    assert browser.get("/").status_code == 200
    return time.monotonic() - begun


def _stale_after(contact: Contact, begun: float) -> float:
    """Seconds until a key that is held no longer counts."""
    wait_until(lambda: contact.open().status_code == 503, seconds=STALE_MAX_SECONDS + 5, every=0.2)
    return time.monotonic() - begun
