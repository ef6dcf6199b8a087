# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The report of a month, as rows, CSV and JSON, and its command."""

from __future__ import annotations

import argparse
import json
from datetime import timedelta

import pytest
from django.db import transaction

from billing import commands
from billing.usage_report import ReportRow, usage_report, usage_rows
from tests.factories.metering import NOON, use
from verbund.kernel import context
from verbund.kernel.errors import Invalid
from verbund.metering import api, pusher
from verbund.metering.periods import Period

NOVEMBER = Period(2026, 11)
METER = "defects.reports"


@pytest.fixture
def run(capsys):
    """The command as the command line calls it: exit status, output, complaints."""

    def call(*arguments):
        parser = argparse.ArgumentParser()
        commands.register(parser.add_subparsers())
        options = parser.parse_args(["usage", "report", *arguments])
        status = options.run(options)
        written = capsys.readouterr()
        return status, written.out, written.err

    return call


def test_csv_has_exactly_these_columns_and_the_order_of_numbers(heideblick, luckau, run):
    use(luckau, "http.requests", 7)
    use(heideblick, "http.requests", 40)
    use(heideblick, "cpu.ms", 1234)
    use(0, "http.requests", 3)

    status, out, err = run("--period", "2026-11")

    assert (status, err) == (0, "")
    assert out == (
        "tenant;period;meter;unit;quantity\n"
        "verbund;2026-11;http.requests;Aufrufe;3\n"
        "heideblick;2026-11;cpu.ms;ms;1234\n"
        "heideblick;2026-11;http.requests;Aufrufe;40\n"
        "luckau;2026-11;http.requests;Aufrufe;7\n"
    )


def test_one_tenant_of_another_month_is_not_in_it(heideblick, luckau, run):
    use(luckau, "http.requests", 7)
    use(heideblick, "http.requests", 40)

    assert run("--period", "2026-11", "--tenant", "luckau")[1].splitlines()[1:] == [
        "luckau;2026-11;http.requests;Aufrufe;7"
    ]
    assert run("--period", "2026-10")[1] == "tenant;period;meter;unit;quantity\n"


def test_json_says_what_is_waiting_and_that_it_adds_up(heideblick, run):
    use(heideblick, "http.requests", 40)
    with context.enter(heideblick), transaction.atomic():
        api.record(METER, at=NOON)

    status, out, err = run("--period", "2026-11", "--format", "json")

    report = json.loads(out)
    assert status == 0
    assert report["rows"] == [
        {
            "tenant": "heideblick",
            "period": "2026-11",
            "meter": "http.requests",
            "unit": "Aufrufe",
            "quantity": 40,
        }
    ]
    assert [(row["tenant"], row["unpushed"]) for row in report["waiting"]] == [("heideblick", 1)]
    assert report["reconciliation"]["is_exact"] is True
    assert err == "Noch nicht gezählt: 1 Vorgänge von heideblick.\n"


def test_pushed_facts_are_in_the_report_and_no_longer_waiting(heideblick):
    with context.enter(heideblick):
        api.record(METER, at=NOON)
        api.record(METER, at=NOON)
        pusher.push()

    report = usage_report(period=NOVEMBER)

    assert [(row.tenant, row.meter, row.quantity) for row in report.rows] == [("heideblick", METER, 2)]
    assert report.waiting == ()


def test_report_goes_to_a_file(heideblick, run, tmp_path):
    use(heideblick, "http.requests", 40)
    target = tmp_path / "nutzung.csv"

    assert run("--period", "2026-11", "--out", str(target)) == (0, "", "")
    assert target.read_text(encoding="utf-8").count("\n") == 2


def test_people_get_a_list_with_names_and_the_month_before(heideblick, run):
    use(heideblick, "http.requests", 40)
    use(heideblick, "http.requests", 5, at=NOON - timedelta(days=31))

    status, out, _err = run("--period", "2026-11", "--format", "liste")

    assert (status, out.splitlines()) == (
        0,
        [
            "\ufeffKürzel;Kommune;Monat;Kennung des Zählers;Zähler;Einheit;Menge;Monat davor;Geschätzte Stunden",
            "heideblick;Heideblick;2026-11;http.requests;Seiten- und API-Aufrufe;Aufrufe;40;5;0",
        ],
    )


@pytest.mark.parametrize(("form", "start"), [("xlsx", b"PK"), ("pdf", b"%PDF")])
def test_workbook_and_paper_go_to_a_file(heideblick, run, tmp_path, form, start):
    use(heideblick, "http.requests", 40)
    target = tmp_path / f"nutzung.{form}"

    assert run("--period", "2026-11", "--format", form, "--out", str(target)) == (0, "", "")
    assert target.read_bytes().startswith(start)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--period", "2026-13"), ("period", "2026-13", "JJJJ-MM")),
        (("--period", "November"), ("period", "November")),
        (("--period", "2026-11", "--tenant", "atlantis"), ("tenant", "atlantis")),
    ],
)
def test_bad_input_is_named_and_refused(db, run, arguments, words):
    status, out, err = run(*arguments)

    assert (status, out) == (2, "")
    assert err.count("\n") == 1
    for word in words:
        assert word in err


def test_file_that_cannot_be_written_is_named(db, run, tmp_path):
    status, _out, err = run("--period", "2026-11", "--out", str(tmp_path / "fehlt" / "x.csv"))

    assert status == 1
    assert "fehlt" in err


def test_unknown_meter_is_refused(db):
    with pytest.raises(Invalid) as refused:
        usage_rows(period=NOVEMBER, meter="no.such")

    assert refused.value.fields.keys() == {"meter"}


@pytest.mark.parametrize("members", [1, 2])
def test_query_count_does_not_grow_with_rows(heideblick, luckau, django_assert_num_queries, members):
    for municipality in (heideblick, luckau)[:members]:
        use(municipality, "http.requests", 1)

    with django_assert_num_queries(3):  # names, this month, the one before
        rows = usage_rows(period=NOVEMBER)

    assert rows[0] == ReportRow(
        tenant="heideblick", period="2026-11", meter="http.requests", unit="Aufrufe", quantity=1
    )


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_command_works_in_a_process_of_its_own(heideblick, cli):
    use(heideblick, "http.requests", 40)

    done = cli("usage", "report", "--period", "2026-11")
    refused = cli("usage", "report", "--period", "2026-14")

    assert (done.returncode, done.stdout.splitlines()[1:]) == (
        0,
        ["heideblick;2026-11;http.requests;Aufrufe;40"],
    )
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "period" in refused.stderr
