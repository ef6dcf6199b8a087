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
    """Tabs by host and role, kept for the whole run: style sheets are fetched and scripts compiled once."""

    def __init__(self, browser: Browser, site: LiveSite) -> None:
        self.browser = browser
        self.site = site
        self._contexts: dict[tuple[str, str], BrowserContext] = {}
        self._idle: dict[tuple[str, str], list[Visit]] = {}

    def take(self, host: str, role: str) -> Visit:
        """A tab nobody uses at the moment; give it back afterwards."""
        idle = self._idle.setdefault((host, role), [])
        if idle:
            return idle.pop().begin_anew()
        if (host, role) not in self._contexts:
            self._contexts[host, role] = self.fresh(host, role)
        return self.visit(self._contexts[host, role], host)

    def give_back(self, host: str, role: str, someone: Visit) -> None:
        self._idle[host, role].append(someone)

    def visit(self, context: BrowserContext, host: str) -> Visit:
        return Visit(context, self.site.url(host, "").rstrip("/"))

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
def visit(visitors: Visitors) -> Iterator[Callable[..., Visit]]:
    """`visit("heideblick.localhost", role="clerk")`: somebody on a host, signed in when a role is named.

    With ``is_new`` or without JavaScript the visitor has a browser of their own and leaves nothing to the next.
    """
    own: list[Visit] = []
    lent: list[tuple[str, str, Visit]] = []

    def make(
        host: str = ASSOCIATION,
        *,
        role: str = "",
        width: int = 1280,
        is_new: bool = False,
        javascript: bool = True,
    ) -> Visit:
        if is_new or not javascript:
            someone = visitors.visit(visitors.fresh(host, role, javascript=javascript), host)
            own.append(someone)
        else:
            someone = visitors.take(host, role)
            lent.append((host, role, someone))
        someone.resize(width)
        return someone

    yield make
    for someone in own:
        someone.context.close()
    for host, role, someone in lent:
        visitors.give_back(host, role, someone)
