# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every page of the style guide: accessible, narrow enough, silent, and usable by keyboard."""

from __future__ import annotations

import pytest

from tests.web.conftest import Visit

pytestmark = pytest.mark.e2e

PAGES = ["/", "/bausteine/", "/formular/", "/liste/", "/vorgang/", "/einrichtung/", "/karte/", "/farben/"]
BLACK, WHITE = "oklch(0 0 0)", "oklch(1 0 0)"
WIDTHS = [1280, 390, 320]
DARK = {"color_scheme": "dark", "viewport": {"width": 1280, "height": 900}}


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("visit", WIDTHS, indirect=True)
def test_page_is_accessible_and_fits(visit: Visit, path: str):
    page = visit.open(path)

    assert visit.findings() == []
    assert visit.complaints == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize("path", ["/", "/bausteine/", "/formular/", "/liste/", "/karte/"])
@pytest.mark.parametrize("visit", [DARK], indirect=True)
def test_page_is_accessible_in_the_dark(visit: Visit, path: str):
    # Municipality 16 has a dark colour of its own and so follows the device.
    page = visit.open(f"{path}?nr=16")

    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == BLACK
    assert visit.findings() == []
    assert visit.complaints == []


@pytest.mark.parametrize("visit", [DARK], indirect=True)
def test_page_stays_light_where_no_dark_colour_was_chosen(visit: Visit):
    page = visit.open("/?nr=5")

    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == WHITE


@pytest.mark.parametrize("status", [400, 403, 404, 429, 500, 503])
def test_error_page_is_accessible(visit: Visit, status: int):
    page = visit.open(f"/fehler/{status}/")

    assert page.locator("h1").count() == 1
    assert visit.findings() == []


@pytest.mark.parametrize("visit", [390], indirect=True)
def test_form_with_errors_is_accessible_and_leads_to_the_fields(visit: Visit):
    page = visit.open("/formular/")

    page.get_by_label("E-Mail-Adresse").fill("anna@")
    page.get_by_role("button", name="Meldung absenden").click()

    summary = page.get_by_role("alert")
    assert summary.evaluate("element => element === document.activeElement")
    assert page.title().startswith("Fehler: ")
    assert visit.findings() == []
    summary.get_by_role("link", name="Bitte prüfen Sie die E-Mail-Adresse").click()
    assert page.evaluate("document.activeElement.id") == "id_email"


def test_form_works_without_javascript(visit: Visit):
    visit.context.close()
    browser = visit.context.browser
    assert browser is not None
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{visit.site}/formular/")

    page.get_by_role("button", name="Meldung absenden").click()
    page.get_by_role("link", name="Bitte geben Sie an, wo das ist.").click()

    assert page.url.endswith("#id_address")
    context.close()


def test_strict_policy_is_in_force(visit: Visit):
    # Without this the silence of the browser in the other tests would mean nothing.
    answer = visit.page.goto(f"{visit.site}/liste/")

    assert answer is not None
    policy = answer.headers["content-security-policy"].split("; ")
    assert {"default-src 'self'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'"} <= set(
        policy
    )
    visit.page.evaluate("document.body.setAttribute('style', 'color: red')")
    assert any("style-src" in complaint for complaint in visit.complaints)


def test_first_tab_stop_skips_to_the_content(visit: Visit):
    page = visit.open("/bausteine/")

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Zum Inhalt springen"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "inhalt"


@pytest.mark.parametrize("visit", [390], indirect=True)
def test_menu_on_a_phone_opens_by_keyboard_and_closes_with_escape(visit: Visit):
    page = visit.open("/")
    menu = page.locator("summary", has_text="Menü")

    menu.press("Enter")
    assert page.get_by_role("link", name="Beteiligung").first.is_visible()
    page.keyboard.press("Escape")

    assert page.locator("details[open]").count() == 0
    assert menu.evaluate("element => element === document.activeElement")


def test_fragment_is_polled_until_it_is_finished(visit: Visit):
    page = visit.open("/einrichtung/")

    with page.expect_response("**/einrichtung/stand/") as fetched:
        pass

    assert fetched.value.status == 286
    assert visit.complaints == []


@pytest.mark.parametrize("visit", [{"forced_colors": "active"}], indirect=True)
def test_icons_stay_visible_in_forced_colors(visit: Visit):
    page = visit.open("/bausteine/")

    color = page.locator(".kern-alert .kern-icon").first.evaluate(
        "icon => getComputedStyle(icon).backgroundColor"
    )
    text = page.locator("h1").evaluate("heading => getComputedStyle(heading).color")
    assert color == text


def test_paper_shows_place_and_date_but_no_navigation(visit: Visit):
    page = visit.open("/vorgang/")

    page.emulate_media(media="print")

    assert page.locator(".vb-print-head").is_visible()
    assert "Luckau" in page.locator(".vb-print-head").inner_text()
    assert page.get_by_role("navigation").count() == 0
    assert not page.get_by_role("link", name="Weiterleiten").is_visible()


def test_the_key_leads_into_the_search_box_unless_somebody_is_writing(visit: Visit):
    page = visit.open("/formular/")
    focused = "document.activeElement.id"

    page.keyboard.press("/")
    assert page.evaluate(focused) == "suche"

    page.locator("#id_text").focus()
    page.keyboard.press("/")
    assert page.evaluate(focused) == "id_text"
    assert page.locator("#id_text").input_value() == "/"

    page.evaluate("document.activeElement.blur(); localStorage.setItem('suche-taste', 'aus')")
    page.keyboard.press("/")
    assert page.evaluate(focused) == ""
    assert visit.complaints == []


@pytest.mark.parametrize("visit", [390, 320], indirect=True)
def test_on_a_phone_a_link_leads_to_the_search(visit: Visit):
    page = visit.open("/")

    assert page.get_by_role("link", name="Suche", exact=True).is_visible()
    assert not page.get_by_role("search").is_visible()
