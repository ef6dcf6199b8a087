# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""`verbund texts`: a municipality with real texts becomes ready for its opening on the command line."""

from __future__ import annotations

import json

import pytest

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
_ONBOARD = (
    "onboard", "--slug", "bestensee", "--name", "Bestensee", "--kind", "gemeinde", "--body", "12061020:Bestensee",
    "--host", "bestensee.localhost", "--admin-email", "it@bestensee.example", "--profile", "standard",
)  # fmt: skip
_CONTACT = (
    "--street-address", "Eichhornstraße 4", "--postal-code", "15741", "--town", "Bestensee", "--phone", "033763 998",
    "--email", "rathaus@bestensee.example", "--represented-by", "Bürgermeisterin Erika Mustermann",
    "--data-protection-email", "datenschutz@bestensee.example",
)  # fmt: skip


def test_standard_texts_are_completed_and_confirmed_before_the_opening(cli, transactional_db, tmp_path):
    def texts(*arguments: str):
        return cli("texts", *arguments, "--tenant", "bestensee")

    onboarded = cli(*_ONBOARD, "--json")
    assert onboarded.returncode == 1
    last = json.loads(onboarded.stdout)["municipalities"][0]["steps"][-1]
    assert (last["name"], last["state"]) == ("activation", "FAILED")
    assert "„Impressum“ ist noch nicht bestätigt." in last["message"]

    too_early = texts("confirm")
    assert too_early.returncode == 2
    assert "fehlen noch Angaben" in too_early.stderr

    own = tmp_path / "kontakt.txt"
    own.write_text("## Kontakt\n\n{anschrift}\n{telefon}", encoding="utf-8")
    assert texts("set", "--page", "kontakt", "--file", str(own)).returncode == 0
    assert "Eichhornstraße 4" in texts("contact", *_CONTACT).stdout
    assert texts("confirm").returncode == 0

    states = {row["page"]: row for row in json.loads(texts("list", "--json").stdout)}
    assert states["kontakt"]["published_version"] == 2
    assert [row["state"] for row in states.values() if row["mandatory"]] == ["bestätigt"] * 4
    assert texts("show", "--page", "kontakt").stdout.startswith("## Kontakt")


def test_unknown_municipality_is_refused(cli, transactional_db):
    answer = cli("texts", "list", "--tenant", "gibtsnicht")

    assert answer.returncode == 2
    assert "Es gibt keine Kommune" in answer.stderr
