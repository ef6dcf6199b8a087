# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Takes the README's pictures from a running demo: `make screenshots` beside `make demo`."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.harness.browser import executable
from tests.harness.services import ROOT

TARGET = ROOT / "docs" / "screenshots"
LARGEST = 300_000
TOWN = "heideblick"


def main() -> int:
    access_file = Path(os.environ.get("DATA") or ".demo") / "demo-access.json"
    if not access_file.exists():
        sys.stderr.write(f"{access_file} fehlt. Zuerst in einem anderen Fenster: make demo\n")
        return 1
    access = json.loads(access_file.read_text(encoding="utf-8"))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable())
        take(browser, access)
        browser.close()
    too_large = [file.name for file in TARGET.glob("*.png") if file.stat().st_size > LARGEST]
    if too_large:
        sys.stderr.write(f"Über 300 kB: {', '.join(too_large)}\n")
    return 1 if too_large else 0


def take(browser: Browser, access: dict[str, object]) -> None:
    TARGET.mkdir(parents=True, exist_ok=True)
    town = next(item for item in access["municipalities"] if item["slug"] == TOWN)
    page = browser.new_context(viewport={"width": 1280, "height": 860}, locale="de-DE").new_page()
    save(page, f"{town['url']}", "start")
    page.goto(f"{town['url']}maengel/?ampel=green")
    first = page.locator("a[href*='/maengel/M-']").first.get_attribute("href")
    save(page, f"{town['url'].rstrip('/')}{first}", "report")
    sign_in(page, access["association"]["url"], access["association"]["accounts"][0])
    save(page, f"{access['association']['url']}kommunen/{TOWN}/einrichtung/", "onboarding")


def sign_in(page: Page, url: str, account: dict[str, str]) -> None:
    page.goto(url)
    page.fill("input[name=login]", account["email"])
    page.fill("input[name=password]", account["password"])
    with page.expect_navigation():
        page.keyboard.press("Enter")


def save(page: Page, url: str, name: str) -> None:
    page.goto(url, wait_until="networkidle")
    page.screenshot(path=TARGET / f"{name}.png")


if __name__ == "__main__":
    raise SystemExit(main())
