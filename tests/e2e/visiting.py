# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A page as one visitor sees it: what the browser complains about, what axe finds, whether it fits."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
# WCAG 2.2 A and AA.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
# The browser itself reports an answer's status as an error; form errors and refusals are meant.
_MEANT = ("status of 422", "status of 403", "status of 404", "status of 410", "status of 400")
REPORT = """
document.addEventListener('securitypolicyviolation', event =>
  console.error('CSP: ' + event.violatedDirective + ' ' + event.blockedURI));
"""


@dataclass
class Visit:
    """One visitor on one host; `complaints` grows while pages are looked at."""

    context: BrowserContext
    site: str
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page: Page = self.context.new_page()
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        self.page.on("request", self._stay_here)
        self.page.on("requestfailed", self._failed)

    def begin_anew(self) -> Visit:
        """The same tab for somebody's next errand; a tab of its own for each costs a process of the browser."""
        self.complaints.clear()
        return self

    def open(self, path: str) -> int:
        """Go there; the answer's status."""
        response = self.page.goto(self.site + path, wait_until="load")
        assert response is not None
        return response.status

    @property
    def path(self) -> str:
        """Where the visitor is now, without host and query."""
        return urlsplit(self.page.url).path

    def send(self, typed: Mapping[str, str], press: str, *, expects_errors: bool) -> None:
        """Type into fields by their names and press a button; the answer must say what is wrong when it should."""
        for name, value in typed.items():
            self.page.locator(f"main [name='{name}']:visible").first.fill(value)
        with self.page.expect_navigation():
            self.page.locator(press).first.click()
        if expects_errors:
            self.page.locator("[data-error-summary], .kern-error, .kern-alert--danger").first.wait_for()

    def keep_picture(self, width: int) -> None:
        """Where PAGE_PICTURES names a folder: what the page looks like, for people."""
        folder = os.environ.get("PAGE_PICTURES")
        if folder:
            name = re.sub(
                r"[^a-z0-9]+", "_", os.environ.get("PYTEST_CURRENT_TEST", "").rpartition("[")[2].lower()
            )
            self.page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)

    def resize(self, width: int, height: int = 900) -> None:
        # The browser would draw the page anew for the same size too.
        if self.page.viewport_size != {"width": width, "height": height}:
            self.page.set_viewport_size({"width": width, "height": height})

    def findings(self) -> list[str]:
        """What axe says against the page as it stands."""
        if not self.page.evaluate("() => 'axe' in window"):
            self.page.evaluate(AXE.read_text(encoding="utf-8"))
        result: dict[str, Any] = self.page.evaluate(
            "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})",
            RULES,
        )
        return [
            f"{rule['id']}: {node['html'][:200]} {node['failureSummary'][:300]}"
            for rule in result["violations"]
            for node in rule["nodes"]
        ]

    def overflow(self) -> list[str]:
        """Elements that make the whole page scroll sideways."""
        found: list[str] = self.page.evaluate(
            """() => {
              const width = document.documentElement.clientWidth;
              if (document.documentElement.scrollWidth <= width) return [];
              return [...document.body.querySelectorAll('*')]
                .filter(element => element.getBoundingClientRect().right > width + 1
                  && !element.closest('.vb-table, .vb-map, pre'))
                .slice(0, 5).map(element => element.outerHTML.slice(0, 160));
            }"""
        )
        return found

    def _note(self, message: ConsoleMessage) -> None:
        if not any(text in message.text for text in _MEANT):
            self.complaints.append(f"{message.type}: {message.text}")

    def _stay_here(self, request: Request) -> None:
        if not request.url.startswith((self.site, "data:", "blob:")):
            self.complaints.append(f"left the site: {request.url}")

    def _failed(self, request: Request) -> None:
        # A poll under way when the visitor moves on is given up by the browser, which is right.
        if request.failure != "net::ERR_ABORTED":
            self.complaints.append(f"failed: {request.url} {request.failure}")
