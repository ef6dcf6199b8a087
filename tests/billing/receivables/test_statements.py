# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Statements are read completely or not at all; an entry has the same reference whenever it is read."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.receivables import bank_csv, camt
from billing.receivables.matching import OpenItem, paid_by
from billing.receivables.payments import parse
from tests.billing.receivables.statements import balance, entry, statement, transaction
from verbund.kernel.errors import Invalid


def test_booked_entries_are_read_with_the_banks_reference():
    content = statement(
        entry(11_900, "RE-2026-0001", reference="B1"),
        entry(-5, "Entgelt", reference="B2"),
        entry(1, status="PDNG"),
    )

    found = parse(content)

    assert [(row.reference, row.cents, row.payer, row.text, row.booked_on) for row in found] == [
        ("DE89370400440532013000/B1", 11_900, "Stadt Luckau", "RE-2026-0001", date(2026, 12, 1)),
        ("DE89370400440532013000/B2", -5, "Stadt Luckau", "Entgelt", date(2026, 12, 1)),
    ]


def test_bundle_is_split_where_its_parts_add_up():
    parts = transaction("A", cents=100) + transaction("B", cents=250)

    split = parse(statement(entry(350, reference="B1", details=parts)))
    whole = parse(statement(entry(351, reference="B1", details=parts)))

    assert [(row.reference[-4:], row.cents, row.text) for row in split] == [
        ("B1/1", 100, "A"),
        ("B1/2", 250, "B"),
    ]
    assert [(row.cents, row.text) for row in whole] == [(351, "A")]


def test_older_version_of_camt_is_read_too():
    content = statement(entry(100, "x"), namespace="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02")

    assert [row.cents for row in parse(content.replace(b"<Sts><Cd>BOOK</Cd></Sts>", b"<Sts>BOOK</Sts>"))] == [
        100
    ]


def test_entry_without_a_reference_keeps_its_own():
    first, again = (parse(statement(entry(100, "x"))) for _ in range(2))

    assert first[0].reference == again[0].reference
    assert first[0].reference.startswith("sha256:")


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "leer"),
        (b"<Document", "XML"),
        (b"<Document/>", "camt.053"),
        (statement(entry(1).replace('"EUR"', '"USD"')), "Euro"),
        (statement(entry(1).replace("0.01", "0.015")), "Betrag"),
        (statement(entry(1).replace("0.01", "NaN")), "Betrag"),
        (statement(entry(1).replace("2026-12-01", "morgen")), "Buchungstag"),
        (statement(entry(100), balances=balance("OPBD", "5.00") + balance("CLBD", "6.01")), "Endbestand"),
        (b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + statement(entry(1))[38:], "camt.053"),
    ],
)
def test_statement_that_does_not_hold_is_refused_with_the_reason(content, word):
    with pytest.raises(Invalid, match=word) as refused:
        camt.parse(content)

    assert refused.value.fields.keys() == {"file"}


def test_balances_that_add_up_are_taken():
    balances = balance("OPBD", "5.00") + balance("CLBD", "6.00")

    assert len(camt.parse(statement(entry(150), entry(-50), balances=balances))) == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_csv_is_understood(encoding):
    content = (
        "Buchungstag;Auftraggeber;Verwendungszweck;Betrag (EUR)\r\n"
        "01.12.2026;Stadt Lübben;RE-2026-0001;1.234,50\r\n"
        "02.12.26;;Rückgabe;-0,05\r\n"
    ).encode(encoding)

    assert [(row.booked_on, row.cents, row.payer, row.text) for row in parse(content)] == [
        (date(2026, 12, 1), 123_450, "Stadt Lübben", "RE-2026-0001"),
        (date(2026, 12, 2), -5, "", "Rückgabe"),
    ]


def test_equal_lines_of_csv_are_two_payments_and_stay_the_same_ones():
    content = b"Datum;Betrag;Verwendungszweck\n" + b"01.12.2026;5,00;x\n" * 2

    references = [row.reference for row in parse(content)]

    assert len(set(references)) == 2
    assert references == [row.reference for row in parse(content)]


def test_csv_names_line_and_field():
    with pytest.raises(Invalid) as refused:
        bank_csv.parse(b"Datum;Betrag;Verwendungszweck\n31.02.2026;5;x\n01.12.2026;5 EUR 3;x\n")
    with pytest.raises(Invalid) as without:
        bank_csv.parse(b"Datum;Summe\n")

    assert refused.value.fields.keys() == {"2.booked_on", "3.amount"}
    assert without.value.fields.keys() == {"1.amount", "1.text"}


@given(st.integers(-(10**12), 10**12))
def test_every_amount_is_read_as_it_is_written(cents):
    whole, rest = divmod(abs(cents), 100)
    grouped = f"{whole:,}".replace(",", ".")
    line = f"01.12.2026;{'-' if cents < 0 else ''}{grouped},{rest:02d};x"

    assert [row.cents for row in bank_csv.parse(f"Datum;Betrag;Verwendungszweck\n{line}".encode())] == [cents]


def item(key: int, cents: int, *names: str) -> OpenItem:
    return OpenItem(key=key, names=names, open_cents=cents)


ITEMS = (item(1, 100, "RE-2026-0001"), item(2, 250, "RE-2026-0002", "KZ 77"), item(3, 250, "RE-2026-00011"))


@pytest.mark.parametrize(
    ("text", "cents", "keys"),
    [
        ("Rechnung RE-2026-0001", 100, [1]),
        ("re 2026/0001 danke", 100, [1]),
        ("RE-2026-\n0001", 100, [1]),
        ("RE-2026-0001 RE-2026-0002", 350, [1, 2]),
        ("RE-2026-0001 RE-2026-0002", 250, [2]),
        ("RE-2026-0001", 99, []),
        ("KZ77", 250, [2]),
        ("RE-2026-00011", 250, [3]),
        ("ohne Nummer", 100, []),
        ("RE-2026-00012", 100, []),
        ("XRE-2026-0001", 100, []),
        ("RE-2026-0002 RE-2026-00011", 250, []),
    ],
)
def test_payment_settles_what_it_names_and_pays_exactly(text, cents, keys):
    assert [found.key for found in paid_by(text, cents, ITEMS)] == keys


@given(st.text(max_size=40), st.integers(-500, 500))
def test_nothing_is_settled_but_exactly_the_amount(text, cents):
    found = paid_by(f"{text} RE-2026-0001", cents, ITEMS)

    assert not found or sum(row.open_cents for row in found) == cents
