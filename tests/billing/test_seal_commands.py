# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""`verbund usage seal` and `verify` as the command line calls them."""

from __future__ import annotations

import argparse
import json
from datetime import UTC, datetime

import pytest
from django.db import connection

from billing import commands
from tests.factories.metering import use
from verbund.kernel import context

OCTOBER = datetime(2025, 10, 30, 8, tzinfo=UTC)


@pytest.fixture
def run(db, capsys):
    """Exit status, output, complaints."""

    def call(*arguments):
        parser = argparse.ArgumentParser()
        commands.register(parser.add_subparsers())
        options = parser.parse_args(["usage", *arguments])
        capsys.readouterr()
        status = options.run(options)
        written = capsys.readouterr()
        return status, written.out, written.err

    return call


def test_month_is_sealed_and_verified(run):
    use(1, "http.requests", 7, at=OCTOBER)

    assert run("seal", "--period", "2025-10")[:2] == (0, "Neue Siegel: 3\n")
    assert run("seal", "--period", "2025-10")[:2] == (0, "Neue Siegel: 0\n")

    status, out, err = run("verify")
    assert (status, err) == (0, "")
    assert out.startswith("Nachgerechnet: 2 Tage und 1 Monate mit 1 Zählern.\nSiegel des letzten Monats: ")


def test_difference_is_named_with_an_exit_status(run):
    use(1, "http.requests", 7, at=OCTOBER)
    run("seal", "--period", "2025-10")
    with context.enter_association(), connection.cursor() as cursor:
        cursor.execute("UPDATE metering_usagecounter SET quantity = 8")

    status, _out, err = run("verify")
    found = json.loads(run("verify", "--json")[1])

    assert status == 1
    assert err == (
        "Erster Unterschied: Die Summe des Zählers ist nicht die versiegelte, 2025-10-30, Kommune Nr. 1, "
        "http.requests. Erwartet: 7, gefunden: 8.\n"
    )
    assert found["is_exact"] is False
    assert found["difference"]["meter"] == "http.requests"


@pytest.mark.parametrize("period", ["2099-01", "Oktober"])
def test_wrong_month_is_refused(run, period):
    status, _out, err = run("seal", "--period", period)

    assert status == 2
    assert err.startswith("period: ")


def test_meters_say_unit_source_and_freshness(run):
    found = {row["slug"]: row for row in json.loads(run("meters", "--json")[1])}

    assert found["storage.db.bytes"]["unit"] == "Byte-Stunden"
    assert found["storage.db.bytes"]["fresh_seconds"] == 3600
    assert found["mail.sent"]["fresh_seconds"] == 30
    assert all(row["source"] and row["unit"] for row in found.values())
    assert "jobs.ms: Rechenzeit im Hintergrund in ms." in run("meters")[1]
