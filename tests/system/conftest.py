# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""One running demo for all tests here; a test that stops it starts it again."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.system.browser import Browser
from tests.system.demo import Demo


@pytest.fixture(scope="session")
def _demo() -> Iterator[Demo]:
    made = Demo()
    try:
        made.start()
        yield made
    finally:
        made.remove()


@pytest.fixture
def demo(_demo: Demo) -> Demo:
    """The demo, running and ready."""
    if not _demo.is_running:
        _demo.start()
    return _demo


@pytest.fixture
def visitor(demo: Demo) -> Iterator[Callable[..., Browser]]:
    """`visitor("luckau")` is a citizen, `visitor("luckau", role="Bürgerbüro")` is signed in."""
    opened: list[Browser] = []

    def make(slug: str, *, role: str = "") -> Browser:
        browser = Browser(demo.port, f"{slug}.localhost")
        opened.append(browser)
        return browser.sign_in(demo.account(slug, role)) if role else browser

    yield make
    for browser in opened:
        browser.close()
