# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The style page in a real browser: a server without a database, Chromium, axe."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from verbund.embedded import frontend

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
# WCAG 2.2 A and AA, and what axe's makers recommend beyond it.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="session")
def style_site() -> Iterator[str]:
    frontend.provide()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("VERBUND_")},
        "DJANGO_SETTINGS_MODULE": "tests.web.site.settings",
        "PYTHONPATH": os.pathsep.join((str(ROOT / "platform"), str(ROOT))),
    }
    command = [sys.executable, "-m", "django", "runserver", "--noreload", f"127.0.0.1:{port}"]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        _wait_for(port, server)
        yield f"http://127.0.0.1:{port}"
        server.terminate()


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    for _attempt in range(150):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert server.poll() is None, "the style site stopped"
        time.sleep(0.1)
    pytest.fail("the style site did not start")


class Visit:
    """A page as one visitor sees it; collects whatever the browser complains about."""

    def __init__(self, context: BrowserContext, site: str) -> None:
        self.context = context
        self.site = site
        self.complaints: list[str] = []
        self.page: Page = context.new_page()
        self.page.on("console", lambda message: self.complaints.append(f"{message.type}: {message.text}"))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("requestfailed", lambda request: self.complaints.append(f"failed: {request.url}"))
        self.page.on("request", lambda request: self._stay_here(request.url))

    def _stay_here(self, url: str) -> None:
        if not url.startswith((self.site, "data:")):
            self.complaints.append(f"left the site: {url}")

    def open(self, path: str) -> Page:
        self.page.goto(self.site + path)
        if self.page.locator("x-karte[points]").count():
            self.page.locator(".vb-pin, .vb-map__hint").first.wait_for()
        return self.page

    def findings(self) -> list[str]:
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        result: dict[str, Any] = self.page.evaluate(
            "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})",
            RULES,
        )
        return [
            f"{rule['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
            for rule in result["violations"]
            for node in rule["nodes"]
        ]


@pytest.fixture
def visit(chromium: Browser, style_site: str, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """Parametrise indirectly with a width or with options of a browser context."""
    options = getattr(request, "param", {})
    options = {"viewport": {"width": options, "height": 900}} if isinstance(options, int) else options
    context = chromium.new_context(**{"reduced_motion": "reduce", "locale": "de-DE", **options})
    yield Visit(context, style_site)
    context.close()
