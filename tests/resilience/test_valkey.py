# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""R13: the broker is killed, emptied or hangs. Pages work, nobody is signed out, PostgreSQL knows what is to be done."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest

from tests.resilience.load import Load
from tests.resilience.station import Station
from tests.resilience.wishes import Wish, ask_by_console, wishes
from tests.system.browser import Browser
from tests.system.demo import wait_until
from tests.system.journeys import place_of, write_report
from tests.system.traces import broker

TOWN = "heideblick"
_CAUGHT_UP_WITHIN = 60.0
_AWAY_SECONDS = 10
_SLOWEST_PAGE = 3.0


@dataclass
class Readers:
    """People who read pages the whole time; what they got."""

    browsers: list[tuple[Browser, str]]
    statuses: list[int] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    @contextmanager
    def at_work(self) -> Iterator[None]:
        ended = threading.Event()

        def read() -> None:
            while not ended.wait(0.1):
                for browser, path in self.browsers:
                    begun = time.monotonic()
                    self.statuses.append(browser.get(path).status_code)
                    self.seconds.append(time.monotonic() - begun)

        thread = threading.Thread(target=read)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()


@pytest.fixture
def operator(station: Station) -> Iterator[Browser]:
    (account,) = (one for one in station.access["association"]["accounts"] if one["role"] == "Betrieb")
    browser = Browser(station.port, "verbund.localhost")
    yield browser.sign_in(account)
    browser.close()


@contextmanager
def _killed(station: Station) -> Iterator[None]:
    with station.away("valkey"):
        yield


@contextmanager
def _hung(station: Station) -> Iterator[None]:
    with station.hung("valkey"):
        yield


@contextmanager
def _flushed(station: Station) -> Iterator[None]:
    """Emptied again and again: no message lives long enough to be taken."""
    ended = threading.Event()
    connection = broker(station)

    def empty() -> None:
        while not ended.wait(0.02):
            connection.flushall()

    thread = threading.Thread(target=empty)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
        connection.close()


@pytest.mark.parametrize(
    ("name", "fault", "wish"),
    [("killed", _killed, 2), ("hung (SIGSTOP)", _hung, 3), ("flushed fifty times a second", _flushed, 4)],
)
def test_without_the_broker_pages_work_and_everything_is_caught_up(  # noqa: PLR0917 (pytest fills them by name)
    station: Station,
    visitor: Callable[..., Browser],
    operator: Browser,
    note: Callable[..., None],
    name: str,
    fault: Callable[[Station], Iterator[None]],
    wish: int,
) -> None:
    newcomer: Wish = wishes()[wish]
    clerk, citizen = visitor(TOWN, role="Bürgerbüro"), visitor(TOWN)
    readers = Readers([(clerk, "/verwaltung/maengel/"), (visitor(TOWN), "/"), (operator, "/kommunen/")])
    address = f"nora-{wish}@nachbar.example"

    with Load(station, writers=2) as load, readers.at_work():
        with fault(station):
            begun = time.monotonic()
            write_report(citizen, place_of(station, TOWN), "Laterne dunkel", email=address)
            asked = ask_by_console(operator, newcomer)
            slowest_write = time.monotonic() - begun
            time.sleep(_AWAY_SECONDS)
        back = time.monotonic()
        load.wait_for(2)
        wait_until(lambda: station.mails(address), seconds=90)
        mailed = time.monotonic() - back
        wait_until(lambda: _is_active(station, newcomer), seconds=90)
        onboarded = time.monotonic() - back

    load.assert_survived()
    pushed = time.monotonic() - back
    assert asked.status_code == 302
    note(
        bar="R13",
        fault=f"Valkey {name}",
        how=f"{_AWAY_SECONDS} s away while two writers, three readers, a report with a mail and an onboarding are at work",
        measured=f"{len(readers.statuses)} pages read, all 200, slowest {max(readers.seconds):.1f} s, nobody signed out;"
        f" {load.acknowledged} reports, {len(load.failures)} failures; report and onboarding accepted in {slowest_write:.1f} s;"
        f" after it was back: mail after {mailed:.0f} s, onboarding done after {onboarded:.0f} s,"
        f" all facts in the ledger after {pushed:.0f} s (bar 60 s)",
    )
    assert set(readers.statuses) == {200}
    assert load.failures == []
    assert max(readers.seconds) < _SLOWEST_PAGE
    assert max(mailed, onboarded) <= _CAUGHT_UP_WITHIN


def _is_active(station: Station, wish: Wish) -> bool:
    return station.query("SELECT state FROM association.tenants_tenant WHERE slug = %s", wish.slug) == [
        ("ACTIVE",)
    ]
