# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The map in a browser: entries, keyboard, pointer."""

from __future__ import annotations

import pytest

from tests.web.conftest import Visit

pytestmark = pytest.mark.e2e


def test_entries_are_buttons_with_name_and_state(visit: Visit):
    page = visit.open("/karte/")

    region = page.get_by_role("region", name="Karte der Meldungen")

    assert region.get_by_role("button", name="Verkehrszeichen, Nordpromenade, eingegangen").count() == 1
    assert region.get_by_role("button", name="3 Einträge").count() == 1


def test_popup_leads_to_the_entry(visit: Visit):
    page = visit.open("/karte/")

    page.get_by_role("button", name="Verkehrszeichen, Nordpromenade, eingegangen").press("Enter")

    assert page.locator(".vb-popup a").get_attribute("href") == "?punkt=5"
    assert visit.findings() == []


def test_row_of_the_list_lights_up_with_its_pin(visit: Visit):
    page = visit.open("/karte/")

    page.locator("#zeile-5").hover()

    assert page.locator(".vb-pin.is-active").count() == 1


def test_point_is_picked_by_keyboard(visit: Visit):
    page = visit.open("/karte/")
    canvas = page.locator("#wahl .vb-map__canvas")

    canvas.focus()
    for _step in range(3):
        canvas.press("ArrowRight")
    page.wait_for_timeout(600)
    canvas.press("Enter")

    assert page.locator("#id_lat").input_value().startswith("51.85")
    assert float(page.locator("#id_lon").input_value()) > 13.715
    assert page.locator("#wahl-hinweis").inner_text().startswith("Stelle gewählt: 51,8")


def test_point_is_picked_by_pointer(visit: Visit):
    page = visit.open("/karte/")

    page.locator("#wahl .vb-map__canvas").click(position={"x": 200, "y": 120})

    assert page.locator("#id_lat").input_value() != ""
    assert visit.findings() == []


@pytest.mark.parametrize(
    "visit",
    [{"geolocation": {"latitude": 51.86, "longitude": 13.72}, "permissions": ["geolocation"]}],
    indirect=True,
)
def test_point_is_the_position_of_the_device(visit: Visit):
    page = visit.open("/karte/")

    page.get_by_role("button", name="Mein Standort").click()
    page.wait_for_timeout(500)

    assert page.locator("#id_lat").input_value() == "51.860000"


def test_map_can_be_skipped(visit: Visit):
    page = visit.open("/karte/")
    link = page.get_by_role("link", name="Karte überspringen").first

    link.focus()
    link.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.closest('.leaflet-container')") is None


def test_list_stands_in_when_entries_cannot_be_loaded(visit: Visit):
    visit.page.route("**/punkte.json", lambda route: route.abort())

    page = visit.open("/karte/")

    assert (
        page.locator("#karte [role=status]")
        .inner_text()
        .startswith("Die Einträge konnten nicht geladen werden")
    )
