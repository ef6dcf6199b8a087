# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Direct debits: valid against the schema, each claim once, the same bytes again."""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from lxml import etree

from billing import period_commands
from billing.collection.collecting import collect, collection_of, note_return
from billing.collection.mandates import end_mandate, enter_mandate, set_creditor
from billing.collection.models import Collection, Mandate
from billing.collection.pain import Collector, Debit, NotSepa, written
from tests.factories.receivables import line, take
from verbund.kernel import context
from verbund.kernel.actors import SYSTEM
from verbund.kernel.errors import Conflict, Invalid, NotFound

AT = datetime(2026, 12, 10, 9, tzinfo=UTC)
MONDAY = date(2026, 12, 14)
IBAN, OTHER, IDENTIFIER = "DE89370400440532013000", "DE75512108001245126199", "DE98ZZZ09999999999"
NS = {"p": "urn:iso:std:iso:20022:tech:xsd:pain.008.001.08"}
COLLECTOR = Collector(name="Zweckverband Süd & Co", iban=IBAN, identifier=IDENTIFIER, scheme="CORE")
DEBIT = Debit(
    number="RE-2026-0001",
    cents=11_900,
    holder="Stadt Lübben (Spreewald)",
    iban=OTHER,
    mandate="M-1",
    signed_on=date(2026, 1, 5),
    sequence="FRST",
    text="RE-2026-0001",
)


def made(*debits: Debit, collector=COLLECTOR) -> bytes:
    return written(debits, collector=collector, collect_on=MONDAY, message_id="VB-1", at=AT)


def values(content: bytes, path: str) -> list[str]:
    return [node.text for node in etree.fromstring(content).iterfind(f".//p:{path}", NS)]


def test_file_keeps_the_schema_and_its_sums():
    content = made(DEBIT, replace(DEBIT, number="RE-2", cents=5, sequence="RCUR"))

    assert values(content, "GrpHdr/p:CtrlSum") == ["119.05"]
    assert values(content, "GrpHdr/p:NbOfTxs") == ["2"]
    assert values(content, "EndToEndId") == ["RE-2026-0001", "RE-2"]
    assert values(content, "SeqTp") == ["FRST", "RCUR"]
    assert values(content, "Dbtr/p:Nm")[0] == "Stadt Luebben (Spreewald)"
    assert values(content, "MsgId") == ["VB-1"]
    assert values(content, "PmtInfId") == ["VB-1-1", "VB-1-2"]


def test_equal_input_gives_equal_bytes():
    assert made(DEBIT) == made(DEBIT)


def test_what_the_schema_does_not_take_is_refused():
    with pytest.raises(NotSepa):
        made(replace(DEBIT, iban="KEINE"))


@pytest.fixture
def association(heideblick, luckau):
    with context.enter_association():
        set_creditor(name="Zweckverband", iban=IBAN, identifier=IDENTIFIER, by=SYSTEM, at=AT)
        yield


def mandate(slug="heideblick", reference="M-1", **changes) -> Mandate:
    given = {
        "scheme": "CORE",
        "signed_on": date(2026, 1, 5),
        "holder": "",
        "iban": OTHER,
        "by": SYSTEM,
        "at": AT,
    }
    return enter_mandate(slug=slug, reference=reference, **{**given, **changes})


def collected(day=MONDAY, at=AT) -> list[Collection]:
    return collect(collect_on=day, by=SYSTEM, at=at)


def test_claims_with_a_mandate_are_collected_once(association, heideblick, luckau):
    mandate()
    item = take(heideblick)
    take(luckau)
    take(heideblick, line(-100, 0))
    take(heideblick, due_on=date(2026, 12, 15))

    (file,) = collected()

    assert values(file.content.encode(), "EndToEndId") == [item.number]
    assert (file.cents, collected()) == (11_900, [])
    assert collection_of(file.message_id).content == file.content


def test_later_debit_of_a_mandate_is_a_recurring_one(association, heideblick):
    mandate()
    take(heideblick)
    take(heideblick)
    (first,) = collected()
    take(heideblick)

    (second,) = collected(at=AT.replace(hour=10))

    assert sorted(values(first.content.encode(), "SeqTp")) == ["FRST", "RCUR"]
    assert values(second.content.encode(), "SeqTp") == ["RCUR"]


