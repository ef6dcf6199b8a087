# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Files made to break whoever reads them: refused in words, and nothing of them is used."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from billing import population_file
from billing.costs import cost_lines
from billing.issuing import recipients_file
from billing.receivables import payments
from billing.receivables.entry import LARGEST_BYTES
from tests.factories.sessions import signed_in
from verbund.kernel.errors import Invalid

CAMT = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"
LONG = "x" * 200_000
BEYOND = "9" * 30


def camt(amount: str = "1.00", *, before: str = "", text: str = "RE-1", encoding: str = "utf-8") -> bytes:
    entry = (
        f'<Ntry><Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>'
        "<BookgDt><Dt>2026-11-20</Dt></BookgDt><NtryDtls><TxDtls>"
        f"<RmtInf><Ustrd>{text}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>"
    )
    body = f'{before}<Document xmlns="{CAMT}"><BkToCstmrStmt><Stmt>{entry}</Stmt></BkToCstmrStmt></Document>'
    return body.encode(encoding)


def laughs() -> str:
    steps = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    return f'<!DOCTYPE Document [<!ENTITY l0 "ha">{steps}]>'


def outside(file: Path) -> str:
    return f'<!DOCTYPE Document [<!ENTITY x SYSTEM "{file.as_uri()}">]>'


def test_statement_without_tricks_is_read():
    (entry,) = payments.parse(camt())
    assert (entry.cents, entry.text) == (100, "RE-1")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_entities_are_refused_in_every_encoding(tmp_path, encoding):
    """Neither a file of ours is read in, nor does a kilobyte become a gigabyte."""
    secret = tmp_path / "secret"
    secret.write_text("RE-GEHEIM", encoding="utf-8")
    for content in (
        camt(before=outside(secret), text="&x;", encoding=encoding),
        camt(before=laughs(), text="&l9;", encoding=encoding),
        camt(before=f'<!DOCTYPE Document SYSTEM "{secret.as_uri()}">', encoding=encoding),
    ):
        with pytest.raises(Invalid) as refused:
            payments.parse(content)
        assert "GEHEIM" not in str(refused.value)


@pytest.mark.parametrize(
    "amount", ["1E+999999", "1E+30", BEYOND, "NaN", "Infinity", "-1.00", "1.001", "1_0", ""]
)
def test_amount_that_is_none_is_refused(amount):
    with pytest.raises(Invalid):
        payments.parse(camt(amount))


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf",
        b"\xef\xbb\xbf<",
        b"<" * 100_000,
        f"Buchungstag;Betrag;Verwendungszweck\n01.02.2026;1,00;{LONG}".encode(),
        f"{LONG};Betrag;Verwendungszweck\n".encode(),
        f"Buchungstag;Betrag;Verwendungszweck\n01.02.2026;{BEYOND};x".encode(),
        b"Buchungstag;Betrag;Verwendungszweck\n01.02.2026;1,00;\x00",
        b'Buchungstag;Betrag;Verwendungszweck\n01.02.2026;1,00;"offen',
        b"\x1c\x1d",
    ],
    ids=range(9),
)
def test_broken_statement_is_refused_or_read_but_breaks_nothing(content):
    with contextlib.suppress(Invalid):
        for entry in payments.parse(content):
            assert abs(entry.cents) < 10**16


@given(st.binary(max_size=300))
def test_no_bytes_break_the_parsers(content):
    for parse in (payments.parse, population_file.parse):
        with contextlib.suppress(Invalid):
            parse(content)


@pytest.mark.parametrize("place", ["head", "cell"])
def test_a_cell_of_any_length_is_refused_in_words(in_association, place):
    """Python's reader gives up beyond 128 kB; that must not become an error page."""
    tables = {
        "ARS;Gemeinde;Einwohner": lambda text: population_file.parse(text.encode()),
        ";".join(recipients_file.COLUMNS.values()): lambda text: recipients_file._parsed(text.encode()),
        ";".join(cost_lines.titles().values()): cost_lines.parsed,
    }
    for titles, parse in tables.items():
        text = f"{titles}\n{LONG}\n" if place == "cell" else f"{LONG};{titles}\n"
        with contextlib.suppress(Invalid):
            parse(text)


@pytest.mark.parametrize(
    ("page", "fields", "largest"),
    [
        ("/abrechnung/offene-posten/auszug/", {}, LARGEST_BYTES),
        (
            "/finanzen/mitglieder/einwohner/",
            {"reference_date": "31.12.2024", "census": "Z", "source": "S", "aktion": "einlesen"},
            population_file.LARGEST_BYTES,
        ),
    ],
)
def test_upload_beyond_the_limit_is_refused_before_it_is_read(heideblick, monkeypatch, page, fields, largest):
    """The whole of it would lie in memory otherwise."""
    client = signed_in("finance")
    file = SimpleUploadedFile("gross.csv", b"x" * (largest + 1))
    looked = []
    monkeypatch.setattr(payments, "parse", lambda content: looked.append(len(content)))
    monkeypatch.setattr(population_file, "parse", lambda content: looked.append(len(content)))

    answer = client.post(page, {**fields, "file": file})

    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"file"}
    assert looked == []
