# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""One site and one browser for all browser tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser

from tests.e2e.live import ASSOCIATION, LiveSite, live
from tests.e2e.visiting import Visit
from tests.harness.services import Services
from verbund.embedded import frontend


@pytest.fixture(scope="session")
def live_site(services: Services) -> Iterator[LiveSite]:
    frontend.provide()
    with live(services) as site:
        yield site


@pytest.fixture
def visit(chromium: Browser, live_site: LiveSite) -> Iterator[Callable[..., Visit]]:
    """`visit("heideblick.localhost", role="clerk")`: somebody on a host, signed in when a role is named."""
    contexts = []

    def make(host: str = ASSOCIATION, *, role: str = "", width: int = 1280, javascript: bool = True) -> Visit:
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            locale="de-DE",
            reduced_motion="reduce",
            java_script_enabled=javascript,
        )
        contexts.append(context)
        if role:
            value = live_site.sessions[f"{host}/{role}"]
            context.add_cookies([{"name": "sessionid", "value": value, "url": live_site.url(host)}])
        return Visit(context, live_site.url(host, "").rstrip("/"))

    yield make
    for context in contexts:
        context.close()
