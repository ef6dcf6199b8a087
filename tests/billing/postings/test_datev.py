# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""DATEV's Buchungsstapel: the first line as in DATEV's own example, each row within what the format allows."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.postings.datev import MOST_ROWS, Head, written
from billing.postings.datev_columns import COLUMNS
from billing.postings.posting import NotExportable, Posting

HEAD = Head(
    consultant="29098", client="55003", fiscal_year_starts=date(2026, 1, 1), chart="03", initials="WD"
)
FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)
AT = datetime(2026, 11, 28, 9, 5, 7, 439_000, tzinfo=UTC)
POSTING = Posting(
    number="RE-2026-0001",
    kind="INVOICE",
    issued_on=date(2026, 11, 12),
    due_on=date(2026, 12, 14),
    account="10001",
    contra_account="8400",
    cents=11_900,
    net_cents=10_000,
    tax_cents=1_900,
    tax_key="3",
    text="Rechenzentrum Heideblick",
    service="rz",
    cost_centre="rz",
    member="1",
)


def made(*postings: Posting, head: Head = HEAD, first=FIRST, last=LAST) -> bytes:
    return written(postings, head=head, first=first, last=last, at=AT)


def rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("cp1252"), newline=""), delimiter=";"))


def row(posting: Posting) -> dict[str, str]:
    return dict(zip(COLUMNS, rows(made(posting))[2], strict=True))


def test_first_line_is_formed_as_in_datevs_example():
    head = replace(HEAD, fiscal_year_starts=date(2024, 1, 1), origin="RE", title="Buchungsstapel")
    at = datetime(2024, 1, 30, 13, 4, 40, 439_000, tzinfo=UTC)  # 14:04:40 in Berlin

    content = written([], head=head, first=date(2024, 1, 1), last=date(2024, 8, 31), at=at)

    assert content.decode("cp1252").split("\r\n")[0] == (
        '"EXTF";700;21;"Buchungsstapel";13;20240130140440439;;"RE";"";"";29098;55003;20240101;4;20240101;20240831;'
        '"Buchungsstapel";"WD";1;0;0;"EUR";;"";;;"03";;;"";""'
    )


def test_second_line_names_125_columns_each_once():
    names = rows(made())[1]

    assert (len(names), len(set(names))) == (125, 125)
    assert (names[36], names[104], names[116], names[124]) == (
        "KOST1 - Kostenstelle",
        "SEPA-Mandatsreferenz",
        "Fälligkeit",
        "Abw. Skontokonto",
    )


def test_claim_is_debit_of_the_members_account():
    found = {name: cell for name, cell in row(POSTING).items() if cell}

    assert found == {
        "Umsatz (ohne Soll/Haben-Kz)": "119,00",
        "Soll/Haben-Kennzeichen": "S",
        "WKZ Umsatz": "EUR",
        "Konto": "10001",
        "Gegenkonto (ohne BU-Schlüssel)": "8400",
        "BU-Schlüssel": "3",
        "Belegdatum": "1211",
        "Belegfeld 1": "RE-2026-0001",
        "Buchungstext": "Rechenzentrum Heideblick",
        "KOST1 - Kostenstelle": "rz",
        "KOST2 - Kostenstelle": "1",
        "Fälligkeit": "14122026",
    }


def test_correction_is_credit_with_a_positive_amount():
    found = row(replace(POSTING, cents=-5))

    assert (found["Umsatz (ohne Soll/Haben-Kz)"], found["Soll/Haben-Kennzeichen"]) == ("0,05", "H")


def test_lines_end_with_cr_lf_and_umlauts_are_windows_1252():
    content = made(replace(POSTING, text='Lübben "Süd"\n=1+1'))

    assert content.endswith(b"\r\n")
    assert content.count(b"\n") == content.count(b"\r\n") == 3
    assert b'"L\xfcbben ""S\xfcd"" =1+1"' in content


@given(st.text(max_size=90), st.integers(-(10**12) + 1, 10**12 - 1).filter(bool))
def test_every_row_has_125_fields_and_an_amount_of_the_format(text, cents):
    found = row(replace(POSTING, text=text, cents=cents))

    assert re.fullmatch(r"\d{1,10},\d{2}", found["Umsatz (ohne Soll/Haben-Kz)"])
    assert len(found["Buchungstext"]) <= 60
    signed = int(found["Umsatz (ohne Soll/Haben-Kz)"].replace(",", "")) * (
        1 if found["Soll/Haben-Kennzeichen"] == "S" else -1
    )
    assert signed == cents


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"number": "RE 1"}, "number"),
        ({"number": "x" * 37}, "number"),
        ({"account": ""}, "account"),
        ({"contra_account": "84a"}, "contra_account"),
        ({"tax_key": "12345"}, "tax_key"),
        ({"cents": 0}, "cents"),
        ({"cents": 10**12}, "cents"),
        ({"member": "x" * 37}, "member"),
    ],
)
def test_what_the_format_does_not_take_is_named(changes, field):
    with pytest.raises(NotExportable) as refused:
        made(replace(POSTING, **changes))

    assert refused.value.field == field


@pytest.mark.parametrize(
    ("head", "field"),
    [
        (replace(HEAD, consultant="123"), "consultant"),
        (replace(HEAD, client="0"), "client"),
        (replace(HEAD, account_length=9), "account_length"),
        (replace(HEAD, fiscal_year_starts=date(2025, 7, 1)), "period"),
    ],
)
def test_head_that_does_not_hold_is_named(head, field):
    with pytest.raises(NotExportable) as refused:
        made(POSTING, head=head)

    assert refused.value.field == field


def test_more_rows_than_datev_takes_are_refused():
    with pytest.raises(NotExportable, match=str(MOST_ROWS)):
        made(*[POSTING] * (MOST_ROWS + 1))
