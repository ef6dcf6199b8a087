# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The parts of the finance pages, side by side."""

from __future__ import annotations

import pytest

from tests.factories.sessions import signed_in


@pytest.mark.django_db
def test_tabs_lead_from_part_to_part():
    page = signed_in("finance").get("/finanzen/kosten/")

    tabs = page.context["finance_tabs"]
    assert tabs[0]["label"] == "Monate"
    assert [tab["label"] for tab in tabs if tab["is_current"]] == ["Kosten"]
    assert f'href="{tabs[0]["url"]}"' in page.content.decode()
