# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What JavaScript adds: smaller photos, one submission, shown passwords, failures of fragments."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from tests.web.conftest import Visit

pytestmark = pytest.mark.e2e


def photo(width: int, height: int) -> bytes:
    file = io.BytesIO()
    Image.effect_noise((width, height), 60).convert("RGB").save(file, "JPEG", quality=95)
    return file.getvalue()


def chosen(name: str, content: bytes) -> dict[str, object]:
    return {"name": name, "mimeType": "image/jpeg", "buffer": content}


def test_large_photo_is_made_smaller_and_shown(visit: Visit):
    page = visit.open("/formular/")
    original = photo(3600, 1800)

    page.locator("#id_photos").set_input_files([chosen("loch.jpg", original)])
    page.locator(".vb-photos__picture").wait_for()

    sent = page.locator("#id_photos").evaluate("input => input.files[0].size")
    assert 0 < sent < len(original) / 2
    assert page.locator(".vb-photos__picture").evaluate("picture => picture.naturalWidth") == 320
    assert visit.findings() == []
    assert visit.complaints == []


def test_photos_add_up_and_can_be_taken_out_again(visit: Visit):
    page = visit.open("/formular/")
    small = photo(40, 30)

    page.locator("#id_photos").set_input_files([chosen("eins.jpg", small)])
    page.get_by_role("button", name="Entfernen: eins.jpg").wait_for()
    page.locator("#id_photos").set_input_files([chosen("zwei.jpg", small)])
    page.get_by_role("button", name="Entfernen: zwei.jpg").wait_for()
    page.get_by_role("button", name="Entfernen: eins.jpg").click()
    page.get_by_role("button", name="Entfernen: eins.jpg").wait_for(state="detached")

    names = page.locator("#id_photos").evaluate("input => [...input.files].map(file => file.name)")
    assert names == ["zwei.jpg"]


def test_form_is_sent_once(visit: Visit):
    page = visit.open("/formular/")
    posts: list[str] = []
    page.on("request", lambda request: posts.append(request.method) if request.method == "POST" else None)

    page.get_by_role("button", name="Meldung absenden").dblclick()
    page.get_by_role("alert").wait_for()

    assert posts == ["POST"]


def test_password_can_be_shown(visit: Visit):
    page = visit.open("/formular/")
    field = page.locator("#id_secret")

    page.get_by_role("button", name="Passwort anzeigen").click()

    assert field.get_attribute("type") == "text"
    assert page.get_by_role("button", name="Passwort anzeigen").get_attribute("aria-pressed") == "true"


def test_failure_of_a_fragment_is_said(visit: Visit):
    visit.page.route(
        "**/einrichtung/stand/", lambda route: route.fulfill(status=503, headers={"X-Request-ID": "abc123"})
    )

    page = visit.open("/einrichtung/")

    page.get_by_text("Das kam nicht an. Bitte laden Sie die Seite neu. (abc123)").wait_for()
