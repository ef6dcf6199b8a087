# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The setting of a map service: whole, or refused at the start with the variable that is wrong."""

from __future__ import annotations

import pytest

from verbund.config.settings.map_service import demand_map_service

WHOLE = "https://karten.example/tiles/{z}/{x}/{y}.png?key=1"


def test_a_whole_setting_holds():
    demand_map_service(WHOLE, hosts=["karten.example"], attribution="© GeoBasis-DE/LGB")


@pytest.mark.parametrize(
    ("url", "hosts", "attribution", "said"),
    [
        ("https://karten.example/{z}/{x}.png", ["karten.example"], "©", "{y}"),
        ("https://karten.example/{z}/{x}/{y}/{quatsch}", ["karten.example"], "©", "VERBUND_TILES_URL"),
        ("https://karten.example:port/{z}/{x}/{y}", ["karten.example"], "©", "VERBUND_TILES_URL"),
        ("ftp://karten.example/{z}/{x}/{y}", ["karten.example"], "©", "https://"),
        ("https://ich:geheim@karten.example/{z}/{x}/{y}", ["karten.example"], "©", "Anmeldung"),
        ("https://{x}.karten.example/{z}/{x}/{y}", ["1.karten.example"], "©", "VERBUND_TILES_HOSTS"),
        (WHOLE, ["anderswo.example"], "©", "VERBUND_TILES_HOSTS"),
        (WHOLE, ["karten.example"], "  ", "VERBUND_TILES_ATTRIBUTION"),
    ],
)
def test_what_is_not_whole_is_named(url, hosts, attribution, said):
    with pytest.raises(ValueError, match="VERBUND_TILES") as refused:
        demand_map_service(url, hosts=hosts, attribution=attribution)

    assert said in str(refused.value)
