# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Somebody wants their data erased: recorded, checked, looked at, carried out and answered, on a telephone without scripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.e2e.samples import ADMIN, HEIDEBLICK
from tests.e2e.visiting import Visit

pytestmark = pytest.mark.e2e


def test_an_erasure_from_the_letter_to_the_answer(visit: Callable[..., Visit]) -> None:
    chief = visit(HEIDEBLICK, role=ADMIN, width=390, javascript=False)
    page = chief.page
    chief.open("/verwaltung/datenschutz/antraege/neu/")
    page.get_by_label("Löschung (Art. 17 DSGVO)").focus()
    page.keyboard.press("Space")
    page.get_by_label("E-Mail-Adresse der Person").fill("otto@muster.example")
    page.get_by_role("button", name="Antrag erfassen").press("Enter")

    expect(page.get_by_text("Meldung eines Mangels")).to_be_visible()
    expect(page.get_by_role("link", name="Löschen …")).to_have_count(0)
    page.get_by_label("Wie haben Sie die Identität geprüft?").select_option("IN_PERSON")
    page.get_by_role("button", name="Festhalten").press("Enter")
    page.get_by_role("link", name="Löschen …").press("Enter")
    page.get_by_label("Ich habe die Liste geprüft").press("Space")
    page.get_by_role("button", name="Endgültig löschen").press("Enter")

    expect(page.get_by_text("Die Daten sind gelöscht.")).to_be_visible()
    expect(page.get_by_text("nach dem Abschluss entfernt")).to_be_visible()
    with page.expect_download() as answer:
        page.get_by_role("link", name="Antwort als PDF laden").press("Enter")
    assert answer.value.suggested_filename.endswith(".pdf")
    assert chief.complaints == []
