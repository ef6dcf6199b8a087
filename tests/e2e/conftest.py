# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""One site and one browser for all browser tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.e2e.live import ASSOCIATION, LiveSite, live
from tests.e2e.visiting import REPORT, Visit
from tests.harness.services import Services
from verbund.embedded import frontend


@pytest.fixture(scope="session")
def live_site(services: Services) -> Iterator[LiveSite]:
    frontend.provide()
    with live(services) as site:
        yield site


class Visitors:
    """Browser contexts by host and role, kept for the whole run so that style sheets are fetched once."""

    def __init__(self, browser: Browser, site: LiveSite) -> None:
        self.browser = browser
        self.site = site
        self._kept: dict[tuple[str, str], BrowserContext] = {}

    def context(self, host: str, role: str) -> BrowserContext:
        if (host, role) not in self._kept:
            self._kept[host, role] = self.fresh(host, role)
        return self._kept[host, role]

    def fresh(self, host: str, role: str, *, javascript: bool = True) -> BrowserContext:
        """A context of its own, for journeys that sign in or work without JavaScript."""
        context = self.browser.new_context(
            locale="de-DE", reduced_motion="reduce", java_script_enabled=javascript
        )
        context.add_init_script(REPORT)
        if role:
            value = self.site.sessions[f"{host}/{role}"]
            context.add_cookies([{"name": "sessionid", "value": value, "url": self.site.url(host)}])
        return context


@pytest.fixture(scope="session")
def visitors(chromium: Browser, live_site: LiveSite) -> Visitors:
    return Visitors(chromium, live_site)


@pytest.fixture
def visit(visitors: Visitors, live_site: LiveSite) -> Iterator[Callable[..., Visit]]:
    """`visit("heideblick.localhost", role="clerk")`: somebody on a host, signed in when a role is named.

    With ``is_new`` or without JavaScript the visitor has a browser of their own and leaves nothing to the next.
    """
    visits: list[tuple[Visit, bool]] = []

    def make(
        host: str = ASSOCIATION,
        *,
        role: str = "",
        width: int = 1280,
        is_new: bool = False,
        javascript: bool = True,
    ) -> Visit:
        is_own = is_new or not javascript
        context = (
            visitors.fresh(host, role, javascript=javascript) if is_own else visitors.context(host, role)
        )
        someone = Visit(context, live_site.url(host, "").rstrip("/"))
        someone.resize(width)
        visits.append((someone, is_own))
        return someone

    yield make
    for someone, is_own in visits:
        someone.page.close()
        if is_own:
            someone.context.close()
