# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""An operator takes in a municipality and watches each step; with and without JavaScript."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.e2e.live import LiveSite
from tests.e2e.samples import VERBUND
from tests.e2e.visiting import Visit

pytestmark = pytest.mark.e2e
_NEW = "/kommunen/neu/"


def test_operator_onboards_and_watches(visit: Callable[..., Visit], live_site: LiveSite) -> None:
    someone = visit(VERBUND, role="operator")
    page = someone.page
    someone.open(_NEW)
    page.get_by_role("searchbox").press_sequentially("Zeuthen")
    page.get_by_role("link", name="Zeuthen").click()
    page.wait_for_url("**schluessel=12061572*")
    page.get_by_label("E-Mail-Adresse der ersten Administration").fill("it@zeuthen.example")

    page.get_by_role("button", name="Nur prüfen").click()
    expect(page.get_by_text("Die Angaben stimmen")).to_be_visible()
    page.get_by_role("button", name="Jetzt einrichten").click()
    page.wait_for_url("**/kommunen/zeuthen/einrichtung/")
    expect(page.locator(".vb-steps__step--waiting").first).to_be_visible()
    page.evaluate("() => { window.wasHere = true }")

    worked = live_site.run("tests.e2e.worker", owner=True)

    assert worked.returncode == 0, worked.stderr
    expect(page.get_by_text("Zeuthen ist eingerichtet")).to_be_visible(timeout=15_000)
    assert page.evaluate("() => window.wasHere"), "the page was not loaded anew"
    expect(page.get_by_role("status").filter(has_text="abgeschlossen")).to_have_count(1)
    assert page.locator(".vb-steps__step--done").count() == page.locator(".vb-steps__step").count()
    assert page.locator("#schritte[hx-trigger]").count() == 0, "it asks no more"
    assert someone.findings() == []
    assert someone.complaints == []

    there = visit("zeuthen.localhost", is_new=True)
    assert there.open("/") == 200
    expect(there.page.get_by_role("heading", name="Willkommen in Zeuthen")).to_be_visible()


def test_form_works_without_javascript(visit: Callable[..., Visit]) -> None:
    someone = visit(VERBUND, role="operator", javascript=False)
    page = someone.page
    someone.open(f"{_NEW}?q=wildau")
    page.get_by_role("link", name="Wildau").click()
    page.get_by_label("E-Mail-Adresse der ersten Administration").fill("kaputt")

    page.get_by_role("button", name="Weitere Gemeinde").click()
    assert page.get_by_label("AGS").count() == 2
    assert page.get_by_label("E-Mail-Adresse der ersten Administration").input_value() == "kaputt"
    page.get_by_role("button", name="Kommune einrichten").click()

    expect(page.get_by_role("alert")).to_contain_text("Es wurde nichts angelegt.")
    assert page.get_by_label("Name", exact=True).input_value() == "Wildau"
    page.get_by_label("E-Mail-Adresse der ersten Administration").fill("it@wildau.example")
    page.get_by_role("button", name="Kommune einrichten").click()
    page.wait_for_url("**/kommunen/wildau/einrichtung/")
    expect(page.get_by_role("link", name="Stand aktualisieren")).to_be_visible()
