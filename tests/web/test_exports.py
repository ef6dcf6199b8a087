# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""CSV for people and for machines."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from verbund.documents.listings.people_csv import people_lines
from verbund.web.exports import csv_for_machines, csv_for_people, export_name, machine_lines

HEADER = ["Nummer", "Betrag", "Tag"]
ROW = ["M-2026-0042", Decimal("1234.50"), date(2026, 11, 22)]


def test_people_get_semicolons_commas_and_german_days():
    assert list(people_lines(HEADER, [ROW])) == [
        "\ufeffNummer;Betrag;Tag\r\n",
        "M-2026-0042;1234,50;22.11.2026\r\n",
    ]


def test_machines_get_the_standard():
    assert list(machine_lines(HEADER, [ROW])) == [
        "Nummer,Betrag,Tag\r\n",
        "M-2026-0042,1234.50,2026-11-22\r\n",
    ]


def test_moments_are_in_berlin_for_people_and_in_utc_for_machines():
    at = datetime(2026, 11, 22, 8, 5, tzinfo=UTC)

    assert list(people_lines(["Eingang"], [[at]]))[1] == "22.11.2026 09:05\r\n"
    assert list(machine_lines(["Eingang"], [[at]]))[1] == "2026-11-22T08:05:00+00:00\r\n"


@pytest.mark.parametrize("text", ["=1+1", "+49", "-1", "@cmd", "\tx", "\rx", "\nx", "＝1"])
def test_text_cannot_become_a_formula(text: str):
    line = list(people_lines(["a"], [[text]]))[1]

    assert line.strip("\r\n").strip('"').startswith("'")


def test_negative_numbers_stay_numbers():
    assert list(people_lines(["a"], [[Decimal("-1.5"), -3]]))[1] == "-1,5;-3\r\n"


def test_empty_and_truth_are_words_people_use():
    assert list(people_lines(["a"], [[None, True, False]]))[1] == ";ja;nein\r\n"
    assert list(machine_lines(["a"], [[None, True, False]]))[1] == ",true,false\r\n"


def test_response_is_a_download():
    response = csv_for_people(export_name("Meldungen", "Lübben (Spreewald)", date(2026, 11, 22)), HEADER, [])

    assert (
        response["Content-Disposition"] == 'attachment; filename="meldungen_lubben-spreewald_2026-11-22.csv"'
    )
    assert b"".join(response).startswith(b"\xef\xbb\xbfNummer")


def test_machine_response_has_no_mark():
    assert b"".join(csv_for_machines("x.csv", HEADER, [])) == b"Nummer,Betrag,Tag\r\n"
