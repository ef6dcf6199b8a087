# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""One installation for all faults; a test that cannot leave it whole makes its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.resilience import figures
from tests.resilience.figures import Figure
from tests.resilience.station import Station
from tests.system.browser import Browser

# What people wait 15 minutes for is waited for so long here.
STALE_MAX_SECONDS = 40


@pytest.fixture(scope="session")
def _station() -> Iterator[Station]:
    made = Station(settings={"VERBUND_SECRETS_STALE_MAX_SECONDS": str(STALE_MAX_SECONDS)})
    try:
        made.start()
        yield made
    finally:
        made.remove()


@pytest.fixture
def station(_station: Station) -> Station:
    """Running and ready."""
    if not _station.is_running:
        _station.start()
    _station.seconds_until_ready(limit=60)
    return _station


@pytest.fixture
def visitor(station: Station) -> Iterator[Callable[..., Browser]]:
    """`visitor("luckau")` is a citizen, `visitor("luckau", role="Bürgerbüro")` is signed in."""
    opened: list[Browser] = []

    def make(slug: str, *, role: str = "") -> Browser:
        browser = Browser(station.port, f"{slug}.localhost")
        opened.append(browser)
        return browser.sign_in(station.account(slug, role)) if role else browser

    yield make
    for browser in opened:
        browser.close()


@pytest.fixture
def note() -> Callable[..., None]:
    """`note(bar=…, fault=…, how=…, measured=…)`: a row of docs/operations/reliability.md."""
    return lambda **values: figures.keep(Figure(**values))
