# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The start page of a municipality."""

from __future__ import annotations


def test_start_page_names_the_municipality(heideblick, client_of):
    response = client_of(heideblick).get("/")

    assert response.status_code == 200
    assert "Gemeinde Heideblick" in response.content.decode()
