# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the log must not keep."""

from __future__ import annotations

from verbund.config.settings.observability import hide_secrets_of_links


def test_secret_of_a_link_is_hidden():
    line = {
        "event": "request_finished",
        "request": "POST /maengel/bestaetigen/07GYTAHx563VBTwjhERu9rsOTsNreyqttpfDLrah_mI/",
    }
    assert hide_secrets_of_links(None, "", line)["request"] == "POST /maengel/bestaetigen/…/"


def test_ordinary_addresses_stay_readable():
    line = {"request": "GET /verwaltung/maengel/M-2026-0042/"}
    assert hide_secrets_of_links(None, "", dict(line)) == line
