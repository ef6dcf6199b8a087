# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the log must not keep."""

from __future__ import annotations

import logging

import pytest

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


@pytest.mark.parametrize(("path", "status"), [("/maengel/", 404), ("/verwaltung/protokoll/", 302)])
def test_what_was_asked_for_after_the_question_mark_is_not_logged(
    caplog, heideblick, client_of, path, status
):
    """With a middleware and its loggers as they run: a 404 writes a line, whatever writes it."""
    with caplog.at_level(logging.DEBUG):
        client_of(heideblick).get(f"{path}gibtsnicht/" if status == 404 else path, {"q": "Erika Mustermann"})

    assert "Erika" not in caplog.text
