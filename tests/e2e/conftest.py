# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""One site and one browser for all browser tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

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
    """Tabs by host, kept for the whole run: style sheets are fetched and scripts compiled once.

    Whoever takes a tab finds their own cookies in it: those of the session made for the role, as the pages changed them.
    """

    def __init__(self, browser: Browser, site: LiveSite) -> None:
        self.browser = browser
        self.site = site
        self._idle: dict[str, list[tuple[str, Visit]]] = {}
        self._cookies: dict[tuple[str, str], list[Any]] = {}

    def take(self, host: str, role: str) -> Visit:
        """A tab nobody uses at the moment; give it back afterwards."""
        idle = self._idle.setdefault(host, [])
        if idle:
            # Rather one this role had: changing people costs a moment.
            last, someone = idle.pop(next((at for at, (had, _tab) in enumerate(idle) if had == role), -1))
        else:
            last, someone = None, self.visit(self.fresh(host, ""), host)
        if last != role:
            someone.context.clear_cookies()
            someone.context.add_cookies(self._cookies.get((host, role)) or self._session(host, role))
        return someone.begin_anew()

    def give_back(self, host: str, role: str, someone: Visit) -> None:
        self._cookies[host, role] = someone.context.cookies()
        self._idle[host].append((role, someone))

    def visit(self, context: BrowserContext, host: str) -> Visit:
        return Visit(context, self.site.url(host, "").rstrip("/"))

    def fresh(self, host: str, role: str, *, javascript: bool = True) -> BrowserContext:
        """A context of its own, for journeys that sign in or work without JavaScript."""
        context = self.browser.new_context(
            locale="de-DE", reduced_motion="reduce", java_script_enabled=javascript
        )
        context.add_init_script(REPORT)
        context.add_cookies(self._session(host, role))
        return context

    def _session(self, host: str, role: str) -> list[Any]:
        if not role:
            return []
        value = self.site.sessions[f"{host}/{role}"]
        return [{"name": "sessionid", "value": value, "url": self.site.url(host)}]


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
