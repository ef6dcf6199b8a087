# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""An operator is let in, seen and sent away, in real browsers on both hosts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.e2e.samples import LUCKAU, VERBUND
from tests.e2e.visiting import Visit

pytestmark = pytest.mark.e2e


def test_operator_is_let_in_and_sent_away(visit: Callable[..., Visit]) -> None:
    operator, admin = visit(VERBUND, role="operator", is_new=True), visit(LUCKAU, role="administrator")
    operator.open("/kommunen/luckau/")
    operator.page.get_by_role("link", name="Fernzugriff").click()
    operator.page.get_by_role("link", name="Fernzugriff beantragen").first.click()
    operator.page.get_by_label("Grund").fill("Die Karte lädt nicht")
    operator.page.get_by_role("button", name="Fernzugriff beantragen").click()
    operator.page.get_by_role("button", name="Link holen").click()
    expect(operator.page.get_by_role("heading", name="Ihr Link zu Luckau")).to_be_visible()
    assert operator.findings() == []
    operator.keep_picture(1280)

    operator.page.get_by_role("link", name="Luckau öffnen").click()
    operator.page.get_by_role("button", name="Fernzugriff beginnen").click()
    operator.page.wait_for_url("**/verwaltung/")
    notice = operator.page.get_by_role("region", name="Hinweise")
    expect(notice).to_contain_text("vom Verband liest hier mit")
    expect(notice.get_by_role("button", name="Fernzugriff beenden")).to_be_visible()

    admin.open("/verwaltung/")
    admin.page.get_by_role("link", name="Ansehen oder beenden").click()
    admin.page.get_by_role("button", name="Sofort beenden").click()
    expect(admin.page.get_by_text("von der Kommune beendet")).to_be_visible()

    operator.page.reload()
    expect(operator.page.get_by_role("heading", name="Der Fernzugriff ist beendet")).to_be_visible()
