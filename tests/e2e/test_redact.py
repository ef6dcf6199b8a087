# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A clerk blackens a photo: with the mouse, then by keyboard alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.e2e.live import LiveSite
from tests.e2e.samples import HEIDEBLICK
from tests.e2e.visiting import Visit

pytestmark = pytest.mark.e2e


def test_boxes_are_drawn_moved_and_saved(visit: Callable[..., Visit], live_site: LiveSite) -> None:
    someone = visit(HEIDEBLICK, role="clerk")
    path = f"/verwaltung/maengel/{live_site.made['report']}/fotos/{live_site.made['photo']}/"
    someone.open(path)
    page, field = someone.page, someone.page.locator("[data-boxes]")
    page.locator(".df-box").first.press("Delete")
    assert field.input_value() == ""

    picture = page.locator(".df-redact__picture img")
    picture.evaluate("element => element.scrollIntoView({block: 'center', behavior: 'instant'})")
    area = picture.bounding_box()
    assert area is not None
    page.mouse.move(area["x"] + area["width"] * 0.2, area["y"] + area["height"] * 0.3)
    page.mouse.down()
    page.mouse.move(area["x"] + area["width"] * 0.5, area["y"] + area["height"] * 0.6, steps=4)
    page.mouse.up()
    left, top, width, height = (float(part) for part in field.input_value().split())
    assert (round(left), round(top), round(width), round(height)) == (20, 30, 30, 30)

    page.locator(".df-box").first.focus()
    for key in ("ArrowRight", "ArrowDown", "Shift+ArrowRight"):
        page.keyboard.press(key)
    moved = [float(part) for part in field.input_value().split()]
    assert [round(after - before) for after, before in zip(moved, (left, top, width, height), strict=True)] == [
        1, 1, 1, 0,
    ]  # fmt: skip
    assert someone.findings() == []

    with page.expect_navigation():
        page.get_by_role("button", name="Schwärzung speichern").click()
    page.get_by_role("heading", name="So sehen es alle").wait_for()
    assert field.input_value().split() == [f"{part:g}" for part in moved]
    assert someone.complaints == []
