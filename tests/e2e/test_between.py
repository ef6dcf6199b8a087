# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A report goes to the neighbour, is answered there and comes back: two clerks, two hosts, by keyboard on a telephone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import expect

from tests.e2e.live import LiveSite
from tests.e2e.samples import CLERK, HEIDEBLICK, LUCKAU
from tests.e2e.visiting import Visit

pytestmark = pytest.mark.e2e
_HELPER = "tests.e2e.between"


@pytest.fixture
def misplaced(live_site: LiveSite) -> Iterator[str]:
    """The number of a report in Heideblick that lies in Luckau."""
    reference = _run(live_site, "misplaced", "heideblick", "luckau")
    yield reference
    _run(live_site, "forget", reference, "luckau", "heideblick")


def test_a_report_travels_to_the_neighbour_and_back(
    visit: Callable[..., Visit], live_site: LiveSite, misplaced: str
) -> None:
    here, there = visit(HEIDEBLICK, role=CLERK, width=390), visit(LUCKAU, role=CLERK)
    mine = f"/verwaltung/maengel/{misplaced}/"
    here.open(f"{mine}abgeben/")
    expect(here.page.get_by_role("img", name="Foto 1")).to_be_visible()
    here.page.get_by_label("Zuständige Kommune").select_option(label="Stadt Luckau")
    here.page.get_by_role("button", name="Weiter").press("Enter")
    expect(here.page.get_by_role("heading", name="An Stadt Luckau abgeben?")).to_be_visible()
    assert here.findings() == []
    assert here.overflow() == []
    here.page.get_by_role("button", name="Jetzt abgeben").press("Enter")
    expect(here.page.get_by_role("button", name="Doch behalten")).to_be_visible()
    _run(live_site, "sweep", "heideblick", "luckau", "heideblick")

    there.open("/verwaltung/")
    there.page.get_by_role("link", name=re.compile(r"M-\d{4}-\d+")).first.press("Enter")
    expect(there.page.get_by_role("heading", name="Von Gemeinde Heideblick abgegeben")).to_be_visible()
    expect(there.page.get_by_text(f"Dort hat die Meldung die Nummer {misplaced}.")).to_be_visible()
    expect(there.page.get_by_role("link", name="Foto 1 öffnen")).to_be_visible()
    theirs = there.path.rstrip("/").rpartition("/")[2]
    here.open(mine)
    expect(here.page.get_by_text(f"Angenommen, dort mit der Nummer {theirs}.")).to_be_visible()

    there.page.get_by_role("link", name="Nicht zuständig: zurückgeben").press("Enter")
    there.page.get_by_label("Grund").fill("Die Straße gehört noch zu Heideblick.")
    assert there.findings() == []
    there.page.get_by_role("button", name="Zurückgeben").press("Enter")
    expect(there.page.get_by_text("Die Meldung geht zurück an Gemeinde Heideblick.")).to_be_visible()
    _run(live_site, "sweep", "luckau", "heideblick")

    here.open(mine)
    expect(here.page.get_by_text("Die Straße gehört noch zu Heideblick.").first).to_be_visible()
    assert here.findings() == []
    assert (here.complaints, there.complaints) == ([], [])


def _run(site: LiveSite, *arguments: str) -> str:
    done = site.run(_HELPER, *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()