def test_schemes_are_files_of_their_own(association, heideblick, luckau):
    mandate()
    mandate("luckau", "M-2", scheme="B2B")
    take(heideblick)
    take(luckau)

    files = collected()

    assert [(file.scheme, values(file.content.encode(), "LclInstrm/p:Cd")) for file in files] == [
        ("CORE", ["CORE"]),
        ("B2B", ["B2B"]),
    ]


def test_returned_debit_may_be_collected_again(association, heideblick):
    mandate()
    item = take(heideblick)
    collected()

    note_return(number=item.number, by=SYSTEM, at=AT)
    (again,) = collected(at=AT.replace(hour=10))

    assert values(again.content.encode(), "EndToEndId") == [item.number]
    with pytest.raises(NotFound):
        note_return(number="RE-9", by=SYSTEM, at=AT)


def test_ended_mandate_collects_nothing(association, heideblick):
    mandate()
    take(heideblick)
    end_mandate(reference="M-1", on=date(2026, 12, 1), by=SYSTEM, at=AT)

    assert collected() == []


@pytest.mark.parametrize("day", [date(2026, 12, 10), date(2026, 12, 12), date(2026, 12, 25)])
def test_day_that_is_no_working_day_ahead_is_refused(association, day):
    with pytest.raises(Invalid) as refused:
        collected(day)

    assert refused.value.fields.keys() == {"collect_on"}


def test_without_a_creditor_the_way_out_is_named(heideblick):
    with context.enter_association(), pytest.raises(Invalid, match="verbund billing creditor"):
        collected()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"iban": "DE89370400440532013001"}, "iban"),
        ({"reference": "Mandat Ä"}, "reference"),
        ({"scheme": "X"}, "scheme"),
        ({"signed_on": date(2027, 1, 1)}, "signed_on"),
    ],
)
def test_mandate_that_does_not_hold_is_refused_by_field(association, changes, field):
    with pytest.raises(Invalid) as refused:
        mandate(**changes)

    assert refused.value.fields.keys() == {field}


def test_member_has_one_mandate_and_a_reference_is_never_used_again(association):
    mandate()

    with pytest.raises(Conflict):
        mandate(reference="M-2")
    end_mandate(reference="M-1", on=date(2026, 12, 1), by=SYSTEM, at=AT)
    with pytest.raises(Conflict):
        mandate("luckau")
    assert mandate(reference="M-2").iban == OTHER


def test_creditor_with_wrong_digits_is_refused(heideblick):
    with context.enter_association(), pytest.raises(Invalid) as refused:
        set_creditor(name=" ", iban="DE1", identifier="DE99ZZZ09999999999", by=SYSTEM, at=AT)

    assert refused.value.fields.keys() == {"name", "iban", "identifier"}


def test_commands_enter_collect_and_hand_out_again(heideblick, capsys, tmp_path):
    parser = argparse.ArgumentParser()
    period_commands.register(parser.add_subparsers())

    def run(*arguments):
        options = parser.parse_args(["billing", *arguments])
        assert options.run(options) == 0
        return capsys.readouterr().out

    with context.enter_association():
        item = take(heideblick, issued_on=date(2026, 1, 5), due_on=date(2026, 2, 2))
    run("creditor", "--name", "Zweckverband", "--iban", IBAN, "--identifier", IDENTIFIER)
    run(
        "mandate",
        "--reference",
        "M-1",
        "--member",
        "heideblick",
        "--signed-on",
        "2026-01-05",
        "--iban",
        OTHER,
    )
    day = ("--on", "2099-01-05", "--out", str(tmp_path))

    dry = json.loads(run("collect", *day, "--dry-run", "--json"))
    (file,) = json.loads(run("collect", *day, "--json"))["rows"]
    content = (tmp_path / file["file"]).read_bytes()
    (tmp_path / file["file"]).unlink()
    run("collect", "--again", file["file"].removesuffix(".xml"), "--out", str(tmp_path))

    assert dry["rows"] == [{"number": item.number, "cents": 11_900, "mandate": "M-1"}]
    assert (tmp_path / file["file"]).read_bytes() == content
    assert "Nichts einzuziehen" in run("collect", *day)
